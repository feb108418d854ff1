import { addDays } from '../dates.ts';
import type { FieldMeta, Span } from '../fields.ts';
import { recentDays, type Today } from './calendar.ts';

/** A piece of a period. `at`: what it is in another year, where none was said. */
export interface Part extends Span {
  at?: ((year: number) => Span) | undefined;
}

/** A piece without a year, in the year it is meant in. */
export function inItsYear(at: (year: number) => Span, today: Today, meta: FieldMeta): Required<Part> {
  return { ...at(yearOf(at, today, meta)), at };
}

/**
 * Both ends as one period. An end without a year takes the other's; where neither has one, the whole decides. The
 * end lies in the year after the beginning when its month is earlier (`nov..feb`); within a month that is a slip.
 */
export function joined(left: Part, right: Part, today: Today, meta: FieldMeta): Span {
  const leftAt = left.at;
  if (!leftAt) return { from: left.from, to: endAfter(left.from, right) };
  if (right.at) {
    const whole = (year: number): Span => {
      const { from } = leftAt(year);
      return { from, to: endAfter(from, right) };
    };
    return whole(yearOf(whole, today, meta));
  }
  const inSame = leftAt(yearIn(right.to));
  const isBefore = inSame.from <= right.to || inSame.from.slice(5, 7) === right.to.slice(5, 7);
  return { from: isBefore ? inSame.from : leftAt(yearIn(right.to) - 1).from, to: right.to };
}

function endAfter(from: string, { to, at }: Part): string {
  if (!at) return to;
  const inSame = at(yearIn(from)).to;
  const isOtherMonth = inSame.slice(5, 7) !== from.slice(5, 7);
  return inSame < from && isOtherMonth ? at(yearIn(from) + 1).to : inSame;
}

/**
 * The year a period without one is meant in. About what has happened: the latest that has begun. Else the one that is
 * not over, or that ended a moment ago; of last year's only one that goes on (`nov..feb` in January).
 */
function yearOf(at: (year: number) => Span, { on, year }: Today, meta: FieldMeta): number {
  if (meta.past) return at(year).from <= on ? year : year - 1;
  if (at(year - 1).to >= on) return year - 1;
  return at(year).to >= addDays(on, -recentDays) ? year : year + 1;
}

function yearIn(on: string): number {
  return Number(on.slice(0, 4));
}
