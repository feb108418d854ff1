import type { Inline } from '../../../kernel/text.ts';
import type { Block, Row } from '../../../view/card.ts';
import type { Reader } from '../../../view/reader.ts';
import { spans } from '../../../view/spans.ts';
import type { RichTextElement, SlackBlock } from '../block-kit.ts';
import { limits, type Surface } from '../limits.ts';
import { barsPiece, chartPiece } from './bars.ts';
import { type ButtonRenderer, plainText } from './button.ts';
import type { Piece } from './fit.ts';
import { boldText, type MentionOf, plainWords, richText, richTextBlock, section } from './inline.ts';
import { textLength } from './measure.ts';
import { tablePieces } from './table.ts';

export interface PieceContext {
  reader: Reader;
  surface: Surface;
  mentionOf: MentionOf;
  buttons: ButtonRenderer;
  /** Charts may be drawn by Slack, at most two a message. */
  chartsLeft: number;
  tablesLeft: number;
}

/** One element of a card as Slack blocks, in parts that may be left out one by one. */
export function piecesOf(block: Block, at: PieceContext): Piece[] {
  const { reader, mentionOf } = at;
  switch (block.t) {
    case 'heading':
      return textPiece(boldText(block.of, reader, mentionOf));
    case 'text':
      return textPiece(richText(block.of, reader, mentionOf));
    case 'context':
      return contextPiece(block.of, reader);
    case 'quote': {
      const elements = richText(block.of, reader, mentionOf);
      if (elements.length === 0) return [];
      return [{ blocks: [richTextBlock({ type: 'rich_text_quote', elements })] }];
    }
    case 'fields':
      return fieldsPieces(block.fields, at);
    case 'rows':
      return block.rows.flatMap((row) => rowPieces(row, at));
    case 'table':
      return tablePieces(block, at);
    case 'bars':
      return chartPiece(block, at) ?? barsPiece(block, at);
    case 'divider':
      return [{ blocks: [{ type: 'divider' }] }];
    case 'buttons':
      return buttonPieces(block.buttons, at);
    default:
      return block satisfies never;
  }
}

function textPiece(elements: RichTextElement[]): Piece[] {
  return elements.length === 0 ? [] : [{ blocks: [richTextBlock(section(elements))] }];
}

function contextPiece(of: Inline, reader: Reader): Piece[] {
  const text = plainWords(of, reader, limits.text);
  if (text.trim() === '') return [];
  return [{ blocks: [{ type: 'context', elements: [plainText(text, limits.text)] }], keep: true }];
}

/** `Label value` lines in one block; a two-column section could not show them bold and literal at once. */
function fieldsPieces(fields: { label: Inline; value: Inline }[], at: PieceContext): Piece[] {
  const { reader, mentionOf } = at;
  const pieces: Piece[] = [];
  let elements: RichTextElement[] = [];
  let room: number = limits.text;
  for (const { label, value } of fields) {
    const line: RichTextElement[] = [
      ...boldText(label, reader, mentionOf, 200),
      { type: 'text', text: '  ' },
      ...richText(value, reader, mentionOf, 1000),
    ];
    const length = textLength(line) + 1;
    if (length > room) {
      pieces.push(...textPiece(elements));
      elements = [];
      room = limits.text;
    }
    if (elements.length > 0) elements.push({ type: 'text', text: '\n' });
    elements.push(...line);
    room -= length;
  }
  return [...pieces, ...textPiece(elements)];
}

/** One button sits beside its row; several go under it; none makes the row a line of a list. */
function rowPieces(row: Row, at: PieceContext): Piece[] {
  const { reader, mentionOf } = at;
  const buttons = (row.buttons ?? [])
    .map((button) => at.buttons.render(button))
    .filter((button) => button !== undefined)
    .slice(0, limits.actionsElements);
  const [only] = buttons;
  if (only && buttons.length === 1 && isPlain(row, reader)) {
    const text = plainWords(row.text, reader, 1000);
    const detail = row.detail === undefined ? '' : plainWords(row.detail, reader, 1500);
    const words = plainText(detail === '' ? text : `${text}\n${detail}`, limits.text);
    return [{ blocks: [{ type: 'section', text: words, accessory: only }] }];
  }
  const elements = richText(row.text, reader, mentionOf, 1000);
  const detail = row.detail === undefined ? [] : richText(row.detail, reader, mentionOf, 1500);
  if (elements.length > 0 && detail.length > 0) {
    elements.push({ type: 'text', text: buttons.length > 0 ? '\n' : ' – ' });
  }
  elements.push(...detail);
  if (buttons.length === 0) return elements.length === 0 ? [] : [{ blocks: [], item: elements }];
  const actions: SlackBlock = { type: 'actions', elements: buttons };
  return [{ blocks: elements.length === 0 ? [actions] : [richTextBlock(section(elements)), actions] }];
}

/** Whether plain text shows the row as well as rich text would: a section beside a button takes nothing richer. */
function isPlain(row: Row, reader: Reader): boolean {
  const parts = [...spans(row.text, reader), ...(row.detail === undefined ? [] : spans(row.detail, reader))];
  return parts.every((span) => !span.url && !span.mention && !span.strike && !span.code);
}

function buttonPieces(all: Extract<Block, { t: 'buttons' }>['buttons'], at: PieceContext): Piece[] {
  const buttons = all.map((button) => at.buttons.render(button)).filter((button) => button !== undefined);
  const pieces: Piece[] = [];
  for (let start = 0; start < buttons.length; start += limits.actionsElements) {
    const elements = buttons.slice(start, start + limits.actionsElements);
    pieces.push({ blocks: [{ type: 'actions', elements }], keep: true });
  }
  return pieces;
}
