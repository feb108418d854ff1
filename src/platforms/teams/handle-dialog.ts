import { command, type Inline } from '../../kernel/text.ts';
import type { Reply } from '../../runtime/interaction.ts';
import { says } from '../../runtime/says.ts';
import { type Button, type Card, isLinkButton } from '../../view/card.ts';
import type { SealedPress } from '../../view/press.ts';
import type { Reader } from '../../view/reader.ts';
import { plain } from '../../view/spans.ts';
import { taskSchema } from './activities.ts';
import type { AdaptiveCard } from './adaptive-card.ts';
import { dialogAnswer, dialogMessage } from './answers.ts';
import { messageOf } from './client.ts';
import { decodePress } from './decode.ts';
import type { Delivery, Surroundings } from './delivery.ts';
import { keptDialog } from './kept-dialog.ts';
import { jsonBytes, limits } from './limits.ts';
import { teamsMessages as t } from './messages.ts';
import { refusal } from './refusal.ts';
import { renderButtons } from './render/button.ts';
import { renderForm } from './render/form.ts';
import { decodeValues } from './render/values.ts';
import { cardOf, showPrivately, updateForAll } from './show.ts';

interface Dialog {
  title: string;
  card: AdaptiveCard;
}

/** A button that opens a dialog: with the form, or with what came of it. */
export async function handleFetch(around: Surroundings, delivery: Delivery): Promise<object> {
  const read = taskSchema.safeParse(delivery.activity.value);
  const press = read.success ? decodePress(read.data.data.press) : undefined;
  if (!press) return unknownRequest(delivery);
  return open(around, delivery, press);
}

export async function open(around: Surroundings, delivery: Delivery, press: SealedPress): Promise<object> {
  const { visitor, place, requestId, key } = delivery;
  const reply = await around.dispatch(visitor, { kind: 'press', press, place }, requestId, key);
  const { outcome, reader } = reply;
  if (outcome.kind === 'card' && outcome.update === true) {
    const shown = await around.present.message(visitor.installation, outcome.card, reader);
    await updateForAll(around, delivery, messageOf(shown));
  }
  return dialogAnswer(await dialogOf(around, delivery, reply));
}

/** Whatever something led to, in a dialog. */
export async function dialogOf(
  { present }: Surroundings,
  { visitor }: Delivery,
  { outcome, reader }: Reply,
): Promise<Dialog> {
  switch (outcome.kind) {
    case 'form':
      return renderForm(outcome.form, reader);
    case 'form-errors': {
      const { form, fields, message } = outcome;
      return renderForm(form, reader, { errors: fields, ...(message === undefined ? {} : { message }) });
    }
    default:
      return present.notice(visitor.installation, cardOf(outcome), reader);
  }
}

/** A submitted form, or a button of a notice: dialogs send nothing else. */
export async function handleSubmit(around: Surroundings, delivery: Delivery): Promise<object | undefined> {
  const read = taskSchema.safeParse(delivery.activity.value);
  const press = read.success ? decodePress(read.data.data.press) : undefined;
  if (!read.success || !press) return unknownRequest(delivery);
  const { data } = read.data;
  if (typeof data.msteams === 'object' && data.msteams !== null) return open(around, delivery, press);
  const { visitor, place, requestId, key } = delivery;
  const values = decodeValues(data);
  const reply = await around.dispatch(visitor, { kind: 'submit', press, values, place }, requestId, key);
  const { outcome, reader } = reply;
  if (outcome.kind === 'form' || outcome.kind === 'form-errors') {
    return dialogAnswer(await dialogOf(around, delivery, reply));
  }
  const card = cardOf(outcome);
  if (says(reply, 'duplicate')) return dialogMessage(plain(card.title ?? '–', reader));
  if (outcome.kind === 'card' && (outcome.refused ?? card.tone === 'stop')) {
    return refused(around, delivery, { press, data, values, reply });
  }
  switch (await showPrivately(around, delivery, card, reader)) {
    case 'here':
      // Nothing said closes the dialog.
      return undefined;
    case 'direct':
      return dialogMessage(plain(t('answered-directly'), reader));
    case 'nowhere':
      return dialogAnswer(await dialogOf(around, delivery, reply));
  }
}

interface Refused {
  press: SealedPress;
  data: Readonly<Record<string, unknown>>;
  values: Record<string, unknown>;
  reply: Reply;
}

/**
 * Nothing was done: the form stays with everything in it and says why. A form whose known part is stored with us
 * cannot be asked for without running it; its values stay behind a button then.
 */
async function refused(
  around: Surroundings,
  delivery: Delivery,
  { press, data, values, reply }: Refused,
): Promise<object | undefined> {
  const { visitor, place, requestId } = delivery;
  const { reader } = reply;
  const card = cardOf(reply.outcome);
  if (!('p' in press) && !says(reply, 'unavailable')) {
    const filled = { ...press, i: { ...press.i, ...values }, form: true as const };
    const again = await around.dispatch(visitor, { kind: 'press', press: filled, place }, requestId);
    if (again.outcome.kind === 'form') {
      const dialog = renderForm(again.outcome.form, reader, { message: wordsOf(card) });
      return dialogAnswer({ ...dialog, card: withButtons(dialog.card, card, reader) });
    }
  }
  const notice = await around.present.notice(visitor.installation, card, reader);
  return dialogAnswer(keptDialog(notice.card, data, reader) ?? notice);
}

function wordsOf({ title, blocks }: Card): Inline {
  const texts = blocks.flatMap((block) => (block.t === 'text' ? [block.of] : []));
  return { t: 'seq', of: [...(title === undefined ? [] : [title]), ...texts], separator: ' ' };
}

/** The ways out that the refusal offers, but for the one back to this form. */
function withButtons(dialog: AdaptiveCard, card: Card, reader: Reader): AdaptiveCard {
  const buttons = card.blocks
    .flatMap((block) => (block.t === 'buttons' ? block.buttons : []))
    .filter((button) => isLinkButton(button) || !isForm(button));
  const whole = { ...dialog, body: [...dialog.body, ...renderButtons(buttons, reader, () => true)] };
  return jsonBytes(whole) > limits.cardBytes ? dialog : whole;
}

function isForm({ press }: Button): boolean {
  return press.form === true;
}

function unknownRequest(delivery: Delivery): object {
  return refusal(delivery, t('unknown-request', { help: command('help') }));
}
