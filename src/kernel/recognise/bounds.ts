import { addMonths, isDay } from '../dates.ts';
import type { FieldMeta } from '../fields.ts';
import { day } from '../text.ts';
import { todayOf } from './calendar.ts';
import { kernelMessages as t } from './messages.ts';
import type { Problem, ReadContext } from './recogniser.ts';
import { shown } from './words.ts';

const firstDay = '2000-01-01';
const yearsAhead = 20;

/** The days a field takes, both included: further away is a slip of the keyboard. */
function boundsOf(read: ReadContext, meta: FieldMeta): { first: string; last: string } {
  const today = todayOf(read).on;
  const since = meta.since ?? firstDay;
  return {
    first: meta.future && since < today ? today : since,
    last: addMonths(today, 12 * (meta.yearsAhead ?? yearsAhead)),
  };
}

/** Why one of the days cannot be meant, if one lies outside the bounds of its field. `text`: as it was said. */
export function outOfBounds(
  days: readonly string[],
  text: string,
  read: ReadContext,
  meta: FieldMeta,
): Problem | undefined {
  const { first, last } = boundsOf(read, meta);
  // Beyond the year 9999 a day is written in another way.
  if (days.every((on) => isDay(on) && on >= first && on <= last)) return undefined;
  const { label } = meta;
  return { message: t('out-of-bounds', { text: shown(text), label, first: day(first), last: day(last) }) };
}
