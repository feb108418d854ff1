import { AppError } from '../../kernel/errors.ts';
import { command } from '../../kernel/text.ts';
import type { Outcome } from '../../view/outcome.ts';
import type { SealedPress } from '../../view/press.ts';
import { perform } from '../execute.ts';
import { engineMessages as t } from '../messages.ts';
import { AmbiguousRef } from '../resolve.ts';
import { rollBackWith, type Session } from '../session.ts';
import { resultCard } from './answer.ts';
import { candidateButtons, errorCard } from './error-card.ts';
import { formFor } from './form.ts';
import { open } from './press.ts';

/** Runs a submitted form. Problems go back under their fields with every value kept. */
export async function runSubmit(
  session: Session,
  sealed: SealedPress,
  values: Record<string, unknown>,
): Promise<Outcome> {
  const press = await open(session, sealed);
  const action = session.engine.registry.action(press.a);
  if (!action) throw new AppError('expired', t('unknown-press', { help: command('help') }));
  const given = Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== '' && value !== null),
  );
  const call = { action, raw: { ...press.i, ...given } };
  try {
    return { kind: 'card', card: resultCard(await perform(session, call), call) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.fields.length === 0 || error instanceof AmbiguousRef) {
      return rollBackWith<Outcome>({
        kind: 'card',
        card: refusedCard(error, action.name, call.raw),
        refused: true,
      });
    }
    const outcome = await formFor(session, call, error.fields);
    if (outcome.kind !== 'form') throw error;
    const fields = error.fields.map(({ field, message }) => ({ field, message }));
    return rollBackWith<Outcome>({ kind: 'form-errors', form: outcome.form, fields });
  }
}

/** A rule or a conflict: said on a card, with the filled form one click away. */
function refusedCard(error: AppError, action: string, raw: Record<string, unknown>) {
  const edit = { label: t('edit'), press: { a: action, i: raw, form: true as const } };
  if (error instanceof AmbiguousRef && error.field) {
    const { field } = error;
    const buttons = candidateButtons(error, (key) => ({ a: action, i: { ...raw, [field]: key } }));
    return errorCard(error, '', buttons);
  }
  return errorCard(error, '', [edit]);
}
