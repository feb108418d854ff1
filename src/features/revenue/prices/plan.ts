import { addDays } from '../../../kernel/dates.ts';
import { type BookPrice, isValidOn } from './rules.ts';

/** A price to be set. */
export interface Wish {
  unitMinor: bigint;
  validFromOn: string;
  /** Null: until it is changed. */
  validUntilOn: string | null;
}

/** How prices of one product, class, currency and quantity make room for a new one, so that none overlap. */
export interface Plan<P extends BookPrice> {
  /** It holds already, for at least as long. */
  same?: P;
  /** The price that begins on the same day: changed in place. */
  replaced?: P;
  /** The older price, which ends the day before. */
  ended?: P;
  /** The older price goes on behind the new one. */
  resumed?: { of: P; validFromOn: string; validUntilOn: string | null };
  /** A price set for later ends an open one. */
  next?: P;
  validUntilOn: string | null;
  /** A price set for later that begins within the period asked for: nothing can be done. */
  conflict?: P;
}

/**
 * `prices` do not overlap. An older price ends the day before the new one and goes on behind it; a price set for later
 * ends a new one that was given no end, and stands in the way of one that was.
 */
export function planSet<P extends BookPrice>(prices: readonly P[], wish: Wish): Plan<P> {
  const { unitMinor, validFromOn } = wish;
  const current = prices.find((price) => isValidOn(price, validFromOn));
  if (current && holds(current, wish)) return { same: current, validUntilOn: wish.validUntilOn };
  const later = prices
    .filter((price) => price.validFromOn > validFromOn)
    .sort((a, b) => (a.validFromOn < b.validFromOn ? -1 : 1))[0];
  const isInTheWay = later !== undefined && !endsBefore(wish.validUntilOn, later.validFromOn);
  if (isInTheWay && wish.validUntilOn !== null) return { conflict: later, validUntilOn: wish.validUntilOn };
  const validUntilOn = isInTheWay ? addDays(later.validFromOn, -1) : wish.validUntilOn;
  const plan: Plan<P> = { validUntilOn, ...(isInTheWay ? { next: later } : {}) };
  if (!current) return plan;
  if (current.unitMinor === unitMinor && covers(current.validUntilOn, validUntilOn)) {
    return { ...plan, same: current };
  }
  if (current.validFromOn === validFromOn) plan.replaced = current;
  else plan.ended = current;
  if (validUntilOn !== null && !covers(validUntilOn, current.validUntilOn)) {
    plan.resumed = {
      of: current,
      validFromOn: addDays(validUntilOn, 1),
      validUntilOn: current.validUntilOn,
    };
  }
  return plan;
}

/** What taking prices away from a day on does: a running one ends the day before, later ones go. */
export function planOff<P extends BookPrice>(
  prices: readonly P[],
  from: string,
): { ended: P[]; archived: P[] } {
  const left = prices.filter((price) => !endsBefore(price.validUntilOn, from));
  return {
    ended: left.filter((price) => price.validFromOn < from),
    archived: left.filter((price) => price.validFromOn >= from),
  };
}

function holds(price: BookPrice, { unitMinor, validUntilOn }: Wish): boolean {
  return price.unitMinor === unitMinor && covers(price.validUntilOn, validUntilOn);
}

/** Whether one end is at least as late as another; null is no end. */
function covers(until: string | null, other: string | null): boolean {
  return until === null || (other !== null && other <= until);
}

function endsBefore(until: string | null, on: string): boolean {
  return until !== null && until < on;
}
