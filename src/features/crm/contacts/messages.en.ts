/** English texts of contacts. */
export const en = {
  contact: 'Contact',
} as const;
