import type { CardElement, Table, TableRow } from '../adaptive-card.ts';
import { jsonBytes, limits } from '../limits.ts';

/** The smallest part of a card that is shown whole or not at all. */
export interface Piece {
  elements: CardElement[];
  /** A row of a table that is cut between its rows: neighbours of the same table share it. */
  row?: { of: Table; row: TableRow };
  /** A line of a list, of which only so many are shown. */
  item?: true;
  /** Draws a line above what follows. */
  divider?: true;
  /** Buttons and small print at the end stay when the middle is cut. */
  keep?: true;
}

/** `"separator":true,"spacing":"Medium",` on what follows a divider. */
const dividerBytes = 40;

/**
 * Puts pieces into as many bytes as there are. What does not fit is left out from the middle, and `more` says how
 * many parts are missing.
 */
export function fitPieces(
  pieces: readonly Piece[],
  maxBytes: number,
  more: (count: number) => CardElement,
): CardElement[] {
  const whole = assemble(pieces);
  const items = pieces.filter(({ item }) => item).length;
  if (items <= limits.listItems && jsonBytes(whole) <= maxBytes) return whole;

  const { body, tail } = split(pieces, maxBytes);
  let bytesLeft = maxBytes - jsonBytes(assemble(tail)) - jsonBytes(more(pieces.length)) - dividerBytes;
  let itemsLeft: number = limits.listItems;
  const kept: Piece[] = [];
  for (const piece of body) {
    if (piece.item) itemsLeft -= 1;
    bytesLeft -= cost(piece, kept.at(-1));
    if (bytesLeft < 0 || itemsLeft < 0) break;
    kept.push(piece);
  }
  const missing = body.slice(kept.length).filter(({ divider }) => !divider).length;
  return [...assemble(kept), ...(missing > 0 ? [more(missing)] : []), ...assemble(tail)];
}

function cost({ elements, row, divider }: Piece, before: Piece | undefined): number {
  if (divider) return dividerBytes;
  if (!row) return jsonBytes(elements);
  return jsonBytes(row.row) + 1 + (before?.row?.of === row.of ? 0 : jsonBytes(row.of) + 1);
}

/** The last pieces worth keeping, as far as they take at most a third of the room. */
function split(
  pieces: readonly Piece[],
  maxBytes: number,
): { body: readonly Piece[]; tail: readonly Piece[] } {
  let start = pieces.length;
  let bytes = 0;
  while (start > 0) {
    const piece = pieces[start - 1];
    if (!piece?.keep) break;
    bytes += jsonBytes(piece.elements);
    if (bytes > maxBytes / 3) break;
    start -= 1;
  }
  return { body: pieces.slice(0, start), tail: pieces.slice(start) };
}

function assemble(pieces: readonly Piece[]): CardElement[] {
  const body: CardElement[] = [];
  let table: { from: Table; made: Table } | undefined;
  let isDivided = false;
  const add = (element: CardElement) => {
    body.push(isDivided && body.length > 0 ? { ...element, separator: true, spacing: 'Medium' } : element);
    isDivided = false;
  };
  for (const { elements, row, divider } of pieces) {
    if (divider) isDivided = true;
    if (row && table?.from === row.of && !isDivided) {
      table.made.rows.push(row.row);
      continue;
    }
    table = undefined;
    if (row) {
      const made = { ...row.of, rows: [...row.of.rows, row.row] };
      table = { from: row.of, made };
      add(made);
      // The divider made a copy; further rows go where the card looks.
      const last = body.at(-1);
      if (last?.type === 'Table') table.made = last;
    }
    for (const element of elements) add(element);
  }
  return body;
}
