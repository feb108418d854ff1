import type { Ctx } from '../../../runtime/context.ts';
import { marginBasisPoints, mayReadCosts, type ProductRow } from '../products/api.ts';
import type { PricedProductView, PriceView } from './model.ts';
import type { BookPrice } from './rules.ts';

/** A price in the words of actions; the margin only for readers who are told costs. */
export function viewOf(ctx: Pick<Ctx, 'actor'>, product: ProductRow, price: BookPrice): PriceView {
  const isComparable = product.costMinor !== null && product.costCurrency === price.currency;
  return {
    product: product.name,
    forClass: price.forClass,
    currency: price.currency,
    fromQuantity: price.fromQuantity,
    unitMinor: price.unitMinor.toString(),
    validFromOn: price.validFromOn,
    validUntilOn: price.validUntilOn,
    marginBasisPoints:
      isComparable && mayReadCosts(ctx.actor)
        ? marginBasisPoints(price.unitMinor, product.costMinor ?? 0n)
        : null,
  };
}

export function productOf(ctx: Pick<Ctx, 'actor'>, product: ProductRow): PricedProductView {
  const { name, listPriceMinor, currency, costMinor, costCurrency, floorBasisPoints } = product;
  const amount = (minor: bigint | null, of: string | null) =>
    minor === null || of === null ? null : { amountMinor: minor.toString(), currency: of };
  const isComparable = listPriceMinor !== null && costMinor !== null && costCurrency === currency;
  return {
    name,
    listPrice: amount(listPriceMinor, currency),
    costs: mayReadCosts(ctx.actor)
      ? {
          cost: amount(costMinor, costCurrency),
          floorBasisPoints,
          marginBasisPoints: isComparable ? marginBasisPoints(listPriceMinor, costMinor) : null,
        }
      : null,
  };
}
