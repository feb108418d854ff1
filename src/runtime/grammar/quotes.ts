/** Marks that open a quotation, and those that close it. Straight and curly ones close each other. */
const doubles = '"“”„‟＂';
const closers: Readonly<Record<string, string>> = {
  '"': doubles,
  '“': doubles,
  '”': doubles,
  '„': doubles,
  '‟': doubles,
  '＂': doubles,
  '「': '」',
  '『': '』',
  '«': '»',
  '‘': "’'",
  "'": "'’",
};

/** What is known about the quotation marks of one line. */
export interface Quotes {
  line: string;
  /** Opening marks nothing closes from some place on, and so from no later place. */
  unclosed: Set<string>;
  /** Where a `"` opened before each position is closed; made when first needed. */
  straight?: Int32Array;
}

export function quotesIn(line: string): Quotes {
  return { line, unclosed: new Set() };
}

/**
 * The quoted text that begins at `start`. `open`: a quotation mark that is never closed, or not before another
 * quotation begins. `undefined`: no quotation mark, or a mere apostrophe.
 */
export function readQuoted(
  quotes: Quotes,
  start: number,
): { text: string; end: number; open?: undefined } | { open: true } | undefined {
  const { line, unclosed } = quotes;
  const mark = line[start] ?? '';
  const closing = closers[mark];
  if (closing === undefined) return undefined;
  const isSingle = mark === "'" || mark === '‘';
  const unread = isSingle ? undefined : ({ open: true } as const);
  if (unclosed.has(mark)) return unread;
  const close = isSingle ? singleClose(line, start + 1, closing) : doubleClose(quotes, start, mark, closing);
  if (close < 0) {
    unclosed.add(mark);
    return unread;
  }
  if (closing === doubles && beginsQuotation(line, close)) return unread;
  const inner = line.slice(start + 1, close);
  return { text: (mark === '"' ? inner.replaceAll('""', '"') : inner).trim(), end: close + 1 };
}

function doubleClose(quotes: Quotes, start: number, mark: string, closing: string): number {
  const { line } = quotes;
  if (mark === '"') {
    quotes.straight ??= straightCloses(line);
    const close = quotes.straight[start + 1] ?? -1;
    if (close >= 0) return close;
    // Closed by a curly one, if at all: `""` alone closes nothing.
    return firstOf(line, start + 1, closing.slice(1));
  }
  return firstOf(line, start + 1, closing);
}

/** For every position the next `"` that is not doubled; a doubled one stands for one inside the text. */
function straightCloses(line: string): Int32Array {
  const closes = new Int32Array(line.length + 2).fill(-1);
  for (let at = line.length - 1; at >= 0; at--) {
    if (line[at] !== '"') closes[at] = closes[at + 1] ?? -1;
    else closes[at] = line[at + 1] === '"' ? (closes[at + 2] ?? -1) : at;
  }
  return closes;
}

/** An apostrophe inside a word closes nothing. */
function singleClose(line: string, from: number, closing: string): number {
  let close = firstOf(line, from, closing);
  while (close >= 0 && !isBoundary(line, close + 1)) close = firstOf(line, close + 1, closing);
  return close;
}

/** ` "so`: a mark that begins another quotation does not end this one. */
function beginsQuotation(line: string, at: number): boolean {
  const next = line[at + 1];
  if (next === undefined || !isSpace(line.charCodeAt(at - 1))) return false;
  return !isSpace(line.charCodeAt(at + 1)) && !/\p{P}/u.test(next);
}

function firstOf(line: string, from: number, marks: string): number {
  for (let at = from; at < line.length; at++) if (marks.includes(line[at] ?? '')) return at;
  return -1;
}

function isBoundary(line: string, at: number): boolean {
  return at >= line.length || isSpace(line.charCodeAt(at)) || /[,，、;；.。:：]/.test(line[at] ?? '');
}

/** White space as `\s` has it. */
export function isSpace(code: number): boolean {
  if (code <= 32) return code === 32 || (code >= 9 && code <= 13);
  if (code < 160) return false;
  return /\s/.test(String.fromCharCode(code));
}
