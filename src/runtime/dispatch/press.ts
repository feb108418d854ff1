import { AppError } from '../../kernel/errors.ts';
import { command } from '../../kernel/text.ts';
import type { Outcome } from '../../view/outcome.ts';
import type { Press, SealedPress } from '../../view/press.ts';
import type { Action } from '../action.ts';
import { engineMessages as t } from '../messages.ts';
import { rollBackWith, type Session } from '../session.ts';
import { answer } from './answer.ts';
import { formFor } from './form.ts';
import { runLine } from './line.ts';

/** Runs what a button stands for. Its content comes back from a client: everything is checked again. */
export async function runPress(session: Session, sealed: SealedPress): Promise<Outcome> {
  const press = await open(session, sealed);
  if (press.a === 'line') {
    const { line } = press.i;
    if (typeof line !== 'string') throw unknownPress();
    return runLine(session, line, { again: press.again === true });
  }
  const action = actionOf(session, press);
  if (press.form || (action.form === 'always' && !press.ok)) {
    return rollBackWith(await formFor(session, { action, raw: press.i }, []));
  }
  return answer(session, { action, raw: press.i, confirmed: press.ok === true });
}

/** Loads a stored press; only the member it was made for gets it. */
export async function open(session: Session, sealed: SealedPress): Promise<Press> {
  if (!('p' in sealed)) return sealed;
  const { engine, tx, org, actor } = session;
  const press =
    actor.kind === 'member' ? await engine.pending.load(tx, org.id, actor.memberId, sealed.p) : undefined;
  if (!press) throw new AppError('expired', t('expired-button', { help: command('help') }));
  return press;
}

/** The action a press is for. Throws AppError `expired` for one this version does not have. */
export function actionOf(session: Session, press: Press): Action {
  const action = session.engine.registry.action(press.a);
  if (!action) throw unknownPress();
  return action;
}

function unknownPress(): AppError {
  return new AppError('expired', t('unknown-press', { help: command('help') }));
}
