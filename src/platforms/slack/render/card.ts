import type { Card } from '../../../view/card.ts';
import { cardText, toneSigns } from '../../../view/plain-text.ts';
import type { Reader } from '../../../view/reader.ts';
import { plain, spans } from '../../../view/spans.ts';
import type { HomeView, ModalView, SlackBlock, SlackMessage } from '../block-kit.ts';
import { cut, escapeText, limits, type Surface } from '../limits.ts';
import { slackMessages as t } from '../messages.ts';
import { ButtonRenderer, plainText } from './button.ts';
import { fitBlocks, type Piece } from './fit.ts';
import { boldText, type MentionOf, richText, richTextBlock, section } from './inline.ts';
import { piecesOf } from './pieces.ts';

export interface CardOptions {
  mentionOf?: MentionOf;
  /** Let Slack draw bars in messages; clients older than June 2026 show nothing then. */
  charts?: boolean;
}

/** A card as a message. Valid for any card: what is too much is cut and said so. */
export function renderCard(card: Card, reader: Reader, options: CardOptions = {}): SlackMessage {
  const text = cut(cardText(card, reader), limits.fallbackText);
  return {
    text: cut(escapeText(text.trim() === '' ? '–' : text), limits.fallbackText),
    blocks: cardBlocks(card, reader, 'message', options),
  };
}

/** The home screen. */
export function renderHome(card: Card, reader: Reader, options: CardOptions = {}): HomeView {
  return { type: 'home', blocks: cardBlocks(card, reader, 'home', options) as HomeView['blocks'] };
}

/** A card in a dialog with nothing to fill in: results and refusals where there is no message to answer to. */
export function renderNotice(card: Card, reader: Reader, options: CardOptions = {}): ModalView {
  return {
    type: 'modal',
    title: plainText(plain(t('title-result'), reader), limits.viewTitle),
    close: plainText(plain(t('close'), reader), limits.viewTitle),
    blocks: cardBlocks(card, reader, 'modal', options) as ModalView['blocks'],
  };
}

function cardBlocks(card: Card, reader: Reader, surface: Surface, options: CardOptions): SlackBlock[] {
  const mentionOf = options.mentionOf ?? (() => undefined);
  const at = {
    reader,
    surface,
    mentionOf,
    buttons: new ButtonRenderer(reader),
    chartsLeft: options.charts ? limits.charts : 0,
    tablesLeft: 1,
  };
  const pieces = [
    ...titlePiece(card, reader, mentionOf),
    ...card.blocks.flatMap((block) => piecesOf(block, at)),
  ];
  if (pieces.length === 0) pieces.push({ blocks: [richTextBlock(section([{ type: 'text', text: '–' }]))] });
  return fitBlocks(pieces, surface, (count) => ({
    type: 'context',
    elements: [plainText(plain(t('more', { count }), reader), limits.text)],
  }));
}

/** Past this a large header is a shout; the same words stand better as a bold line. */
const headerMax = 60;

/** A short title is Slack's large header; a sentence, or one with marks or links, is a bold line. */
function titlePiece(card: Card, reader: Reader, mentionOf: MentionOf): Piece[] {
  if (card.title === undefined) return [];
  const sign = toneSigns[card.tone];
  const parts = spans(card.title, reader);
  const words = parts.map((span) => span.text).join('');
  if (words.trim() === '') return [];
  const isSimple = parts.every((span) => !span.code && !span.url && !span.mention && !span.strike);
  const whole = sign ? `${sign} ${words}` : words;
  if (isSimple && whole.length <= headerMax && !whole.includes('\n')) {
    return [{ blocks: [{ type: 'header', text: plainText(whole, limits.header) }] }];
  }
  // A title that says itself what matters in it keeps that; bold throughout, nothing would stand out.
  const line = parts.some((span) => span.bold) ? richText : boldText;
  const elements = line(card.title, reader, mentionOf, limits.text - 10);
  if (sign) elements.unshift({ type: 'text', text: `${sign} ` });
  return [{ blocks: [richTextBlock(section(elements))] }];
}
