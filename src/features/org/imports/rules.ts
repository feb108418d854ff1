import { isDay } from '../../../kernel/dates.ts';
import { isCurrency } from '../../../kernel/money.ts';
import { count, day, type Inline } from '../../../kernel/text.ts';
import type { ImportColumn, Importer, ImportRow, Rejected } from '../../../runtime/importer.ts';
import { t } from './messages.ts';
import type { Table } from './tabular.ts';

const mostNumber = 999_999_999_999;
const mostText = 200;
const mostNote = 20_000;

/** `Office Location`, `office_location` and `officeLocation` are one header. */
export function headerKey(header: string): string {
  return header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

export interface Mapping {
  importer: Importer;
  /** Column of each cell, by position; `undefined`: not used. */
  columns: (ImportColumn | undefined)[];
  unused: string[];
}

/**
 * The kind of record a file holds: by its name, else the kind whose required columns are all there and that knows
 * the most headers. `undefined`: no kind fits.
 */
export function mappingOf(
  fileName: string,
  headers: readonly string[],
  importers: readonly Importer[],
): Mapping | undefined {
  const name = headerKey(fileName.replace(/\.[a-z]+$/i, ''));
  const fits = importers
    .map((importer) => map(importer, headers))
    .filter(({ importer, columns }) =>
      importer.columns.every((column) => !column.required || columns.includes(column)),
    );
  const named = fits.find(({ importer }) =>
    [importer.kind, ...importer.aliases].some((alias) => headerKey(alias) === name),
  );
  const known = (mapping: Mapping) => mapping.columns.filter(Boolean).length;
  return named ?? fits.sort((a, b) => known(b) - known(a) || a.unused.length - b.unused.length)[0];
}

function map(importer: Importer, headers: readonly string[]): Mapping {
  const taken = new Set<string>();
  const unused: string[] = [];
  const columns = headers.map((header) => {
    const key = headerKey(header);
    const column = importer.columns.find(
      (one) => !taken.has(one.field) && one.headers.some((word) => headerKey(word) === key),
    );
    if (column) taken.add(column.field);
    else if (header !== '') unused.push(header);
    return column;
  });
  return { importer, columns, unused };
}

export interface Cells {
  rows: ImportRow[];
  rejected: Rejected[];
  notes: Inline[];
}

/** Cells of a table as canonical values per field; lines with a wrong cell are rejected whole, with the reason. */
export function readCells(fileName: string, table: Table, mapping: Mapping): Cells {
  const rows: ImportRow[] = [];
  const rejected: Rejected[] = [];
  const notes: Inline[] = [];
  const dayFirst = new Map<ImportColumn, boolean>();
  mapping.columns.forEach((column, at) => {
    if (column?.type !== 'date') return;
    const isDayFirst = table.rows.some(
      ({ cells }) => Number(/^(\d{1,2})\/\d{1,2}\//.exec(cells[at] ?? '')?.[1]) > 12,
    );
    dayFirst.set(column, isDayFirst);
    if (isDayFirst) notes.push(t('day-first', { file: fileName, column: table.headers[at] ?? '' }));
  });
  for (const { line, cells } of table.rows) {
    const values: Record<string, string> = {};
    let reason: Inline | undefined;
    if (
      cells.length > table.headers.length &&
      cells.slice(table.headers.length).some((cell) => cell !== '')
    ) {
      reason = t('bad-row', { got: cells.length, want: table.headers.length });
    }
    mapping.columns.forEach((column, at) => {
      if (!column || reason) return;
      const header = table.headers[at] ?? column.field;
      const cell = unguard(cells[at] ?? '');
      if (cell === '') {
        if (column.required) reason = t('missing-value', { column: header });
        return;
      }
      const read = readCell(cell, column, dayFirst.get(column) ?? false);
      if (read === undefined) reason = t(problemOf(column), { column: header, value: cell.slice(0, 60) });
      else reason = excessOf(read, column, header);
      if (read !== undefined && !reason) values[column.field] = read;
    });
    if (reason) rejected.push({ line, reason });
    else rows.push({ line, values });
  }
  return { rows, rejected, notes };
}

function problemOf(column: ImportColumn) {
  switch (column.type) {
    case 'number':
      return 'bad-number';
    case 'email':
      return 'bad-email';
    case 'phone':
      return 'bad-phone';
    case 'currency':
      return 'bad-currency';
    default:
      return 'bad-date';
  }
}

/** History is older than what people type into a chat; a year beyond these is a slip of the keyboard. */
const firstDay = '1900-01-01';
const lastDay = '2100-12-31';

/** More than the database holds or a screen shows: a reason to reject the line, not to break the whole import. */
function excessOf(read: string, column: ImportColumn, header: string): Inline | undefined {
  if (column.type === 'number') {
    const { max = mostNumber } = column;
    const isWithin = Number(read) >= 0 && Number(read) <= max;
    return isWithin
      ? undefined
      : t('out-of-range', { column: header, value: read.slice(0, 60), max: count(max) });
  }
  if (column.type === 'date') {
    const isWithin = read >= firstDay && read <= lastDay;
    return isWithin ? undefined : t('far-date', { column: header, value: day(read) });
  }
  const { max = column.field === 'note' ? mostNote : mostText } = column;
  return read.length <= max ? undefined : t('too-long', { column: header, max: count(max) });
}

/** A canonical cell: plain decimal, ISO day, lower-case address; `undefined` when it is not one. */
export function readCell(cell: string, column: ImportColumn, dayFirst: boolean): string | undefined {
  switch (column.type) {
    case 'number':
      return readNumber(cell);
    case 'date':
      return readDay(cell, dayFirst);
    case 'email': {
      const address = cell.toLowerCase();
      return /^[^\s@]{1,64}@[^\s@]{1,190}$/.test(address) ? address : undefined;
    }
    case 'phone': {
      const digits = cell.replace(/[\s().\-/]/g, '');
      return /^\+?\d{5,20}$/.test(digits) ? digits : undefined;
    }
    case 'currency': {
      const currency = cell.toUpperCase();
      return isCurrency(currency) ? currency : undefined;
    }
    default:
      return cell;
  }
}

/** `1,054.50`, `1.054,50`, `￥1054` and `(54)` for minus. The last separator with one or two digits is the decimal one. */
export function readNumber(cell: string): string | undefined {
  const isNegative = /^\(.*\)$/.test(cell) || cell.startsWith('-');
  const bare = cell.normalize('NFKC').replace(/[()\-\s'$€£¥]|[A-Z]{3}/g, '');
  const match = /^(\d+|\d{1,3}(?:[.,]\d{3})+)(?:[.,](\d+))?$/.exec(bare);
  if (!match?.[1]) return undefined;
  const isGroup = match[2]?.length === 3 && !/[.,]/.test(match[1]) && bare.includes(',');
  const whole = isGroup ? match[1] + match[2] : match[1].replace(/[.,]/g, '');
  const fraction = isGroup ? '' : (match[2] ?? '');
  return `${isNegative ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`;
}

/** ISO, `2026/11/3`, `11/3/2026` (US order unless the column shows otherwise), `3.11.2026`, `2026年11月3日`. */
export function readDay(cell: string, dayFirst: boolean): string | undefined {
  const text = cell.normalize('NFKC').replace(/[T ]\d{1,2}:.*$/, '');
  const yearFirst = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text);
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text);
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  let parts: (string | undefined)[] | undefined;
  if (yearFirst) parts = [yearFirst[1], yearFirst[2], yearFirst[3]];
  else if (dotted) parts = [dotted[3], dotted[2], dotted[1]];
  else if (slashed)
    parts = dayFirst ? [slashed[3], slashed[2], slashed[1]] : [slashed[3], slashed[1], slashed[2]];
  if (!parts) return undefined;
  const on = parts.map((part) => String(part).padStart(2, '0')).join('-');
  return isDay(on) ? on : undefined;
}

/** Exports put a quote before cells that a spreadsheet would run as a formula; imports take it off again. */
export function guard(cell: string): string {
  return /^['=+\-@\t\r＝＋－＠]/.test(cell) ? `'${cell}` : cell;
}

export function unguard(cell: string): string {
  return /^'['=+\-@\t\r＝＋－＠]/.test(cell) ? cell.slice(1) : cell;
}

/** One RFC 4180 line. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => quoted(guard(cell))).join(',')}\r\n`;
}

function quoted(cell: string): string {
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell;
}
