/** English texts of deals. */
export const en = {
  deal: 'Deal',
  'no-stages': 'The pipeline has no stages yet. An admin adds one with {line}.',
} as const;
