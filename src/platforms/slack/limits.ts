/** Block Kit limits as documented; the total was found to be refused between 11,000 and 13,000. */
export const limits = {
  messageBlocks: 50,
  viewBlocks: 100,
  totalText: 10_000,
  /** Our own: more lines than this nobody reads. */
  listItems: 100,
  fallbackText: 10_000,
  text: 3000,
  header: 150,
  contextElements: 10,
  actionsElements: 25,
  buttonText: 75,
  buttonValue: 2000,
  url: 3000,
  id: 255,
  optionText: 75,
  optionValue: 150,
  options: 100,
  checkboxes: 10,
  radioButtons: 10,
  tableRows: 100,
  tableColumns: 20,
  charts: 2,
  chartTitle: 50,
  chartLabel: 20,
  chartCategories: 20,
  viewTitle: 24,
  privateMetadata: 3000,
  callbackId: 255,
  inputLabel: 2000,
  inputHint: 2000,
  inputValue: 3000,
  placeholder: 150,
} as const;

/** About one message per second and channel (Slack's documentation). */
export const slackPace = { everyMs: 1_000, burst: 1 } as const;

export type Surface = 'message' | 'modal' | 'home';

/**
 * `text` with at most `max` UTF-16 units, the last one being `…` if something went. Never half a character;
 * lone surrogates become U+FFFD because Slack refuses them.
 */
export function cut(text: string, max: number): string {
  const whole = text.toWellFormed();
  if (whole.length <= max) return whole;
  let end = max - 1;
  const last = whole.charCodeAt(end - 1);
  if (last >= 0xd800 && last <= 0xdbff) end -= 1;
  return `${whole.slice(0, end).trimEnd()}…`;
}

/** Slack reads the top-level `text` as mrkdwn: escaped, nothing in it can mention or link. */
export function escapeText(text: string): string {
  return text.replace(/[&<>]/g, (sign) => (sign === '&' ? '&amp;' : sign === '<' ? '&lt;' : '&gt;'));
}
