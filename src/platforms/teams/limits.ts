import { withoutControls } from '../../kernel/fields.ts';

/** Lengths in UTF-16 units unless the name says bytes (of JSON as UTF-8). */
export const limits = {
  /** Messages may have 100 KB; a card that stays below 28 KB is taken on every way a card can go. */
  cardBytes: 28 * 1024,
  /** For `activity.summary`: with the largest card still far below the 100 KB of a message. */
  summaryBytes: 28 * 1024,
  text: 3000,
  title: 300,
  label: 200,
  cell: 300,
  /** Differently looking parts of one paragraph; what follows is plain. */
  runs: 60,
  /** Addresses of all links of one paragraph. */
  links: 2000,
  url: 2000,
  /** Teams shows no more buttons of one set. */
  actions: 6,
  actionTitle: 75,
  /** The engine stores presses past 1,800 bytes; what is larger than this was not made by it. */
  pressBytes: 4000,
  /** Lines and rows of tables. Our own: more than this nobody reads. */
  listItems: 100,
  tableColumns: 20,
  mentions: 20,
  refreshUsers: 60,
  chartCategories: 20,
  chartLabel: 40,
  dialogTitle: 80,
  options: 100,
  /** More boxes than this are a menu. */
  checkboxes: 10,
  placeholder: 150,
} as const;

/**
 * `text` with at most `max` UTF-16 units, the last one being `…` if something went. Never half a character, and
 * no control characters, which cost six bytes each and show nothing.
 */
export function cut(text: string, max: number): string {
  const whole = withoutControls(text);
  if (whole.length <= max) return whole;
  if (max < 1) return '';
  let end = max - 1;
  const last = whole.charCodeAt(end - 1);
  if (last >= 0xd800 && last <= 0xdbff) end -= 1;
  return `${whole.slice(0, end).trimEnd()}…`;
}

/** How much a value takes in a card. */
export function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** `text` with at most `max` bytes of JSON, the last sign being `…` if something went. */
export function cutBytes(text: string, max: number): string {
  const whole = withoutControls(text);
  if (jsonBytes(whole) <= max) return whole;
  let kept = '';
  let left = max - jsonBytes('…');
  for (const sign of whole) {
    left -= jsonBytes(sign) - 2;
    if (left < 0) break;
    kept += sign;
  }
  return `${kept.trimEnd()}…`;
}

/**
 * Messages per bot and conversation: 7 in 1 s, 8 in 2 s, 60 in 30 s, 1,800 in an hour (Microsoft's documentation).
 * The last one sets the pace, the first the burst.
 */
export const teamsPace = { everyMs: 2_040, burst: 4 } as const;
