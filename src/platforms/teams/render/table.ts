import type { Inline } from '../../../kernel/text.ts';
import type { Block, Field } from '../../../view/card.ts';
import type { Paragraph, Table, TableRow } from '../adaptive-card.ts';
import { limits } from '../limits.ts';
import type { Piece } from './fit.ts';
import { type Look, paragraphs, richText, type Writing } from './inline.ts';

type TableBlock = Extract<Block, { t: 'table' }>;

/** Teams' own table, cut between rows. */
export function tablePieces(block: TableBlock, writing: Writing): Piece[] {
  const columns = block.columns.slice(0, limits.tableColumns);
  if (columns.length === 0) return [];
  const header = columns.map(({ label }) => cellOf(label, writing, { weight: 'Bolder' }));
  const table: Table = {
    type: 'Table',
    columns: columns.map(({ align }) =>
      align === 'right' ? { width: 1, horizontalCellContentAlignment: 'Right' } : { width: 1 },
    ),
    firstRowAsHeaders: true,
    showGridLines: true,
    rows: [rowOf(header)],
  };
  if (block.cells.length === 0) return [{ elements: [table] }];
  return block.cells.map((cells) => ({
    elements: [],
    row: { of: table, row: rowOf(columns.map((_, column) => cellOf(cells[column] ?? '', writing))) },
    item: true as const,
  }));
}

/** Label and value beside each other, aligned over all fields. */
export function fieldPieces(fields: readonly Field[], writing: Writing): Piece[] {
  const table = gridless(1, 2);
  return fields.map(({ label, value }) => ({
    elements: [],
    row: {
      of: table,
      row: rowOf([
        cellOf(label, writing, { isSubtle: true }, limits.label),
        cellOf(value, writing, {}, limits.text),
      ]),
    },
    item: true,
  }));
}

/** Columns without lines between them. */
export function gridless(...widths: number[]): Table {
  return {
    type: 'Table',
    columns: widths.map((width) => ({ width })),
    firstRowAsHeaders: false,
    showGridLines: false,
    rows: [],
  };
}

export function rowOf(cells: Paragraph[][]): TableRow {
  return { type: 'TableRow', cells: cells.map((items) => ({ type: 'TableCell', items })) };
}

/** A cell's words; a host draws an empty one too small, so nothing is a dash. */
export function cellOf(
  inline: Inline,
  writing: Writing,
  look: Look = {},
  max: number = limits.cell,
): Paragraph[] {
  const words = paragraphs(inline, writing, look, max);
  return words.length > 0 ? words : [richText([{ type: 'TextRun', text: '–', ...look }])];
}
