import { addDays } from '../../../kernel/dates.ts';
import { planSet, type Wish } from './plan.ts';
import type { PriceRow } from './record.ts';
import type { BookPrice } from './rules.ts';

/** A price as it stands while an import is read. */
export interface Entry extends BookPrice {
  productId: string;
  /** Undefined: of this import. */
  row: PriceRow | undefined;
}

/** What a line did to the prices it is alike to. */
export type Entered =
  | { did: 'matched' }
  | { did: 'created' | 'changed'; entry: Entry; isCut: boolean; hasEnded: boolean; isResumed: boolean }
  /** A price set for later begins within the period of the line. */
  | { did: 'none'; later: BookPrice };

/**
 * Puts a price among those of the same product, class, currency and quantity, which do not overlap, as if somebody had
 * set it: older ones make room. Changes and adds to `alike`.
 */
export function enter(alike: Entry[], wish: Wish & Omit<Entry, 'row'>): Entered {
  const plan = planSet(alike, wish);
  if (plan.conflict) return { did: 'none', later: plan.conflict };
  if (plan.same) return { did: 'matched' };
  const { resumed, ended, replaced, validUntilOn } = plan;
  const again = resumed && {
    ...resumed.of,
    row: undefined,
    validFromOn: resumed.validFromOn,
    validUntilOn: resumed.validUntilOn,
  };
  if (ended) ended.validUntilOn = addDays(wish.validFromOn, -1);
  const entry = replaced ?? { ...wish, row: undefined };
  entry.unitMinor = wish.unitMinor;
  entry.validUntilOn = validUntilOn;
  if (!replaced) alike.push(entry);
  if (again) alike.push(again);
  return {
    did: replaced ? 'changed' : 'created',
    entry,
    isCut: plan.next !== undefined,
    hasEnded: ended !== undefined,
    isResumed: again !== undefined,
  };
}

/** Whether it is new, or no longer as its row has it. */
export function isNews({ row, unitMinor, validUntilOn }: Entry): boolean {
  return row === undefined || row.unitMinor !== unitMinor || row.validUntilOn !== validUntilOn;
}
