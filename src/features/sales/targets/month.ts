import { AppError } from '../../../kernel/errors.ts';
import { t } from './messages.ts';

/** A target is for one month; a quarter would have to be split by somebody who knows how. */
export function notAMonth(): AppError {
  const message = t('not-a-month');
  return new AppError('invalid_input', message, { fields: [{ field: 'month', message }] });
}
