/** English texts of sales stages. */
export const en = {
  stage: 'Stage',
  // Both names travel with every stage; a reader sees the one of their language.
  'stage-name': '{name}{nameZh, select, other {}}',
} as const;
