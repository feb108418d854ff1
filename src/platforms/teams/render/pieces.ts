import type { Inline } from '../../../kernel/text.ts';
import type { Block, Row } from '../../../view/card.ts';
import { barPieces, chartPieces } from './bars.ts';
import { type OpensForm, renderButtons } from './button.ts';
import type { Piece } from './fit.ts';
import { type Look, paragraphs, richText, runs, small, type Writing } from './inline.ts';
import { fieldPieces, tablePieces } from './table.ts';

export interface PieceContext extends Writing {
  opensForm: OpensForm;
  /** Bars may be drawn by Teams. */
  charts: boolean;
}

/** One element of a card in parts that may be left out one by one. */
export function piecesOf(block: Block, at: PieceContext): Piece[] {
  switch (block.t) {
    case 'heading':
      return textPieces(block.of, at, { size: 'Medium', weight: 'Bolder' }, 'Medium');
    case 'text':
      return textPieces(block.of, at);
    case 'context':
      return textPieces(block.of, at, small).map((piece) => ({ ...piece, keep: true }));
    case 'quote': {
      const items = paragraphs(block.of, at);
      return items.length === 0 ? [] : [{ elements: [{ type: 'Container', style: 'emphasis', items }] }];
    }
    case 'fields':
      return fieldPieces(block.fields, at);
    case 'rows':
      return block.rows.flatMap((row) => rowPieces(row, at));
    case 'table':
      return tablePieces(block, at);
    case 'bars':
      return (at.charts ? chartPieces(block, at) : undefined) ?? barPieces(block, at);
    case 'divider':
      return [{ elements: [], divider: true }];
    case 'buttons':
      return renderButtons(block.buttons, at.reader, at.opensForm).map((set) => ({
        elements: [set],
        keep: true,
      }));
    default:
      return block satisfies never;
  }
}

function textPieces(of: Inline, at: PieceContext, look: Look = {}, spacing?: 'Medium'): Piece[] {
  const [first, ...others] = paragraphs(of, at, look);
  if (!first) return [];
  return [{ elements: [spacing === undefined ? first : { ...first, spacing }, ...others] }];
}

/** A row without buttons is a line of a list; with some, its detail and they stand under it. */
function rowPieces(row: Row, at: PieceContext): Piece[] {
  const sets = renderButtons(row.buttons ?? [], at.reader, at.opensForm);
  const text = paragraphs(row.text, at, {}, 1000);
  if (
    sets.length === 0 &&
    row.detail !== undefined &&
    text.length === 1 &&
    text[0]?.type === 'RichTextBlock'
  ) {
    const detail = runs(row.detail, at.reader, { isSubtle: true }, 1500);
    const dash = { type: 'TextRun' as const, text: ' – ', isSubtle: true as const };
    const inlines = detail.length === 0 ? text[0].inlines : [...text[0].inlines, dash, ...detail];
    return [{ elements: [{ ...richText(inlines), spacing: 'Small' }], item: true }];
  }
  const detail = row.detail === undefined ? [] : paragraphs(row.detail, at, small, 1500);
  const [first, ...others] = [...text, ...detail, ...sets];
  if (!first) return [];
  const isList = sets.length === 0;
  return [
    {
      elements: [
        { ...first, spacing: isList ? 'Small' : 'Medium' },
        ...others.map(
          (element) => ({ ...element, spacing: element.type === 'ActionSet' ? 'Small' : 'None' }) as const,
        ),
      ],
      item: true,
    },
  ];
}
