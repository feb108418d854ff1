import { AppError } from '../../kernel/errors.ts';
import type { Outcome } from '../../view/outcome.ts';
import type { SealedPress } from '../../view/press.ts';
import { perform } from '../execute.ts';
import { engineMessages as t } from '../messages.ts';
import { AmbiguousRef } from '../resolve.ts';
import { rollBackWith, type Session } from '../session.ts';
import { resultOf } from './answer.ts';
import { candidatesCard, errorCard } from './error-card.ts';
import { formFor } from './form.ts';
import { actionOf, open } from './press.ts';

/** Runs a submitted form. Problems go back under their fields with every value kept. */
export async function runSubmit(
  session: Session,
  sealed: SealedPress,
  values: Record<string, unknown>,
): Promise<Outcome> {
  const press = await open(session, sealed);
  const action = actionOf(session, press);
  const given = Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== '' && value !== null),
  );
  const call = { action, raw: { ...press.i, ...given } };
  try {
    return resultOf(await perform(session, call), call);
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

/** A rule or a conflict: said on a card, with the filled form one click away; a name that fits several: which one. */
function refusedCard(error: AppError, action: string, raw: Record<string, unknown>) {
  if (error instanceof AmbiguousRef && error.field) return candidatesCard(error, action, raw);
  return errorCard(error, '', [{ label: t('edit'), press: { a: action, i: raw, form: true } }]);
}
