import type { Ctx } from '../../../runtime/context.ts';
import { requireRecord } from '../../../store/records.ts';
import { type ProductRow, productRecord } from './record.ts';

export type { ProductRow } from './record.ts';
export { leastMarginBasisPoints, marginBasisPoints, mayReadCosts, squeezed, tenthsOf } from './rules.ts';

/** One product by id, archived ones included. Throws AppError `not_found`. */
export function requireProduct(ctx: Pick<Ctx, 'org' | 'tx'>, id: string): Promise<ProductRow> {
  return requireRecord(ctx, productRecord, id);
}
