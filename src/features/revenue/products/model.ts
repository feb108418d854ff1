import { z } from 'zod';

export const amount = z.strictObject({ amountMinor: z.string(), currency: z.string() });
export type Amount = z.infer<typeof amount>;

/** A product as actions give it out. */
export const productView = z.strictObject({
  name: z.string(),
  series: z.string().nullable(),
  listPrice: amount.nullable(),
});
export type ProductView = z.infer<typeof productView>;

export const productList = z.strictObject({ products: z.array(productView), hasMore: z.boolean() });
export type ProductList = z.infer<typeof productList>;

/** With what is told to managers, finance and admins only. */
export const productDetail = productView.extend({
  cost: amount.nullable(),
  floorBasisPoints: z.int().nullable(),
});
export type ProductDetail = z.infer<typeof productDetail>;

/** What `set` did: the product before and after. */
export const productChange = z.strictObject({ before: productDetail, after: productDetail });
export type ProductChange = z.infer<typeof productChange>;
