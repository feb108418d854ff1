import { besideEachOther, fillFrom, type MergeRow } from './merging.ts';
import { type AccountField, type AccountView, accountFields } from './model.ts';
import type { AccountRow } from './record.ts';
import { fieldValues } from './rules.ts';

/** Fields of which either record's value may be kept, with the columns that travel together. */
const columnsOf = {
  name: ['name', 'nameKey'],
  class: ['valueClass', 'valueClassBy'],
  owner: ['ownerId'],
  phone: ['phone', 'phoneKey'],
  domain: ['domain'],
  industry: ['industry'],
  location: ['location'],
  parent: ['parentId'],
  employees: ['employees'],
  founded: ['foundedYear'],
  revenue: ['revenueMinor', 'revenueCurrency'],
  note: ['note'],
} as const satisfies Partial<Record<AccountField, readonly (keyof AccountRow)[]>>;

export type TakeableField = keyof typeof columnsOf;
export const takeableFields = Object.keys(columnsOf) as TakeableField[];

/** Later in the sales life counts as further; both lists agree with the relationship that follows from it. */
const salesOrder = ['to-identify', 'potential', 'opportunity', 'order-customer', 'user'] as const;
const relationshipOrder = ['potential', 'lost', 'target', 'actual', 'loyal'] as const;

export type MergePatch = Partial<AccountRow>;

/** How the two stand in one family of companies: does one lie below the other? */
export type Kinship = 'none' | 'kept-below' | 'gone-below';

/**
 * What the kept record gets from the other one: its blanks, and the fields in `take`. Deals move along, so the
 * further of the two states holds. Nothing the kept record has is lost unless it is in `take`; only a parent gives
 * way where the company would else end up below itself.
 */
export function mergePatch(
  kept: AccountRow,
  gone: AccountRow,
  take: readonly TakeableField[],
  kinship: Kinship,
  reason: string,
): MergePatch {
  const patch: MergePatch = fillFrom(kept, gone, columnsOf, take);
  if (kinship !== 'none') delete patch.parentId;
  if (kinship === 'kept-below') patch.parentId = gone.parentId;
  if (salesOrder.indexOf(gone.salesState) > salesOrder.indexOf(kept.salesState)) {
    patch.salesState = gone.salesState;
    patch.salesStateReason = reason;
  }
  if (relationshipOrder.indexOf(gone.relationshipState) > relationshipOrder.indexOf(kept.relationshipState)) {
    patch.relationshipState = gone.relationshipState;
    patch.relationshipReason = reason;
  }
  return patch;
}

function columnOf(field: AccountField): string {
  if (field === 'salesState') return 'salesState';
  if (field === 'relationship') return 'relationshipState';
  if (field === 'classBy') return 'valueClassBy';
  return columnsOf[field][0];
}

/** Both customers side by side, as `patch` decides. */
export function mergeRows(kept: AccountView, gone: AccountView, patch: MergePatch): MergeRow<AccountField>[] {
  return besideEachOther(
    // Who decides on the class goes with the class.
    accountFields.filter((field) => field !== 'classBy'),
    fieldValues(kept),
    fieldValues(gone),
    (field) => columnOf(field) in patch,
  );
}
