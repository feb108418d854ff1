import { AppError } from '../../../kernel/errors.ts';
import { code, listed } from '../../../kernel/text.ts';
import { t } from './messages.ts';
import { findTimeZones } from './zones.ts';

/** The one zone meant. Throws AppError with those it may be. */
export function oneTimeZone(text: string): string {
  const [zone, ...others] = findTimeZones(text);
  if (zone && others.length === 0) return zone;
  const message = zone
    ? t('zone-which', { text: code(text), zones: listed([zone, ...others].map((one) => code(one))) })
    : t('zone-unknown', { text: code(text) });
  const problem = zone ? { field: 'zone', message, suggestion: zone } : { field: 'zone', message };
  throw new AppError('invalid_input', message, { fields: [problem] });
}
