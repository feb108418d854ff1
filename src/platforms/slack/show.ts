import type { Reply } from '../../runtime/interaction.ts';
import { says } from '../../runtime/says.ts';
import type { Card } from '../../view/card.ts';
import type { Form } from '../../view/form.ts';
import { formCard } from '../../view/form-card.ts';
import type { Outcome } from '../../view/outcome.ts';
import type { Reader } from '../../view/reader.ts';
import type { ModalView } from './block-kit.ts';
import { literal } from './client.ts';
import type { Delivery, Surroundings } from './delivery.ts';
import { ephemeral, formButton } from './encode.ts';
import { slackErrorOf } from './errors.ts';
import { slackMessages as t } from './messages.ts';
import { renderForm } from './render/form.ts';
import type { FormMetadata } from './render/metadata.ts';

/** Where somebody was when they did something, and so where its result is shown. */
export type Place = Omit<FormMetadata, 'press'> & { threadTs?: string };

/** Shows a card where `card` outcomes go; a form through `form`. */
export interface Ways {
  card(card: Card, reader: Reader, update: boolean): Promise<void>;
  form(form: Form, reader: Reader): Promise<void>;
}

/** Shows whatever a command, press or shortcut led to. */
export async function show(reply: Reply, ways: Ways): Promise<void> {
  const { outcome, reader } = reply;
  switch (outcome.kind) {
    case 'card':
      return ways.card(outcome.card, reader, outcome.update === true);
    case 'later':
      return ways.card(outcome.card, reader, false);
    case 'form':
      return ways.form(outcome.form, reader);
    case 'form-errors':
      return ways.form(withErrors(outcome), reader);
    case 'options':
      return ways.card(
        { tone: 'plain', blocks: outcome.options.map(({ label }) => ({ t: 'text', of: label })) },
        reader,
        false,
      );
    default:
      return outcome satisfies never;
  }
}

function withErrors(outcome: Extract<Outcome, { kind: 'form-errors' }>): Form {
  const messages = new Map(outcome.fields.map(({ field, message }) => [field, message]));
  const form = { ...outcome.form };
  if (outcome.message !== undefined) form.intro = outcome.message;
  form.fields = form.fields.map((field) => {
    const error = messages.get(field.name) ?? field.error;
    return error === undefined ? field : { ...field, error };
  });
  return form;
}

/** Opens a form in a dialog of its own, or on top of the one that is open. `undefined`: it is open. */
export async function openForm<P>(
  { log }: Surroundings,
  delivery: Delivery<P>,
  form: Form,
  reader: Reader,
  at: { triggerId: string; method: 'views.open' | 'views.push'; place: Place },
): Promise<Card | undefined> {
  const { channelId, responseUrl, home } = at.place;
  const came = {
    ...(channelId === undefined ? {} : { channelId }),
    ...(responseUrl === undefined ? {} : { responseUrl }),
    ...(home === undefined ? {} : { home }),
  };
  try {
    await openView(delivery, renderForm(form, reader, came), at);
    return undefined;
  } catch (error) {
    const name = slackErrorOf(error) ?? (error instanceof Error ? error.name : 'unknown');
    log.warn({ requestId: delivery.requestId, orgId: delivery.orgId, reason: name }, 'form not opened');
    const expired = name === 'expired_trigger_id' || name === 'exchanged_trigger_id';
    const title = expired ? t('form-expired') : t('form-refused', { requestId: delivery.requestId });
    return formCard(form, { tone: 'warn', title, blocks: [] }, formButton);
  }
}

export async function openView<P>(
  delivery: Delivery<P>,
  view: ModalView,
  at: { triggerId: string; method: 'views.open' | 'views.push' },
): Promise<void> {
  await delivery.call(at.method, { trigger_id: at.triggerId, view });
}

/**
 * Shows a card to the person alone: where they were, else in the channel, else in a direct message. A response
 * URL runs out after half an hour or five uses, and a channel can refuse.
 */
export async function showPrivately<P>(
  { present, respond, log }: Surroundings,
  delivery: Delivery<P>,
  card: Card,
  reader: Reader,
  place: Place,
): Promise<void> {
  const { installation, userId } = delivery.visitor;
  const message = await present.message(installation, card, reader);
  const { responseUrl, channelId, threadTs } = place;
  const ways: (() => Promise<unknown>)[] = [];
  if (responseUrl !== undefined) ways.push(() => respond(responseUrl, ephemeral(message)));
  if (channelId !== undefined && !channelId.startsWith('D')) {
    const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
    ways.push(() =>
      delivery.call('chat.postEphemeral', {
        channel: channelId,
        user: userId,
        ...thread,
        ...message,
        ...literal,
      }),
    );
  }
  ways.push(() => postDirect(delivery, { ...message, ...literal }));
  for (const way of ways) {
    try {
      await way();
      return;
    } catch (error) {
      const name = slackErrorOf(error) ?? (error instanceof Error ? error.message : 'unknown');
      log.warn(
        { requestId: delivery.requestId, orgId: delivery.orgId, error: name },
        'result not shown here',
      );
    }
  }
}

async function postDirect<P>(delivery: Delivery<P>, message: object): Promise<void> {
  const opened = await delivery.call('conversations.open', { users: delivery.visitor.userId });
  const { channel } = opened as { channel?: { id?: string } };
  await delivery.call('chat.postMessage', { channel: channel?.id ?? delivery.visitor.userId, ...message });
}

/** Shows the home screen anew, after something was done on it. */
export async function refreshHome<P>(
  { dispatch, present, log }: Surroundings,
  delivery: Delivery<P>,
): Promise<void> {
  const { visitor, requestId } = delivery;
  const reply = await dispatch(visitor, { kind: 'home' }, requestId);
  const { outcome, reader } = reply;
  // What stands there is better than a refusal.
  if (outcome.kind !== 'card' || says(reply, 'too-many')) return;
  if (says(reply, 'unavailable') && !delivery.isLastTry) {
    delivery.postpone();
    return;
  }
  try {
    const view = await present.home(visitor.installation, outcome.card, reader);
    await delivery.call('views.publish', { user_id: visitor.userId, view });
  } catch (error) {
    log.warn(
      { requestId, orgId: delivery.orgId, reason: slackErrorOf(error) ?? 'unknown' },
      'home not shown',
    );
  }
}
