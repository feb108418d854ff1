import type { Block } from '../../../view/card.ts';
import type { HorizontalBarChart, Paragraph } from '../adaptive-card.ts';
import { limits } from '../limits.ts';
import type { Piece } from './fit.ts';
import { paragraphs, plainWords, richText, type Writing } from './inline.ts';
import { cellOf, gridless, rowOf } from './table.ts';

type Bars = Extract<Block, { t: 'bars' }>;
/** So many blocks of small fixed-width text stand on one line of a phone. */
const barSigns = 12;

/** A bar chart of block characters under its bold title: in the theme's own colour, on light and dark. */
export function barPieces(block: Bars, writing: Writing): Piece[] {
  const table = gridless(3, 3, 3);
  const most = block.bars.reduce((max, { value }) => Math.max(max, Number.isFinite(value) ? value : 0), 0);
  const rows = block.bars.map(({ label, value, text }): Piece => {
    const cells = [cellOf(label, writing), barCell(value, most), cellOf(text, writing)];
    return { elements: [], row: { of: table, row: rowOf(cells) }, item: true };
  });
  return [...titlePieces(block, writing), ...rows];
}

/** Teams' own chart, where it can be drawn, with the figures beside it; `undefined`: draw it with characters. */
export function chartPieces(block: Bars, writing: Writing): Piece[] | undefined {
  const { bars } = block;
  if (bars.length === 0 || bars.length > limits.chartCategories) return undefined;
  const data = bars.map(({ label, value }) => ({
    x: plainWords(label, writing.reader, limits.chartLabel),
    y: value,
  }));
  const isDrawable = data.every(({ x, y }) => x.trim() !== '' && Number.isFinite(y) && y >= 0);
  if (!isDrawable || new Set(data.map(({ x }) => x)).size !== data.length) return undefined;
  const drawn = {
    ...gridless(3, 3),
    rows: data.map(({ x, y }) => rowOf([cellOf(x, writing), barCell(y, mostOf(data))])),
  };
  const figures = gridless(3, 3);
  const chart: HorizontalBarChart = {
    type: 'Chart.HorizontalBar',
    title: plainWords(block.title, writing.reader, limits.label),
    data,
    fallback: drawn,
  };
  return [
    ...titlePieces(block, writing),
    { elements: [chart] },
    ...bars.map(({ label, text }): Piece => {
      const row = rowOf([cellOf(label, writing), cellOf(text, writing)]);
      return { elements: [], row: { of: figures, row }, item: true };
    }),
  ];
}

function mostOf(data: readonly { y: number }[]): number {
  return data.reduce((max, { y }) => Math.max(max, y), 0);
}

function titlePieces({ title }: Bars, writing: Writing): Piece[] {
  const words = paragraphs(title, writing, { weight: 'Bolder' }, limits.title);
  return words.length === 0 ? [] : [{ elements: words }];
}

function barCell(value: number, most: number): Paragraph[] {
  const text = bar(value, most);
  return [
    richText([{ type: 'TextRun', text: text || ' ', size: 'Small', color: 'Accent', fontType: 'Monospace' }]),
  ];
}

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** Anything above nothing is seen, however small. */
function bar(value: number, most: number): string {
  if (!(value > 0) || !(most > 0)) return '';
  const units = Math.max(1, Math.round((Math.min(value, most) / most) * barSigns * 8));
  return '█'.repeat(Math.floor(units / 8)) + (eighths[units % 8] ?? '');
}
