/** English texts of products. */
export const en = {
  product: 'Product',
} as const;
