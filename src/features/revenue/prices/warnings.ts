import { marginBasisPoints, type ProductRow } from '../products/api.ts';
import type { PriceView, Warning } from './model.ts';
import { type BookPrice, dearerBreaks, dearerThanAll } from './rules.ts';

/** What the person who sets a price should look at again; none of it is forbidden. `book` holds all live prices. */
export function warningsOf(
  product: ProductRow,
  price: BookPrice,
  book: readonly BookPrice[],
  view: (price: BookPrice) => PriceView,
): Warning[] {
  const warnings: Warning[] = dearerBreaks(price, book).map(({ upper, lower }) => ({
    kind: 'dearer-break',
    upper: view(upper),
    lower: view(lower),
  }));
  const all = dearerThanAll(price, book);
  if (all) warnings.push({ kind: 'dearer-class', own: view(price), all: view(all) });
  const { costMinor, costCurrency, floorBasisPoints, currency } = product;
  if (costMinor !== null && costCurrency === price.currency) {
    const margin = marginBasisPoints(price.unitMinor, costMinor);
    if (margin !== null && margin < Math.max(floorBasisPoints ?? 0, 0)) {
      warnings.push({ kind: 'low-margin', marginBasisPoints: margin, floorBasisPoints });
    }
  }
  if (currency !== null && currency !== price.currency) {
    warnings.push({ kind: 'other-currency', list: currency, currency: price.currency });
  }
  return warnings;
}
