import { seq } from '../../../kernel/text.ts';
import type { Card } from '../../../view/card.ts';
import { cardText, toneSigns } from '../../../view/plain-text.ts';
import type { SealedPress } from '../../../view/press.ts';
import type { Reader } from '../../../view/reader.ts';
import { plain, spans } from '../../../view/spans.ts';
import type { AdaptiveCard, CardElement, TeamsCard } from '../adaptive-card.ts';
import { cutBytes, jsonBytes, limits } from '../limits.ts';
import { teamsMessages as t } from '../messages.ts';
import { type OpensForm, wellFormed } from './button.ts';
import { fitPieces, type Piece } from './fit.ts';
import { isPlain, type Look, paragraphs, richText, runs, small, type Writing } from './inline.ts';
import { type MentionOf, Mentions } from './mentions.ts';
import { piecesOf } from './pieces.ts';

export interface CardOptions {
  mentionOf?: MentionOf;
  opensForm?: OpensForm;
  /** Teams asks anew for these people, at most sixty, whenever they see the card. */
  refresh?: { press: SealedPress; userIds: readonly string[] };
  /** Let Teams draw bars; hosts that cannot show them in characters. */
  charts?: boolean;
}

/** A card as an Adaptive Card. Valid for any card: what is too much is cut and said so. */
export function renderCard(card: Card, reader: Reader, options: CardOptions = {}): TeamsCard {
  const mentions = new Mentions(options.mentionOf ?? (() => undefined));
  const at = {
    reader,
    mentions,
    opensForm: options.opensForm ?? (() => false),
    charts: options.charts === true,
  };
  const pieces = [...titlePieces(card, at), ...card.blocks.flatMap((block) => piecesOf(block, at))];
  const shell = shellOf(reader, options);
  const width = card.blocks.some(({ t }) => t === 'table' || t === 'bars') ? { width: 'Full' as const } : {};
  const everything = { ...shell, msteams: { ...width, entities: mentions.all() } };
  const body = fitPieces(pieces, limits.cardBytes - jsonBytes(everything), (count) =>
    richText(runs(t('more', { count }), reader, small)),
  );
  const msteams = { ...width, ...mentions.in(body) };
  const filled = body.length > 0 ? body : nothing;
  return {
    card: { ...shell, body: filled, ...(Object.keys(msteams).length > 0 ? { msteams } : {}) },
    summary: summaryOf(card, reader),
  };
}

const nothing: CardElement[] = [richText([{ type: 'TextRun', text: '–' }])];

function shellOf(reader: Reader, { refresh }: CardOptions): AdaptiveCard {
  const shell: AdaptiveCard = {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    body: [],
  };
  if (refresh && refresh.userIds.length > 0 && jsonBytes(refresh.press) <= limits.pressBytes) {
    shell.refresh = {
      action: {
        type: 'Action.Execute',
        title: plain(t('refresh'), reader),
        verb: 'refresh',
        data: { press: wellFormed(refresh.press) },
        associatedInputs: 'none',
      },
      userIds: refresh.userIds.slice(0, limits.refreshUsers),
    };
  }
  return shell;
}

/** Everything the card says, in the same order; what Teams shows in the list of chats and reads to people. */
function summaryOf(card: Card, reader: Reader): string {
  const text = cutBytes(cardText(card, reader), limits.summaryBytes);
  return text.trim() === '' ? '–' : text;
}

/** Past this a large title is a shout; the same words stand better as a bold line. */
const largeMax = 60;

function titlePieces(card: Card, writing: Writing): Piece[] {
  const { title, tone } = card;
  if (title === undefined) return [];
  const parts = spans(title, writing.reader);
  const words = parts.map(({ text }) => text).join('');
  if (words.trim() === '') return [];
  const isShort = isPlain(title, writing.reader) && words.length <= largeMax && !words.includes('\n');
  // A title that says itself what matters in it keeps that; bold throughout, nothing would stand out.
  const isMarked = parts.some(({ bold }) => bold);
  const look: Look = isShort ? { size: 'Large', weight: 'Bolder' } : isMarked ? {} : { weight: 'Bolder' };
  const sign = toneSigns[tone];
  const signed = sign ? seq(`${sign} `, title) : title;
  const elements = paragraphs(signed, writing, look, limits.text);
  return [{ elements }];
}
