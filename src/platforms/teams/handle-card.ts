import { command } from '../../kernel/text.ts';
import type { Reply } from '../../runtime/interaction.ts';
import type { SealedPress } from '../../view/press.ts';
import { plain } from '../../view/spans.ts';
import { cardActionSchema } from './activities.ts';
import { cardAnswer, errorAnswer, toastAnswer } from './answers.ts';
import { messageOf } from './client.ts';
import { decodePress } from './decode.ts';
import type { Delivery, Surroundings } from './delivery.ts';
import { dialogOf } from './handle-dialog.ts';
import { limits } from './limits.ts';
import { teamsMessages as t } from './messages.ts';
import { refusal } from './refusal.ts';
import { plainWords } from './render/inline.ts';
import { cardOf, showPrivately, updateForAll } from './show.ts';

/** A pressed button of a card, or Teams asking for somebody's own version of it. */
export async function handleCardAction(around: Surroundings, delivery: Delivery): Promise<object> {
  const read = cardActionSchema.safeParse(delivery.activity.value);
  const press = read.success ? decodePress(read.data.action.data.press) : undefined;
  if (!read.success || !press) return refusal(delivery, t('unknown-request', { help: command('help') }));
  if (read.data.action.verb === 'refresh') return refresh(around, delivery, press);
  const { visitor, place, requestId, key } = delivery;
  const reply = await around.dispatch(visitor, { kind: 'press', press, place }, requestId, key);
  // A dialog belongs to no message.
  if (!delivery.activity.replyToId) {
    return cardAnswer((await dialogOf(around, delivery, reply)).card);
  }
  const { outcome } = reply;
  if (outcome.kind === 'card' && outcome.update === true) return replace(around, delivery, reply);
  return answerBeside(around, delivery, reply);
}

/** One person's version, for their eyes. What cannot be had leaves the card as it is. */
async function refresh(around: Surroundings, delivery: Delivery, press: SealedPress): Promise<object> {
  const { visitor, place, requestId } = delivery;
  const { outcome, reader } = await around.dispatch(visitor, { kind: 'press', press, place }, requestId);
  if (outcome.kind !== 'card' || outcome.refused === true) {
    return errorAnswer('NotRefreshed', plainWords(cardOf(outcome).title ?? '–', reader, limits.title));
  }
  return cardAnswer((await around.present.message(visitor.installation, outcome.card, reader)).card);
}

/** The answer replaces the card for whoever pressed; everybody else sees it changed by an edit. */
async function replace(
  around: Surroundings,
  delivery: Delivery,
  { outcome, reader }: Reply,
): Promise<object> {
  const { visitor } = delivery;
  const shown = await around.present.message(visitor.installation, cardOf(outcome), reader);
  await updateForAll(around, delivery, messageOf(shown));
  return cardAnswer(shown.card);
}

/**
 * The card stays; the answer is a message of its own, for the person alone. That something was done and nothing else
 * is said over the card only: where it changes what the card shows, the card is edited too.
 */
async function answerBeside(around: Surroundings, delivery: Delivery, reply: Reply): Promise<object> {
  const { outcome, reader } = reply;
  const card = cardOf(outcome);
  const line = lineOf(reply);
  if (line !== undefined) return toastAnswer(line);
  const landed = await showPrivately(around, delivery, card, reader);
  if (landed === 'nowhere') {
    // Only they see what their own press is answered with.
    return cardAnswer((await around.present.message(delivery.visitor.installation, card, reader)).card);
  }
  const said = landed === 'direct' ? t('answered-directly') : (card.title ?? t('answered-here'));
  const words = plainWords(said, reader, limits.title);
  return toastAnswer(words.trim() === '' ? plainWords(t('answered-here'), reader, limits.title) : words);
}

/** The one line that says what was done, if that is all there is to say and it is short enough. */
function lineOf({ outcome, reader }: Reply): string | undefined {
  if (outcome.kind !== 'card' || outcome.done !== true) return undefined;
  const { title, blocks } = outcome.card;
  if (title === undefined || blocks.length > 0) return undefined;
  const line = plain(title, reader);
  return line.trim() !== '' && line.length <= limits.title ? line : undefined;
}
