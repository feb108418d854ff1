import type { Inline } from '../../../kernel/text.ts';
import type { Block } from '../../../view/card.ts';
import { spans } from '../../../view/spans.ts';
import type { RichText, RichTextElement, SlackBlock } from '../block-kit.ts';
import { cut, limits } from '../limits.ts';
import { alignedLines } from './columns.ts';
import type { Piece } from './fit.ts';
import { plainWords, richText, richTextBlock, section } from './inline.ts';
import { textLength } from './measure.ts';
import type { PieceContext } from './pieces.ts';

type Table = Extract<Block, { t: 'table' }>;
type Cell = { type: 'raw_text'; text: string } | RichText;

const cellMax = 300;
/** A table past this share of the message leaves no room for the rest; lines of text can be cut, it cannot. */
const tableTextMax = 8000;

/** Slack's own table where it is allowed and fits (one a message), else aligned lines of fixed-width text. */
export function tablePieces(table: Table, at: PieceContext): Piece[] {
  if (table.columns.length === 0) return [];
  return nativeTable(table, at) ?? lines(table, at);
}

function nativeTable(table: Table, at: PieceContext): Piece[] | undefined {
  const { columns, cells } = table;
  if (at.surface !== 'message' || at.tablesLeft < 1) return undefined;
  if (columns.length > limits.tableColumns || cells.length + 1 > limits.tableRows) return undefined;
  const rows: Cell[][] = [
    columns.map(({ label }) => cell({ t: 'strong', of: label }, at)),
    ...cells.map((row) => columns.map((_, column) => cell(row[column] ?? '', at))),
  ];
  const block: SlackBlock = {
    type: 'table',
    rows,
    column_settings: columns.map(({ align }) => ({ align: align ?? 'left', is_wrapped: true })),
  };
  if (textLength(block) > tableTextMax) return undefined;
  at.tablesLeft -= 1;
  return [{ blocks: [block] }];
}

function cell(inline: Inline, at: PieceContext): Cell {
  const isStyled = spans(inline, at.reader).some((span) => Object.keys(span).length > 1);
  if (isStyled) return richTextBlock(section(richText(inline, at.reader, at.mentionOf, cellMax)));
  const text = plainWords(inline, at.reader, cellMax);
  return { type: 'raw_text', text: text.trim() === '' ? '–' : text };
}

function lines(table: Table, at: PieceContext): Piece[] {
  const words = (inline: Inline) => plainWords(inline, at.reader, cellMax);
  const aligned = alignedLines(
    [table.columns.map(({ label }) => words(label)), ...table.cells.map((row) => row.map(words))],
    table.columns.map(({ align }) => align ?? 'left'),
  );
  return preformatted(aligned);
}

/** Lines of fixed-width text in blocks of at most 3,000 characters, so that a long one is cut between them. */
export function preformatted(all: readonly string[]): Piece[] {
  const pieces: Piece[] = [];
  let text = '';
  const flush = () => {
    if (text.trim() === '') return;
    const elements: Extract<RichTextElement, { type: 'text' }>[] = [{ type: 'text', text }];
    pieces.push({ blocks: [richTextBlock({ type: 'rich_text_preformatted', elements })] });
  };
  for (const line of all) {
    const next = cut(line, limits.text);
    if (text.length + next.length + 1 > limits.text) {
      flush();
      text = '';
    }
    text = text === '' ? next : `${text}\n${next}`;
  }
  flush();
  return pieces;
}
