import type { Ctx } from '../../../runtime/context.ts';
import { dealChanged } from './events.ts';
import type { DealRow } from './record.ts';

/** Columns whose change is of interest to what was agreed about a deal. */
const watched = [
  'name',
  'accountId',
  'productId',
  'amountMinor',
  'currency',
  'closeOn',
  'rival',
  'archivedAt',
] as const satisfies (keyof DealRow)[];

/** Emits deals.changed when anything of interest differs. */
export function noteDealChanged(ctx: Ctx, before: DealRow, after: DealRow): void {
  const fields = watched.filter((field) => before[field] !== after[field]);
  if (fields.length === 0) return;
  ctx.emit(dealChanged, { dealId: after.id, accountId: after.accountId, ownerId: after.ownerId, fields });
}
