import { AppError } from '../../kernel/errors.ts';
import type { Button } from '../../view/card.ts';
import type { Outcome } from '../../view/outcome.ts';
import { parseLine } from '../grammar/parse.ts';
import { engineMessages as t } from '../messages.ts';
import { rolesAllow } from '../registry.ts';
import { type Session, writeUnawaited } from '../session.ts';
import { answer } from './answer.ts';
import { correction } from './error-card.ts';
import { formFor } from './form.ts';

/** Runs a typed line, or says what was probably meant. */
export async function runLine(
  session: Session,
  line: string,
  options: { again?: boolean } = {},
): Promise<Outcome> {
  const { engine, actor } = session;
  const roles = actor.kind === 'member' ? actor.roles : [];
  const parsed = parseLine(line, engine.registry, session.read, {
    allowed: (action) => rolesAllow(action, roles),
  });
  switch (parsed.kind) {
    case 'empty':
    case 'help': {
      const help = engine.registry.action('help.show');
      if (!help) throw new AppError('internal', t('missing-help'));
      const topic = parsed.kind === 'help' ? parsed.topic : undefined;
      return answer(session, { action: help, raw: topic ? { topic } : {} });
    }
    case 'problem': {
      const buttons: Button[] = [];
      const blocks: { t: 'text'; of: typeof parsed.message }[] = [];
      if (parsed.fixedLine !== undefined) {
        const { text, button } = correction(parsed.fixedLine);
        if (text.t === 'text') blocks.push(text);
        buttons.push(button);
      }
      if (parsed.action && parsed.action.form !== 'never' && parsed.raw) {
        buttons.push({ label: t('fill-in'), press: { a: parsed.action.name, i: parsed.raw, form: true } });
      }
      return {
        kind: 'card',
        card: {
          tone: 'warn',
          title: parsed.message,
          blocks: buttons.length > 0 ? [...blocks, { t: 'buttons', buttons }] : blocks,
        },
      };
    }
    case 'parsed': {
      const { action, raw, dryRun } = parsed;
      if (parsed.unsure && action.form !== 'never') return formFor(session, { action, raw }, []);
      if (action.effect === 'read' || action.repeatable || dryRun)
        return answer(session, { action, raw, dryRun });
      return guarded(session, line, options.again === true, () => answer(session, { action, raw }));
    }
    default:
      return parsed satisfies never;
  }
}

/** The same line by the same person within a minute is answered again, not run again. */
async function guarded(
  session: Session,
  line: string,
  again: boolean,
  run: () => Promise<Outcome>,
): Promise<Outcome> {
  const { engine, tx, org, actor, now } = session;
  if (actor.kind !== 'member') return run();
  if (!again) {
    const earlier = await engine.repeats.claim(tx, org.id, actor.memberId, line, now);
    if (earlier) {
      const repeat: Button = { label: t('do-again'), press: { a: 'line', i: { line }, again: true } };
      return {
        kind: 'card',
        card: {
          ...earlier,
          tone: 'info',
          blocks: [
            { t: 'text', of: t('already-done') },
            ...earlier.blocks.filter((block) => block.t !== 'buttons'),
            { t: 'buttons', buttons: [repeat] },
          ],
        },
      };
    }
  }
  const outcome = await run();
  if (session.hasChanged && outcome.kind === 'card') {
    writeUnawaited(session, engine.repeats.answered(tx, org.id, actor.memberId, line, outcome.card));
  } else if (!again) {
    writeUnawaited(session, engine.repeats.release(tx, org.id, actor.memberId, line));
  }
  return outcome;
}
