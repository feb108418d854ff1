import type { RichTextElement, SlackBlock } from '../block-kit.ts';
import { limits, type Surface } from '../limits.ts';
import { richTextBlock, section } from './inline.ts';
import { textLength } from './measure.ts';

/** The smallest part of a card that is shown whole or not at all. */
export interface Piece {
  blocks: SlackBlock[];
  /** A line of a bullet list: neighbours share one block. */
  item?: RichTextElement[];
  /** Buttons and small print at the end stay when the middle is cut. */
  keep?: boolean;
}

/**
 * Puts pieces into as many blocks and characters as the surface takes. What does not fit is left out from the
 * middle, and `more` says how many parts are missing.
 */
export function fitBlocks(
  pieces: readonly Piece[],
  surface: Surface,
  more: (count: number) => SlackBlock,
): SlackBlock[] {
  const maxBlocks = surface === 'message' ? limits.messageBlocks : limits.viewBlocks;
  const whole = assemble(pieces);
  const items = pieces.filter(({ item }) => item).length;
  const fits = whole.length <= maxBlocks && textLength(whole) <= limits.totalText;
  if (fits && items <= limits.listItems) return whole;

  const { body, tail } = split(pieces);
  const note = more(pieces.length);
  let blocksLeft = maxBlocks - tail.reduce((sum, piece) => sum + piece.blocks.length, 0) - 1;
  let textLeft = limits.totalText - textLength(tail.flatMap((piece) => piece.blocks)) - textLength([note]);
  let itemsLeft: number = limits.listItems;
  const kept: Piece[] = [];
  for (const piece of body) {
    if (piece.item) itemsLeft -= 1;
    const joins = piece.item !== undefined && kept.at(-1)?.item !== undefined;
    const cost = piece.item ? itemLength(piece.item) : textLength(piece.blocks);
    const blocks = piece.item ? (joins ? 0 : 1) : piece.blocks.length;
    if (blocks > blocksLeft || cost > textLeft || itemsLeft < 0) break;
    blocksLeft -= blocks;
    textLeft -= cost;
    kept.push(piece);
  }
  return [...assemble(kept), more(body.length - kept.length), ...assemble(tail)];
}

/** The last pieces worth keeping, as far as they take at most a third of the room. */
function split(pieces: readonly Piece[]): { body: readonly Piece[]; tail: readonly Piece[] } {
  let start = pieces.length;
  let blocks = 0;
  let text = 0;
  while (start > 0) {
    const piece = pieces[start - 1];
    if (!piece?.keep) break;
    blocks += piece.blocks.length;
    text += textLength(piece.blocks);
    if (blocks > limits.messageBlocks / 3 || text > limits.totalText / 3) break;
    start -= 1;
  }
  return { body: pieces.slice(0, start), tail: pieces.slice(start) };
}

function assemble(pieces: readonly Piece[]): SlackBlock[] {
  const blocks: SlackBlock[] = [];
  let items: RichTextElement[][] = [];
  const flush = () => {
    if (items.length === 0) return;
    blocks.push(
      richTextBlock({
        type: 'rich_text_list',
        style: 'bullet',
        elements: items.map((elements) => ({ type: 'rich_text_section', elements })),
      }),
    );
    items = [];
  };
  for (const piece of pieces) {
    if (piece.item) {
      items.push(piece.item);
      continue;
    }
    flush();
    blocks.push(...piece.blocks);
  }
  flush();
  return blocks;
}

function itemLength(elements: RichTextElement[]): number {
  return textLength([richTextBlock(section(elements))]);
}
