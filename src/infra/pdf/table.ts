import type { DocumentTable } from '../../view/document.ts';
import type { Reader } from '../../view/reader.ts';
import { type Span, spans } from '../../view/spans.ts';
import { breakLines, type Line, widthOf } from './lines.ts';
import { colours, type Ink, lineHeight, paper, type Sheet } from './sheet.ts';

const size = { head: 8.5, cell: 9.5 };
const gap = 12;
const padding = 5;
/** A column that is not wide takes at most this share of the page, and what is wide has at least as much. */
const mostShare = 0.3;

interface Column {
  x: number;
  width: number;
  align: 'left' | 'right';
}

/** Rows stay whole as long as a page can hold them. `continued` begins a further page. */
export function drawTable(sheet: Sheet, table: DocumentTable, reader: Reader, continued: () => void): void {
  const labels = table.columns.map(({ label }) => spans(label, reader));
  const rows = table.rows.map((row) => row.map((cell) => spans(cell, reader)));
  const columns = columnsOf(table, labels, rows);
  const head = linesOf(labels, columns, { size: size.head, bold: true });
  const begin = () => drawRow(sheet, head, columns, { size: size.head, colour: colours.quiet }, true);
  const furtherPage = () => {
    continued();
    begin();
  };

  // A head is not left behind at the end of a page.
  const firstRow = Math.max(
    1,
    ...linesOf(rows[0] ?? [], columns, { size: size.cell }).map((lines) => lines.length),
  );
  const headHeight = heightOf(Math.max(1, ...head.map((lines) => lines.length)), size.head);
  if (sheet.y + headHeight + heightOf(Math.min(firstRow, 10), size.cell) > paper.bottom) continued();
  begin();
  for (const row of rows) {
    const cells = linesOf(row, columns, { size: size.cell });
    const fits = (count: number) => sheet.y + heightOf(count, size.cell) <= paper.bottom;
    const tallest = Math.max(1, ...cells.map((lines) => lines.length));
    if (!fits(tallest)) furtherPage();
    let from = 0;
    while (from < tallest) {
      let count = tallest - from;
      while (count > 1 && !fits(count)) count -= 1;
      const part = cells.map((lines) => lines.slice(from, from + count));
      drawRow(sheet, part, columns, { size: size.cell }, false);
      from += count;
      if (from < tallest) furtherPage();
    }
  }
}

/** Figures are as wide as their widest; what is left is for the wide column. */
function columnsOf(table: DocumentTable, labels: Span[][], rows: Span[][][]): Column[] {
  const room = paper.right - paper.left - gap * (table.columns.length - 1);
  const widths = table.columns.map(({ wide }, index) => {
    if (wide) return 0;
    const cells = rows.map((row) => widthOf(row[index] ?? [], { size: size.cell }));
    const label = widthOf(labels[index] ?? [], { size: size.head, bold: true });
    // One point more: sums of widths differ in their last digits.
    return Math.min(Math.max(label, ...cells) + 1, room * mostShare);
  });
  const wideOnes = table.columns.filter(({ wide }) => wide).length;
  const taken = widths.reduce((sum, width) => sum + width, 0);
  const most = wideOnes === 0 ? room : room * (1 - mostShare);
  const scale = Math.min(1, most / taken);
  const left = room - taken * scale;
  let x = paper.left;
  return table.columns.map(({ align = 'left', wide }, index) => {
    const width = wide ? left / wideOnes : (widths[index] ?? 0) * scale;
    const column = { x, width, align };
    x += width + gap;
    return column;
  });
}

function linesOf(
  cells: readonly Span[][],
  columns: readonly Column[],
  look: { size: number; bold?: boolean },
): Line[][] {
  return columns.map(({ width }, index) => breakLines(cells[index] ?? [], look, width));
}

function heightOf(lines: number, textSize: number): number {
  return lines * lineHeight(textSize) + padding * 2;
}

function drawRow(
  sheet: Sheet,
  cells: readonly Line[][],
  columns: readonly Column[],
  ink: Ink,
  isHead: boolean,
): void {
  const height = heightOf(Math.max(1, ...cells.map((lines) => lines.length)), ink.size);
  if (isHead) sheet.band(sheet.y, height);
  columns.forEach(({ x, width, align }, index) => {
    sheet.set(cells[index] ?? [], { x, width, y: sheet.y + padding }, { ...ink, align });
  });
  sheet.y += height;
  sheet.rule(sheet.y, colours.line, 0.5);
}
