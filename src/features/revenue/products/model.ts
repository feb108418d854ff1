import { z } from 'zod';

const amount = z.strictObject({ amountMinor: z.string(), currency: z.string() });

/** A product as actions give it out. */
export const productView = z.strictObject({
  name: z.string(),
  series: z.string().nullable(),
  listPrice: amount.nullable(),
});
export type ProductView = z.infer<typeof productView>;

export const productList = z.strictObject({ products: z.array(productView), hasMore: z.boolean() });
export type ProductList = z.infer<typeof productList>;

/** What `set` did: the product before and after. */
export const productChange = z.strictObject({ before: productView, after: productView });
export type ProductChange = z.infer<typeof productChange>;
