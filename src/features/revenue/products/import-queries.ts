import { and, asc, eq, gt } from 'drizzle-orm';
import type { Ctx } from '../../../runtime/context.ts';
import type { ProductRow } from './record.ts';
import { products } from './tables.ts';

/** A price list is short enough to be read whole. */
export function productsAfter(
  ctx: Pick<Ctx, 'org' | 'tx'>,
  after?: string,
  limit = 100_000,
): Promise<ProductRow[]> {
  return ctx.tx
    .select()
    .from(products)
    .where(and(eq(products.orgId, ctx.org.id), after === undefined ? undefined : gt(products.id, after)))
    .orderBy(asc(products.id))
    .limit(limit);
}
