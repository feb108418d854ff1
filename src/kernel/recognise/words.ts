import type { FieldMeta } from '../fields.ts';
import type { Problem, ReadContext, Recogniser, Token } from './recogniser.ts';

const invisible = /[\u00ad\u200b\u200e\u200f\u2060\ufeff]/g;
const dashes = /[\u2010-\u2015\u2212]/g;
const apostrophes = /[\u2018\u2019\u02bc]/g;
const plainAscii = /^[!-~]*$/;
/** The end of a sentence is no part of the value before it. */
const finalMark = /(?<=[^\s.,;!。])[.,;!。]$/;
/** `30.11.`: there the mark is. */
const dayAndMonth = /^\d{1,2}\.\d{1,2}\.$/;
/** Longer tokens are never typed values; bounds the work of every recogniser. */
const maxTokenLength = 100;
const maxTokens = 6;

/** As long as a whole line may be. Making combining marks uniform takes time with the square of their number. */
const maxUniformLength = 4000;

/**
 * Width, invisible characters, dashes and apostrophes made uniform; letter case kept. What is longer than any line is
 * no value in any spelling, and stays as it is.
 */
export function uniform(text: string): string {
  if (text.length > maxUniformLength || plainAscii.test(text)) return text;
  return text
    .normalize('NFKC')
    .replace(invisible, '')
    .replace(dashes, '-')
    .replace(apostrophes, "'")
    .replace(/\s+/g, ' ')
    .trim();
}

/** What recognisers compare: uniform and lower case. */
export function flat(text: string): string {
  return uniform(text).toLowerCase();
}

/** The unquoted words from a token on, as one text to look at. */
export interface Ahead {
  /** Flat, joined by single spaces. */
  text: string;
  /** The same before lower-casing, of equal length. */
  typed: string;
  /** Where each word ends in `text`. */
  ends: readonly number[];
}

interface Seen {
  views: (Ahead | null)[];
  words: (string | null)[];
}
const seen = new WeakMap<readonly Token[], Seen>();

/** Looks from `tokens[at]` on; `undefined` when that token is quoted, a mention or a key. Cached per token list. */
export function ahead(tokens: readonly Token[], at: number): Ahead | undefined {
  let cache = seen.get(tokens);
  if (!cache) {
    cache = { views: [], words: [] };
    seen.set(tokens, cache);
  }
  let found = cache.views[at];
  if (found === undefined) {
    found = build(tokens, at, cache.words);
    cache.views[at] = found;
  }
  return found ?? undefined;
}

function build(tokens: readonly Token[], at: number, words: (string | null)[]): Ahead | null {
  let typed = '';
  const ends: number[] = [];
  for (let i = at; i < tokens.length && ends.length < maxTokens; i++) {
    let word = words[i];
    if (word === undefined) {
      word = wordOf(tokens[i]);
      words[i] = word;
    }
    if (word === null) break;
    typed = typed === '' ? word : `${typed} ${word}`;
    ends.push(typed.length);
  }
  return ends.length === 0 ? null : sameLength(typed, ends);
}

/** `null` for what no typed value can hold. */
function wordOf(token: Token | undefined): string | null {
  if (!token || token.quoted || token.mention || token.key !== undefined) return null;
  if (token.text.length > maxTokenLength) return null;
  return withoutFinalMark(uniform(token.text)) || null;
}

function withoutFinalMark(text: string): string {
  return dayAndMonth.test(text) ? text : text.replace(finalMark, '');
}

function sameLength(typed: string, ends: number[]): Ahead {
  const lower = typed.toLowerCase();
  return lower.length === typed.length ? { text: lower, typed, ends } : { text: typed, typed, ends };
}

/** A whole text as one candidate: it must match to its end. */
export function whole(text: string): Ahead {
  const typed = withoutFinalMark(uniform(text.slice(0, 400)).replace(/\s+/g, ' ').trim());
  return sameLength(typed, [typed.length]);
}

/** How many words end exactly at `length`; 0 when it lies inside a word. */
export function wordsUpTo(seenAhead: Ahead, length: number): number {
  const end = seenAhead.text[length - 1] === ' ' ? length - 1 : length;
  return seenAhead.ends.indexOf(end) + 1;
}

/** What a scan found at the start of a text. It must end where a word ends. */
export type Scan =
  | { length: number; value: unknown; loose?: boolean }
  | { length: number; problem: Problem }
  | undefined;

/** `take` and `read` of a kind from one scan function; `unknown` says why a whole text is not a value. */
export function scanning(
  scan: (at: Ahead, read: ReadContext, meta: FieldMeta) => Scan,
  unknown: (text: string, read: ReadContext, meta: FieldMeta) => Problem,
): Pick<Recogniser, 'take' | 'read'> {
  return {
    take(tokens, at, read, meta) {
      const view = ahead(tokens, at);
      const found = view && scan(view, read, meta);
      if (!view || !found) return undefined;
      const used = wordsUpTo(view, found.length);
      if (used === 0) return undefined;
      if ('problem' in found) return { used, problem: found.problem };
      return found.loose ? { used, value: found.value, loose: true } : { used, value: found.value };
    },
    read(text, read, meta) {
      const view = whole(text);
      const found = view.text === '' ? undefined : scan(view, read, meta);
      if (!found || found.length !== view.text.length) return { problem: unknown(text.trim(), read, meta) };
      return 'problem' in found ? { problem: found.problem } : { value: found.value };
    },
  };
}

/** Long junk is named by its beginning. */
export function shown(text: string): string {
  const trimmed = text.trim();
  return trimmed.length > 60 ? `${trimmed.slice(0, 57)}…` : trimmed;
}
