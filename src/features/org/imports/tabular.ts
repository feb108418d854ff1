import { parse } from 'csv-parse/sync';

export interface Table {
  headers: string[];
  /** `line` is the number of the record's first line in the file. */
  rows: { line: number; cells: string[] }[];
}

/** Bytes as text: UTF-8 (with or without a mark), UTF-16 by its mark, else GB18030, which Chinese spreadsheets write. */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** Reads comma, semicolon or tab separated text with quoted cells; line breaks inside quotes are kept. */
export function readTable(text: string): Table {
  const delimiter = delimiterOf(text);
  const records = parse(text, {
    bom: true,
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    trim: true,
    info: true,
  }) as unknown as { record: string[]; info: { lines: number } }[];
  const [first, ...rest] = records;
  if (!first) return { headers: [], rows: [] };
  const rows = rest
    .map(({ record, info }) => ({ line: info.lines, cells: record }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  return { headers: first.record.map((cell) => cell.trim()), rows };
}

/** The separator that splits the header line into the most cells; quoted parts do not count. */
function delimiterOf(text: string): string {
  const header = (text.split(/\r?\n/, 1)[0] ?? '').replace(/"[^"]*"/g, '');
  const counts = [',', ';', '\t', ','].map((one) => ({ one, count: header.split(one).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).one;
}
