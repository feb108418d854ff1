import { addDays, addMonths } from '../../../kernel/dates.ts';
import { exponentOf } from '../../../kernel/money.ts';
import type { ValueClass } from '../../crm/accounts/api.ts';
import type { Movement, ThresholdsView } from './model.ts';

/** In minor units of one currency; A above B. */
export interface Thresholds {
  aFromMinor: bigint;
  bFromMinor: bigint;
  currency: string;
}

/** The twelve months that end with `today`; both days count. */
export function lastTwelveMonths(today: string): { from: string; to: string } {
  return { from: addDays(addMonths(today, -12), 1), to: today };
}

/**
 * More changes than this are made in the background and cannot be undone: Undo takes records back one by one, and
 * has to be through before the platform gives up on it.
 */
export const mostUndoable = 200;

export interface Moved {
  before: ValueClass | null;
  after: ValueClass;
  count: number;
}

export function movementOf(moved: readonly Moved[]): Movement {
  const movement = { up: 0, down: 0, fresh: 0 };
  for (const { before, after, count } of moved) {
    // A comes before B.
    const way = before === null ? 'fresh' : after < before ? 'up' : 'down';
    movement[way] += count;
  }
  return movement;
}

export function totalOf({ up, down, fresh }: Movement): number {
  return up + down + fresh;
}

/**
 * Thresholds that fit what customers bought: `top` of the best fifth, `middle` of the better half, both rounded
 * down to a figure people say. `undefined` where they would be one and the same or nothing.
 */
export function proposalOf(
  { top, middle }: { top: bigint; middle: bigint },
  currency: string,
): Thresholds | undefined {
  const aFromMinor = roundDown(top, currency);
  let bFromMinor = roundDown(middle, currency);
  if (bFromMinor >= aFromMinor) bFromMinor = roundDown(aFromMinor / 4n, currency);
  return bFromMinor > 0n && bFromMinor < aFromMinor ? { aFromMinor, bFromMinor, currency } : undefined;
}

/** Two leading digits at most (`1,234,567` → `1,200,000`), in whole units of the currency. */
function roundDown(minor: bigint, currency: string): bigint {
  const unit = 10n ** BigInt(exponentOf(currency));
  const whole = minor / unit;
  const step = 10n ** BigInt(Math.max(0, whole.toString().length - 2));
  return (whole / step) * step * unit;
}

export function viewOf({ aFromMinor, bFromMinor, currency }: Thresholds): ThresholdsView {
  const amount = (minor: bigint) => ({ amountMinor: minor.toString(), currency });
  return { aFrom: amount(aFromMinor), bFrom: amount(bFromMinor) };
}
