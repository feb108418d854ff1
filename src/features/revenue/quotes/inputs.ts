import { addDays } from '../../../kernel/dates.ts';
import { AppError } from '../../../kernel/errors.ts';
import { f } from '../../../kernel/fields.ts';
import { code, command, day } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { t } from './messages.ts';
import { todayOf } from './terms.ts';

/** Nobody keeps a price for longer; further ahead is a slip of the keyboard. */
const mostValidityDays = 731;

export const quoteField = () => f.ref('quote', t('quote'), { placeholder: 'Q-57' });
export const totalField = () => f.text(t('total'), { max: 60, placeholder: '95k', hint: t('total-hint') });
export const validField = () =>
  f.day(t('valid-until'), { future: true, yearsAhead: 2, placeholder: '+30d', hint: t('valid-hint') });
export const taxField = () =>
  f.text(t('tax'), { max: 120, placeholder: '13% VAT included', hint: t('tax-hint') });

/** The version somebody looked at, set by buttons: what they decide is meant for no other. */
export const versionField = () => f.number(t('version'), { min: 1, max: 100_000 });

/** Throws AppError of the field for a day that is past where the organization is, or absurdly far. */
export function requireValidity(ctx: Pick<Ctx, 'now' | 'org'>, valid: string): void {
  const today = todayOf(ctx);
  const problem =
    valid < today
      ? 'validity-past'
      : valid > addDays(today, mostValidityDays)
        ? 'validity-too-far'
        : undefined;
  if (!problem) return;
  const message = t(problem, { on: day(valid) });
  throw new AppError('invalid_input', message, { fields: [{ field: 'valid', message }] });
}

export function missing(
  field: string,
  key: 'which-deal' | 'lines-or-total' | 'line-nothing' | 'nothing-to-change',
  line: string,
) {
  const message = t(key, { line: key === 'lines-or-total' ? code(line) : command(line) });
  return new AppError('invalid_input', message, { fields: [{ field, message, missing: true }] });
}
