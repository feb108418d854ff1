/** Kinds of record that carry a number people see, and the letter it starts with (`D-142`). */
export const recordPrefixes = {
  lead: 'L',
  deal: 'D',
  account: 'C',
  contact: 'K',
  quote: 'Q',
  approval: 'A',
  promise: 'P',
} as const;
export type NumberedKind = keyof typeof recordPrefixes;

/** `D-142`; `D-…` for a record that a dry run made and nobody will have: its number is not positive. */
export function formatNumber(kind: NumberedKind, number: number): string {
  return `${recordPrefixes[kind]}-${number > 0 ? number : '…'}`;
}

/** No number is written longer, with spaces on every side. */
const longestNumber = 200;

/** Reads `D-142`, `d142`, full-width forms included; `undefined` for anything else. */
export function parseNumber(text: string): { kind: NumberedKind; number: number } | undefined {
  if (text.length > longestNumber) return undefined;
  const match = /^([LDCKQAP])\s*-?\s*(\d{1,9})$/i.exec(text.normalize('NFKC').trim());
  if (!match) return undefined;
  const letter = match[1]?.toUpperCase();
  for (const [kind, prefix] of Object.entries(recordPrefixes)) {
    if (prefix === letter) return { kind: kind as NumberedKind, number: Number(match[2]) };
  }
  return undefined;
}

export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
}
