import type { Inline, Locale } from '../kernel/text.ts';

/** Who reads a rendered text, and how words of ours and typed lines look for them. */
export interface Reader {
  locale: Locale;
  timeZone: string;
  /** Words of a catalog message; unknown keys give the key itself. */
  translate(key: string, values: Record<string, unknown>, locale: Locale): (string | Inline)[];
  /** The form in which a `/crm` line is typed here, e.g. `/crm move D-142 quote`. */
  commandLine(line: string): string;
}
