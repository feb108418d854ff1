import { and, asc, eq, gt, inArray, isNull } from 'drizzle-orm';
import type { Ctx } from '../../../runtime/context.ts';
import type { ProductRow } from '../products/api.ts';
import { products } from '../products/tables.ts';
import { type BookRow, selectBook } from './queries.ts';
import type { PriceRow } from './record.ts';
import { bookPrices } from './tables.ts';

type Reading = Pick<Ctx, 'org' | 'tx'>;

/** All products, archived ones included: a price list is short enough to be read whole. */
export function allProducts(ctx: Reading): Promise<ProductRow[]> {
  return ctx.tx.select().from(products).where(eq(products.orgId, ctx.org.id));
}

/** These products, for as long as the transaction lasts nobody else's to price; then every row of their books. */
export async function holdBooks(ctx: Reading, productIds: readonly string[]): Promise<PriceRow[]> {
  if (productIds.length === 0) return [];
  await ctx.tx
    .select({ id: products.id })
    .from(products)
    .where(and(eq(products.orgId, ctx.org.id), inArray(products.id, [...productIds])))
    .orderBy(asc(products.id))
    .for('update');
  return ctx.tx
    .select()
    .from(bookPrices)
    .where(and(eq(bookPrices.orgId, ctx.org.id), inArray(bookPrices.productId, [...productIds])))
    .orderBy(asc(bookPrices.id));
}

/** Live prices after one of them, ended ones included. */
export function pricesAfter(ctx: Reading, after: string | undefined, limit: number): Promise<BookRow[]> {
  return selectBook(ctx)
    .where(
      and(
        eq(bookPrices.orgId, ctx.org.id),
        isNull(bookPrices.archivedAt),
        after === undefined ? undefined : gt(bookPrices.id, after),
      ),
    )
    .orderBy(asc(bookPrices.id))
    .limit(limit);
}
