/** Characters of all texts in blocks or views: what Slack adds up. Values, ids and addresses do not count. */
export function textLength(part: unknown): number {
  if (Array.isArray(part)) return part.reduce<number>((sum, each) => sum + textLength(each), 0);
  if (typeof part !== 'object' || part === null) return 0;
  let sum = 0;
  for (const [key, value] of Object.entries(part)) {
    if (
      (key === 'text' || key === 'title' || key === 'name' || key === 'label') &&
      typeof value === 'string'
    ) {
      sum += value.length;
    } else {
      sum += textLength(value);
    }
  }
  return sum;
}
