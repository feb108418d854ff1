import { and, asc, eq, gte, inArray, isNull, or, sql } from 'drizzle-orm';
import type { Ctx } from '../../../runtime/context.ts';
import type { ProductRow } from '../products/api.ts';
import { products } from '../products/tables.ts';
import type { PriceRow } from './record.ts';
import type { BookPrice, ForClass, OwnPrice } from './rules.ts';
import { bookPrices } from './tables.ts';

type Reading = Pick<Ctx, 'org' | 'tx'>;

export interface PricedProduct extends OwnPrice {
  prices: BookPrice[];
}

/** What products say of themselves and all live rows of their book, by product id; one statement. */
export async function readPriced(
  ctx: Reading,
  productIds: readonly string[],
): Promise<Map<string, PricedProduct>> {
  const found = new Map<string, PricedProduct>();
  if (productIds.length === 0) return found;
  const rows = await ctx.tx
    .select({
      id: products.id,
      listPriceMinor: products.listPriceMinor,
      currency: products.currency,
      costMinor: products.costMinor,
      costCurrency: products.costCurrency,
      price: bookPrices,
    })
    .from(products)
    .leftJoin(
      bookPrices,
      and(
        eq(bookPrices.orgId, products.orgId),
        eq(bookPrices.productId, products.id),
        isNull(bookPrices.archivedAt),
      ),
    )
    .where(and(eq(products.orgId, ctx.org.id), inArray(products.id, [...new Set(productIds)])));
  for (const { id, price, ...own } of rows) {
    const product = found.get(id) ?? { ...own, prices: [] };
    if (price) product.prices.push(price);
    found.set(id, product);
  }
  return found;
}

export async function readFloors(
  ctx: Reading,
  productIds: readonly string[],
): Promise<Map<string, number | null>> {
  if (productIds.length === 0) return new Map();
  const rows = await ctx.tx
    .select({ id: products.id, floorBasisPoints: products.floorBasisPoints })
    .from(products)
    .where(and(eq(products.orgId, ctx.org.id), inArray(products.id, [...new Set(productIds)])));
  return new Map(rows.map(({ id, floorBasisPoints }) => [id, floorBasisPoints]));
}

/** The product, for as long as the transaction lasts nobody else's to price. */
export async function holdProduct(ctx: Reading, id: string): Promise<ProductRow | undefined> {
  const rows = await ctx.tx
    .select()
    .from(products)
    .where(and(eq(products.orgId, ctx.org.id), eq(products.id, id)))
    .for('update');
  return rows[0];
}

/** All rows of a product's book, archived ones included, in order of what they are for and their first day. */
export function rowsOfProduct(ctx: Reading, productId: string): Promise<PriceRow[]> {
  return ctx.tx
    .select()
    .from(bookPrices)
    .where(and(eq(bookPrices.orgId, ctx.org.id), eq(bookPrices.productId, productId)))
    .orderBy(asc(bookPrices.currency), classOrder, asc(bookPrices.fromQuantity), asc(bookPrices.validFromOn));
}

/** Everybody's price first, then by class. */
const classOrder = sql`case ${bookPrices.forClass} when 'all' then '' else ${bookPrices.forClass} end`;

export interface BookRow {
  price: PriceRow;
  product: ProductRow;
}

/** Prices, each with its product. */
export function selectBook(ctx: Reading) {
  return ctx.tx
    .select({ price: bookPrices, product: products })
    .from(bookPrices)
    .innerJoin(products, and(eq(products.orgId, bookPrices.orgId), eq(products.id, bookPrices.productId)));
}

/** Live prices that hold on a day or later, by product. */
export function bookOn(
  ctx: Reading,
  of: { on: string; productId?: string | undefined; forClass?: ForClass | undefined },
  limit: number,
): Promise<BookRow[]> {
  return selectBook(ctx)
    .where(
      and(
        eq(bookPrices.orgId, ctx.org.id),
        isNull(bookPrices.archivedAt),
        isNull(products.archivedAt),
        or(isNull(bookPrices.validUntilOn), gte(bookPrices.validUntilOn, of.on)),
        of.productId === undefined ? undefined : eq(bookPrices.productId, of.productId),
        of.forClass === undefined ? undefined : eq(bookPrices.forClass, of.forClass),
      ),
    )
    .orderBy(
      asc(products.name),
      asc(bookPrices.currency),
      classOrder,
      asc(bookPrices.fromQuantity),
      asc(bookPrices.validFromOn),
    )
    .limit(limit);
}
