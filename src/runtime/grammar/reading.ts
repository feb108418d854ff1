import type { ReadContext } from '../../kernel/recognise/recogniser.ts';
import type { Inline } from '../../kernel/text.ts';
import { keyOf, type Spec, type SpecField } from './spec.ts';
import { type LineToken, legible, type Words } from './tokens.ts';

/** Something in the line that cannot stand, and what to put in its place. */
export interface LineProblem {
  message: Inline;
  field?: string;
  start: number;
  end: number;
  /** Text for `start` to `end` that was probably meant. */
  instead?: string;
  /** Texts between which the person has to choose. */
  choices?: readonly string[];
}

/** Work in progress on the words after a verb. */
export interface Reading {
  spec: Spec;
  read: ReadContext;
  words: Words;
  tokens: readonly LineToken[];
  /** Tokens that have found their place; `typed` by what they are. */
  taken: (undefined | 'typed' | 'other')[];
  /** First and last token of what was recognised for a field, by its name. */
  places: Map<string, readonly [LineToken, LineToken]>;
  raw: Record<string, unknown>;
  problems: LineProblem[];
  unsure: boolean;
}

export function isEmpty(reading: Reading, field: SpecField): boolean {
  return reading.raw[field.name] === undefined;
}

/** The words from one token to another as they were typed. */
export function slice(reading: Reading, from: LineToken, to: LineToken): string {
  return legible(reading.words.line.slice(from.start, to.end));
}

/** The key a field is named by, in the script of the reader's language where there is one. */
export function keyFor(spec: Spec, field: SpecField, read: Pick<ReadContext, 'locale'>): string {
  const own = spec.ownKeys.filter((key) => spec.keys.get(keyOf(key)) === field);
  const isHan = (key: string) => /\p{Script=Han}/u.test(key);
  return own.find((key) => isHan(key) === (read.locale === 'zh-CN')) ?? own[0] ?? field.name;
}
