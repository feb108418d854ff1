import { AppError } from '../../../kernel/errors.ts';
import { f } from '../../../kernel/fields.ts';
import { isCurrency } from '../../../kernel/money.ts';
import { code } from '../../../kernel/text.ts';
import { t } from './messages.ts';

export const classField = () =>
  f.oneOf(t('class'), [
    { value: 'A', label: 'A', words: ['a类', 'a级'] },
    { value: 'B', label: 'B', words: ['b类', 'b级'] },
    { value: 'C', label: 'C', words: ['c类', 'c级'] },
    { value: 'all', label: t('for-all'), words: ['everybody', 'everyone', '所有', '全部'] },
  ]);

export const mostFromQuantity = 1_000_000_000;
export const quantityField = () => f.number(t('from'), { min: 1, max: mostFromQuantity, placeholder: '10' });

/** The code somebody typed, in capitals. Throws AppError `invalid_input`. */
export function currencyOf(text: string): string {
  const currency = text.toUpperCase();
  if (isCurrency(currency)) return currency;
  const message = t('bad-currency', { text, example: code('EUR') });
  throw new AppError('invalid_input', message, { fields: [{ field: 'currency', message }] });
}
