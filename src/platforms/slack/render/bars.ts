import type { Block } from '../../../view/card.ts';
import type { SlackBlock } from '../block-kit.ts';
import { limits } from '../limits.ts';
import { alignedLines, bar } from './columns.ts';
import type { Piece } from './fit.ts';
import { boldText, plainWords, richTextBlock, section } from './inline.ts';
import type { PieceContext } from './pieces.ts';
import { preformatted } from './table.ts';

type Bars = Extract<Block, { t: 'bars' }>;
const barColumns = 16;

/** A bar chart of block characters under its bold title. */
export function barsPiece(block: Bars, at: PieceContext): Piece[] {
  const { reader } = at;
  const most = block.bars.reduce((max, { value }) => Math.max(max, Number.isFinite(value) ? value : 0), 0);
  const rows = block.bars.map(({ label, value, text }) => [
    plainWords(label, reader, 100),
    bar(value, most, barColumns),
    plainWords(text, reader, 100),
  ]);
  const title = boldText(block.title, reader, at.mentionOf, 300);
  const heading: Piece[] = title.length === 0 ? [] : [{ blocks: [richTextBlock(section(title))] }];
  return [...heading, ...preformatted(alignedLines(rows, ['left', 'left', 'left']))];
}

/** Slack's own chart, where it may stand; `undefined`: draw it with characters. */
export function chartPiece(block: Bars, at: PieceContext): Piece[] | undefined {
  const { reader } = at;
  const { bars } = block;
  if (at.chartsLeft < 1 || at.surface !== 'message') return undefined;
  if (bars.length === 0 || bars.length > limits.chartCategories) return undefined;
  const points = bars.map(({ label, value }) => ({ label: plainWords(label, reader, 1000), value }));
  const labels = new Set(points.map(({ label }) => label));
  const isDrawable = points.every(
    ({ label, value }) =>
      label.trim() !== '' && label.length <= limits.chartLabel && Number.isFinite(value) && value >= 0,
  );
  if (labels.size !== points.length || !isDrawable) return undefined;
  const title = plainWords(block.title, reader, limits.chartTitle);
  if (title.trim() === '') return undefined;
  at.chartsLeft -= 1;
  const chart: SlackBlock = {
    type: 'data_visualization',
    title,
    chart: {
      type: 'bar',
      series: [{ name: plainWords(block.title, reader, limits.chartLabel), data: points }],
      axis_config: { categories: points.map(({ label }) => label) },
    },
  };
  // The chart shows lengths only; the figures stand beside it.
  const figures = bars.map((each) => [
    plainWords(each.label, reader, 100),
    plainWords(each.text, reader, 100),
  ]);
  return [{ blocks: [chart] }, ...preformatted(alignedLines(figures, ['left', 'left']))];
}
