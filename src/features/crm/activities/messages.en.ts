/** English texts of activities. */
export const en = {
  activity: 'Activity',
} as const;
