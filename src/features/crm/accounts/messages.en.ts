/** English texts of accounts. */
export const en = {
  account: 'Customer',
} as const;
