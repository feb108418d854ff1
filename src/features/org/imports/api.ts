import { AppError } from '../../../kernel/errors.ts';
import { type Inline, listed } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import type { Importer, ImportResult } from '../../../runtime/importer.ts';
import { importsFinished } from './events.ts';
import { t } from './messages.ts';
import { type Cells, csvLine, mappingOf, readCells } from './rules.ts';
import { readTable } from './tabular.ts';

export { decodeText } from './tabular.ts';

export interface ImportFile {
  name: string;
  text: string;
}

export interface ImportReport {
  kinds: (Omit<ImportResult, 'rejected' | 'mended'> & { kind: string; rejected: number })[];
  /** What was mended, left alone or refused, in the order of the files. */
  notes: Inline[];
}

const mostLines = 500_000;
/** Rejected lines named one by one; the rest are counted. */
const mostNamed = 50;

interface Planned {
  file: string;
  importer: Importer;
  cells: Cells;
}

/**
 * Imports tables of any kinds in one transaction: nothing is half imported, and a second run changes nothing.
 * `firstNumbers` are blocks set aside per kind. Throws AppError when no file is recognised.
 */
export async function runImport(
  ctx: Ctx,
  files: readonly ImportFile[],
  options: {
    currency: string;
    firstNumbers?: Readonly<Record<string, number>>;
    progress?: (kind: string, done: number, total: number) => void;
  },
): Promise<ImportReport> {
  const notes: Inline[] = [];
  const planned = files
    .flatMap((file) => plan(ctx, file, notes))
    .sort((a, b) => a.importer.order - b.importer.order);
  if (planned.length === 0) {
    throw new AppError('invalid_input', t('no-files'), {
      fields: notes.map((message) => ({ field: 'files', message })),
    });
  }
  const kinds: ImportReport['kinds'] = [];
  const next: Record<string, number> = { ...options.firstNumbers };
  for (const { file, importer, cells } of planned) {
    const firstNumber = next[importer.kind];
    const result = await importer.load(ctx, cells.rows, {
      currency: options.currency,
      ...(firstNumber === undefined ? {} : { firstNumber }),
      progress: (done) => options.progress?.(importer.kind, done, cells.rows.length),
    });
    const rejected = [...cells.rejected, ...result.rejected].sort((a, b) => a.line - b.line);
    notes.push(...cells.notes);
    notes.push(...result.mended.map(({ what, count }) => t('mended-times', { what, count })));
    for (const { line, reason } of rejected.slice(0, mostNamed)) {
      notes.push(t('line-rejected', { file, line: String(line), reason }));
    }
    if (rejected.length > mostNamed) notes.push(t('and-more', { count: rejected.length - mostNamed }));
    const { created, matched, changed } = result;
    // The next file of this kind goes on where this one ended.
    if (firstNumber !== undefined) next[importer.kind] = firstNumber + created;
    kinds.push({ kind: importer.kind, created, matched, changed, rejected: rejected.length });
  }
  if (kinds.some(({ created, changed }) => created + changed > 0)) {
    ctx.emit(importsFinished, {
      kinds: Object.fromEntries(kinds.map((one) => [one.kind, one.created + one.changed])),
    });
  }
  return { kinds, notes };
}

function plan(ctx: Ctx, file: ImportFile, notes: Inline[]): Planned[] {
  const table = readTable(file.text);
  if (table.rows.length > mostLines)
    throw new AppError('invalid_input', t('too-large', { limit: mostLines }));
  const mapping = mappingOf(file.name, table.headers, ctx.catalog.importers());
  if (!mapping) {
    notes.push(t('unknown-file', { file: file.name, headers: listed(table.headers.slice(0, 12)) }));
    return [];
  }
  if (mapping.unused.length > 0) {
    notes.push(t('unknown-columns', { file: file.name, columns: listed(mapping.unused) }));
  }
  if (table.rows.length === 0) {
    notes.push(t('empty-file', { file: file.name }));
    return [];
  }
  return [{ file: file.name, importer: mapping.importer, cells: readCells(file.name, table, mapping) }];
}

const exportPage = 2000;

/** One kind of record as CSV text, piece by piece; importing it again changes nothing. */
export async function* exportTable(ctx: Ctx, importer: Importer): AsyncGenerator<string> {
  yield csvLine(importer.columns.map((column) => column.headers[0]));
  let after: string | undefined;
  for (;;) {
    const rows = await importer.export(ctx, after, exportPage);
    if (rows.length === 0) return;
    yield rows
      .map(({ cells }) => csvLine(importer.columns.map((column) => cells[column.field] ?? '')))
      .join('');
    after = rows.at(-1)?.id;
    if (rows.length < exportPage) return;
  }
}
