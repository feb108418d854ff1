import type { Inline } from '../kernel/text.ts';
import type { Ctx } from './context.ts';

/** How a cell is read. `month-date`: `3/11/2026` is 11 March in US order unless a day above 12 says otherwise. */
export type CellType = 'text' | 'number' | 'date' | 'email' | 'phone' | 'currency' | 'list';

export interface ImportColumn {
  field: string;
  /** Header words it goes by, any language; the first is what an export writes. */
  headers: readonly [string, ...string[]];
  type?: CellType;
  /** Largest number (none is negative), or most characters; a row beyond it is rejected. */
  max?: number;
  /** Without it the row is rejected. */
  required?: boolean;
}

/** One data line of a file, cells read; an empty cell is absent. `line` is its number in the file. */
export interface ImportRow {
  line: number;
  values: Readonly<Record<string, string>>;
}

export interface Rejected {
  line: number;
  reason: Inline;
}

export interface ImportResult {
  created: number;
  /** Found and already equal. */
  matched: number;
  changed: number;
  rejected: Rejected[];
  /** What was mended or is worth knowing, with how often: `GTXPro → GTX Pro, 1480 times`. */
  mended: { what: Inline; count: number }[];
}

export interface ImportOptions {
  /** ISO code of amounts that carry none. */
  currency: string;
  /** First of the numbers set aside for new records of the kind; none: drawn one block at a time. */
  firstNumber?: number;
  progress(done: number): void;
}

/**
 * Reads one kind of record from tables and writes it back out, so that an export imports again without a change.
 * Contributed by the feature that owns the kind; members come before accounts, accounts before deals (`order`).
 */
export interface Importer {
  /** File name without ending, plural: `deals`. */
  kind: string;
  order: number;
  /** Other names its files go by. */
  aliases: readonly string[];
  columns: readonly ImportColumn[];
  /** Set-based: one statement per chunk, matched by number, external id, then by name. */
  load(ctx: Ctx, rows: readonly ImportRow[], options: ImportOptions): Promise<ImportResult>;
  /** Cells by column field, in a stable order. At most `limit` rows after the record `after` (its id). */
  export(
    ctx: Ctx,
    after: string | undefined,
    limit: number,
  ): Promise<{ id: string; cells: Record<string, string> }[]>;
}

export function defineImporter(importer: Importer): Importer {
  return importer;
}
