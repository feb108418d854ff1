import { z } from 'zod';
import { forClasses } from './rules.ts';

/** A row of the price book as actions give it out. */
export const priceView = z.strictObject({
  product: z.string(),
  forClass: z.enum(forClasses),
  currency: z.string(),
  fromQuantity: z.int(),
  unitMinor: z.string(),
  validFromOn: z.string(),
  validUntilOn: z.string().nullable(),
  /** Over the product's cost; null: not known, or not the reader's to know. */
  marginBasisPoints: z.int().nullable(),
});
export type PriceView = z.infer<typeof priceView>;

const amount = z.strictObject({ amountMinor: z.string(), currency: z.string() });

export const pricedProduct = z.strictObject({
  name: z.string(),
  listPrice: amount.nullable(),
  /** Null for readers who are not told costs. */
  costs: z
    .strictObject({
      cost: amount.nullable(),
      floorBasisPoints: z.int().nullable(),
      /** Of the list price. */
      marginBasisPoints: z.int().nullable(),
    })
    .nullable(),
});
export type PricedProductView = z.infer<typeof pricedProduct>;

export const priceList = z.strictObject({
  /** Null: the whole book. */
  product: pricedProduct.nullable(),
  /** Whether the reader is told margins. */
  showsMargin: z.boolean(),
  prices: z.array(priceView),
  hasMore: z.boolean(),
});
export type PriceList = z.infer<typeof priceList>;

/** Something about a new price the person who sets it should know. */
export const warning = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('dearer-break'), upper: priceView, lower: priceView }),
  z.strictObject({ kind: z.literal('dearer-class'), own: priceView, all: priceView }),
  z.strictObject({
    kind: z.literal('low-margin'),
    marginBasisPoints: z.int(),
    floorBasisPoints: z.int().nullable(),
  }),
  z.strictObject({ kind: z.literal('other-currency'), list: z.string(), currency: z.string() }),
]);
export type Warning = z.infer<typeof warning>;

/** What setting or taking away a price did. */
export const priceChange = z.strictObject({
  product: pricedProduct,
  /** What was asked for. */
  terms: z.strictObject({ forClass: z.enum(forClasses), fromQuantity: z.int() }),
  /** The price that was set; null: prices were taken away. */
  price: priceView.nullable(),
  /** Unit price before, where a price was changed in place. */
  beforeMinor: z.string().nullable(),
  isSame: z.boolean(),
  /** The older price, ended the day before this one. */
  ended: priceView.nullable(),
  /** The older price again, from the day after this one. */
  resumed: priceView.nullable(),
  /** A price already set for later, which ends this one. */
  next: priceView.nullable(),
  taken: z.array(priceView),
  warnings: z.array(warning),
});
export type PriceChange = z.infer<typeof priceChange>;
