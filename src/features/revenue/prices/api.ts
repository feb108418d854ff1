import type { Ctx } from '../../../runtime/context.ts';
import { readFloors, readPriced } from './queries.ts';
import { priceOf } from './rules.ts';

export interface PriceWanted {
  productId: string;
  quantity: number;
  currency: string;
  valueClass: 'A' | 'B' | 'C' | null;
  /** Local day. */
  on: string;
}

export interface PriceFound {
  /** Per unit, in the wanted currency. */
  unitMinor: bigint;
  /** Price of one unit with neither class nor quantity considered; what discounts are measured against. */
  listUnitMinor: bigint;
  /** What one unit costs us, in the same currency; null: not known. */
  costMinor: bigint | null;
  /** Where it comes from: the price book, or the product's own list price. */
  source: 'book' | 'product';
}

/** In the order wanted; undefined where nothing is known in that currency. One query for all. */
export async function pricesOf(
  ctx: Pick<Ctx, 'org' | 'tx'>,
  wanted: readonly PriceWanted[],
): Promise<(PriceFound | undefined)[]> {
  const products = await readPriced(
    ctx,
    wanted.map(({ productId }) => productId),
  );
  return wanted.map((one) => {
    const product = products.get(one.productId);
    return product && priceOf(product, product.prices, one);
  });
}

/** Lowest margin a product may be sold at, basis points; null: the organization's policy decides. */
export function floorsOf(
  ctx: Pick<Ctx, 'org' | 'tx'>,
  productIds: readonly string[],
): Promise<Map<string, number | null>> {
  return readFloors(ctx, productIds);
}
