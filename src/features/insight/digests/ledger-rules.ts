import { addDays, addMonths, startOf } from '../../../kernel/dates.ts';
import type { Span } from '../../../kernel/fields.ts';

/** Each good customer is in exactly one of these. */
export const movements = ['more', 'same', 'less', 'left'] as const;
export type Movement = (typeof movements)[number];

/** What a customer bought in a year and in the year before, in one currency. */
export interface Bought {
  currency: string;
  before: bigint;
  after: bigint;
}

export interface LedgerYears {
  /** The twelve whole months before the month of the ledger. */
  year: Span;
  before: Span;
}

export function yearsOf(on: string): LedgerYears {
  const month = startOf('month', on);
  const from = addMonths(month, -12);
  return {
    year: { from, to: addDays(month, -1) },
    before: { from: addMonths(month, -24), to: addDays(from, -1) },
  };
}

/**
 * A tenth more or less counts as the same. Currencies are not added: up in one and down in another is the same.
 * Whoever is marked as lost, or bought before and then nothing, has left.
 */
export function movementOf(bought: readonly Bought[], isLost: boolean): Movement {
  const before = bought.some((one) => one.before > 0n);
  const after = bought.some((one) => one.after > 0n);
  if (isLost || (before && !after)) return 'left';
  const isUp = bought.some((one) => one.after * 10n > one.before * 11n);
  const isDown = bought.some((one) => one.after * 10n < one.before * 9n);
  if (isUp === isDown) return 'same';
  return isUp ? 'more' : 'less';
}

/** The fifth of the customers that bought most in the year before, currency by currency. */
export function topFifth(bought: ReadonlyMap<string, readonly Bought[]>): Set<string> {
  const byCurrency = new Map<string, { id: string; before: bigint }[]>();
  for (const [id, all] of bought) {
    for (const { currency, before } of all) {
      if (before <= 0n) continue;
      byCurrency.set(currency, [...(byCurrency.get(currency) ?? []), { id, before }]);
    }
  }
  const top = new Set<string>();
  for (const all of byCurrency.values()) {
    all.sort((a, b) => (a.before === b.before ? (a.id < b.id ? -1 : 1) : a.before > b.before ? -1 : 1));
    for (const { id } of all.slice(0, Math.ceil(all.length / 5))) top.add(id);
  }
  return top;
}
