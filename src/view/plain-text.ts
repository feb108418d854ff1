import { type Card, isLinkButton, type Tone } from './card.ts';
import type { Reader } from './reader.ts';
import { plain } from './spans.ts';

export const toneSigns: Record<Tone, string> = { ok: '✅', warn: '⚠️', stop: '⛔', info: 'ℹ️', plain: '' };

/**
 * A card as text that alone tells the whole: notifications, screen readers and search read nothing else. Every
 * id, amount and state of the card is in it; buttons are not.
 */
export function cardText(card: Card, reader: Reader): string {
  const lines: string[] = [];
  if (card.title !== undefined) lines.push(signed(card, plain(card.title, reader)));
  for (const block of card.blocks) {
    switch (block.t) {
      case 'heading':
      case 'text':
      case 'context':
      case 'quote':
        lines.push(plain(block.of, reader));
        break;
      case 'fields':
        for (const { label, value } of block.fields) {
          lines.push(`${plain(label, reader)}: ${plain(value, reader)}`);
        }
        break;
      case 'rows':
        for (const row of block.rows) {
          const detail = row.detail === undefined ? '' : ` – ${plain(row.detail, reader)}`;
          lines.push(`• ${plain(row.text, reader)}${detail}`);
        }
        break;
      case 'table':
        lines.push(block.columns.map((column) => plain(column.label, reader)).join(' | '));
        for (const cells of block.cells) lines.push(cells.map((cell) => plain(cell, reader)).join(' | '));
        break;
      case 'bars':
        lines.push(plain(block.title, reader));
        for (const bar of block.bars) lines.push(`${plain(bar.label, reader)}: ${plain(bar.text, reader)}`);
        break;
      case 'divider':
        break;
      case 'buttons':
        for (const button of block.buttons) {
          if (isLinkButton(button)) lines.push(`${plain(button.label, reader)}: ${button.url}`);
        }
        break;
      default:
        block satisfies never;
    }
  }
  return lines.filter((line) => line !== '').join('\n');
}

function signed(card: Card, title: string): string {
  const sign = toneSigns[card.tone];
  return sign ? `${sign} ${title}` : title;
}
