import { AppError } from '../../kernel/errors.ts';
import { command } from '../../kernel/text.ts';
import type { Button, Card } from '../../view/card.ts';
import type { Outcome } from '../../view/outcome.ts';
import { type GuessedLine, type ParsedLine, parseLine } from '../grammar/parse.ts';
import { engineMessages as t } from '../messages.ts';
import { rolesAllow } from '../registry.ts';
import { rollBackWith, type Session, writeUnawaited } from '../session.ts';
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
    case 'problem':
      return { kind: 'card', card: problemCard(parsed) };
    case 'parsed': {
      const { action, raw, dryRun } = parsed;
      if (parsed.ignored !== undefined)
        return withIgnored(await answer(session, { action, raw }), parsed.ignored);
      if (parsed.unsure && action.form !== 'never') {
        return rollBackWith(await formFor(session, { action, raw }, []));
      }
      if (action.effect === 'read' || action.repeatable || dryRun)
        return answer(session, { action, raw, dryRun });
      return guarded(session, line, options.again === true, () => answer(session, { action, raw }));
    }
    default:
      return parsed satisfies never;
  }
}

/** What was not understood, with every line that was probably meant one click away. */
function problemCard(problem: Extract<ParsedLine, { kind: 'problem' }>): Card {
  const { fixedLine, fixedLines, guesses = [], action, raw } = problem;
  const card: Card = { tone: 'warn', title: problem.message, blocks: [] };
  const buttons: Button[] = [];
  if (fixedLine !== undefined) {
    const { text, button } = correction(fixedLine);
    card.blocks.push(text);
    buttons.push(button);
  }
  for (const guess of guesses) {
    card.blocks.push(correction(guess.line).text);
    const button = guessButton(guess);
    if (button) buttons.push(guesses.length > 1 ? { ...button, label: command(guess.line) } : button);
  }
  for (const line of fixedLines ?? [])
    buttons.push({ label: command(line), press: { a: 'line', i: { line } } });
  if (action && action.form !== 'never' && raw) {
    buttons.push({ label: t('fill-in'), press: { a: action.name, i: raw, form: true } });
  }
  if (buttons.length > 0) card.blocks.push({ t: 'buttons', buttons });
  return card;
}

/** Where the verb is a guess nothing is changed by one press: the form shows what would be. */
function guessButton({ line, action, raw, isHarmless }: GuessedLine): Button | undefined {
  if (isHarmless) return correction(line).button;
  if (action.form === 'never') return undefined;
  return { label: t('fill-in'), press: { a: action.name, i: raw, form: true } };
}

/** A record number followed by words shows the record and says that the words did nothing. */
function withIgnored(outcome: Outcome, ignored: string): Outcome {
  if (outcome.kind !== 'card') return outcome;
  const note = { t: 'context' as const, of: t('ignored', { words: ignored }) };
  return { ...outcome, card: { ...outcome.card, blocks: [note, ...outcome.card.blocks] } };
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
