/** Whom a price is for: customers of one value class, or everybody whose class has none of its own. */
export const forClasses = ['all', 'A', 'B', 'C'] as const;
export type ForClass = (typeof forClasses)[number];
export type ValueClass = Exclude<ForClass, 'all'>;

/** A row of the price book. */
export interface BookPrice {
  forClass: ForClass;
  currency: string;
  /** Lowest quantity it holds for. */
  fromQuantity: number;
  unitMinor: bigint;
  /** Both days included; no end: open. */
  validFromOn: string;
  validUntilOn: string | null;
}

export function isValidOn(price: Pick<BookPrice, 'validFromOn' | 'validUntilOn'>, on: string): boolean {
  return price.validFromOn <= on && (price.validUntilOn === null || on <= price.validUntilOn);
}

export interface Wanted {
  quantity: number;
  currency: string;
  valueClass: ValueClass | null;
  /** Local day. */
  on: string;
}

/**
 * The row that holds: a customer's own class goes before everybody's price, and of one class the largest break the
 * quantity reaches. A class with a price of its own is therefore never priced by breaks made for everybody, which
 * would make ten units dearer than nine.
 */
export function bestPrice<P extends BookPrice>(prices: readonly P[], wanted: Wanted): P | undefined {
  const { quantity, currency, valueClass, on } = wanted;
  const fitting = prices.filter(
    (price) => price.currency === currency && price.fromQuantity <= quantity && isValidOn(price, on),
  );
  const largest = (of: ForClass): P | undefined =>
    fitting
      .filter(({ forClass }) => forClass === of)
      .reduce<P | undefined>((best, one) => (best && !goesBefore(one, best) ? best : one), undefined);
  return (valueClass === null ? undefined : largest(valueClass)) ?? largest('all');
}

/** Of one quantity the price that began last, should an undone change have left two. */
function goesBefore(one: BookPrice, other: BookPrice): boolean {
  if (one.fromQuantity !== other.fromQuantity) return one.fromQuantity > other.fromQuantity;
  return one.validFromOn > other.validFromOn;
}

/** What a product itself says about its price and cost, each in a currency of its own. */
export interface OwnPrice {
  listPriceMinor: bigint | null;
  currency: string | null;
  costMinor: bigint | null;
  costCurrency: string | null;
}

export interface Found {
  unitMinor: bigint;
  listUnitMinor: bigint;
  costMinor: bigint | null;
  source: 'book' | 'product';
}

/**
 * The price of one product: the book's, else its own list price. The list price discounts are measured against is
 * everybody's price of a single unit; where the currency has none, the price found is its own measure.
 */
export function priceOf(product: OwnPrice, prices: readonly BookPrice[], wanted: Wanted): Found | undefined {
  const own = product.currency === wanted.currency ? product.listPriceMinor : null;
  const inBook = bestPrice(prices, wanted);
  const unitMinor = inBook?.unitMinor ?? own;
  if (unitMinor === null || unitMinor === undefined) return undefined;
  const single = bestPrice(prices, { ...wanted, quantity: 1, valueClass: null });
  return {
    unitMinor,
    listUnitMinor: single?.unitMinor ?? own ?? unitMinor,
    costMinor: product.costCurrency === wanted.currency ? product.costMinor : null,
    source: inBook ? 'book' : 'product',
  };
}

/** Whether two prices hold on some day both. */
function meet(one: BookPrice, other: BookPrice): boolean {
  return (
    (one.validUntilOn === null || other.validFromOn <= one.validUntilOn) &&
    (other.validUntilOn === null || one.validFromOn <= other.validUntilOn)
  );
}

/**
 * Where more units cost more each: the price against the next break below and above it, for the same customers in the
 * same currency at the same time.
 */
export function dearerBreaks<P extends BookPrice>(price: P, book: readonly P[]): { upper: P; lower: P }[] {
  const peers = book
    .filter((one) => one !== price && one.forClass === price.forClass && one.currency === price.currency)
    .filter((one) => one.fromQuantity !== price.fromQuantity && meet(one, price))
    .sort((a, b) => a.fromQuantity - b.fromQuantity);
  const lower = peers.filter((one) => one.fromQuantity < price.fromQuantity).at(-1);
  const upper = peers.find((one) => one.fromQuantity > price.fromQuantity);
  return [
    ...(lower && price.unitMinor > lower.unitMinor ? [{ upper: price, lower }] : []),
    ...(upper && upper.unitMinor > price.unitMinor ? [{ upper, lower: price }] : []),
  ];
}

/** A price of everybody that is lower than one class pays for the same quantity at the same time. */
export function dearerThanAll<P extends BookPrice>(price: P, book: readonly P[]): P | undefined {
  if (price.forClass === 'all') return undefined;
  return book
    .filter((one) => one.forClass === 'all' && one.currency === price.currency && meet(one, price))
    .filter((one) => one.fromQuantity <= price.fromQuantity)
    .sort((a, b) => b.fromQuantity - a.fromQuantity)
    .slice(0, 1)
    .find((one) => one.unitMinor < price.unitMinor);
}
