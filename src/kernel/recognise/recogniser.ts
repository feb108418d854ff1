import type { FieldMeta } from '../fields.ts';
import type { Inline, Locale } from '../text.ts';

/** What reading words depends on: the reader's clock, zone and language, the organization's currency and hours. */
export interface ReadContext {
  now: Date;
  timeZone: string;
  locale: Locale;
  currency: string;
  /** `HH:MM`, what "today" or "Friday" without a time ends at. */
  workdayEndsAt: string;
}

/** One word of a line after decoding and normalisation. */
export interface Token {
  text: string;
  /** Written in quotes: never a typed value, always text. */
  quoted: boolean;
  /** `key` of `key:value`; `text` is then the value. */
  key?: string;
  /** A mentioned person, by the platform's own id. */
  mention?: { externalId: string; name?: string };
  /** Offsets into the line as decoded, for corrections. */
  start: number;
  end: number;
}

/** Why a value cannot be read, and what was probably meant, as it would be typed. */
export interface Problem {
  message: Inline;
  suggestion?: string;
  /** Readings between which only the person can choose, as they would be typed (`3/11`). */
  alternatives?: readonly string[];
}

export type Read = { value: unknown } | { problem: Problem };
/** `loose`: fits, but only where nothing fits better (a bare number as an amount). */
export type Taken =
  | { used: number; value: unknown; loose?: boolean }
  | { used: number; problem: Problem }
  | undefined;

/** Turns what people type into the canonical value of one field kind, and back. */
export interface Recogniser {
  /**
   * Looks at `tokens` from `at` on: is this unmistakably a value of the kind? `used` tokens were consumed.
   * `undefined`: not one. A `problem`: it is meant as one but wrong (`8O k`).
   */
  take(tokens: readonly Token[], at: number, read: ReadContext, meta: FieldMeta): Taken;
  /** A whole value, from a form or after `key:`. Never throws. */
  read(text: string, read: ReadContext, meta: FieldMeta): Read;
  /** The shortest text that `take` and `read` turn into the same value. */
  print(value: unknown, read: ReadContext, meta: FieldMeta): string;
}
