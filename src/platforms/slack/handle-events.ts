import { says } from '../../runtime/says.ts';
import type { Card } from '../../view/card.ts';
import { formCard } from '../../view/form-card.ts';
import type { Reader } from '../../view/reader.ts';
import { readAccount } from './accounts.ts';
import { literal } from './client.ts';
import { decodeLine, decodeMention } from './decode.ts';
import type { Delivery, Surroundings } from './delivery.ts';
import { formButton } from './encode.ts';
import { handleLinks } from './handle-links.ts';
import { handleShared } from './handle-shared.ts';
import { slackMessages as t } from './messages.ts';
import {
  type EventPayload,
  homeOpenedSchema,
  linkSharedSchema,
  revokedSchema,
  type Said,
  saidSchema,
  userChangedSchema,
} from './payloads.ts';
import { refreshHome, show, showPrivately } from './show.ts';
import { placeOf } from './whereabouts.ts';

const threadWaitMs = 1000;

/** An event: answered when its work is committed, shown afterwards. Those nobody asked for are only taken note of. */
export async function handleEvent(around: Surroundings, delivery: Delivery<EventPayload>): Promise<void> {
  const { event } = delivery.payload;
  const { installation } = delivery.visitor;
  switch (event.type) {
    case 'app_home_opened': {
      const opened = homeOpenedSchema.safeParse(event);
      if (opened.success && opened.data.tab !== 'messages') await refreshHome(around, delivery);
      break;
    }
    case 'app_mention':
    case 'message': {
      const said = saidSchema.safeParse(event);
      if (said.success && isForUs(said.data, event.type)) await handleSaid(around, delivery, said.data);
      break;
    }
    case 'channel_shared':
    case 'channel_unshared':
      await handleShared(around, delivery);
      break;
    case 'link_shared': {
      const shared = linkSharedSchema.safeParse(event);
      if (shared.success) await handleLinks(around, delivery, shared.data);
      break;
    }
    case 'tokens_revoked': {
      const revoked = revokedSchema.safeParse(event);
      if (revoked.success && revoked.data.tokens.bot?.length) {
        await around.installations.disconnect('slack', installation);
      }
      break;
    }
    case 'app_uninstalled':
      await around.installations.disconnect('slack', installation);
      break;
    case 'user_change': {
      const changed = userChangedSchema.safeParse(event);
      const account = changed.success ? readAccount(changed.data.user) : undefined;
      if (account) await around.noteAccount({ ...account, installation }, delivery);
      break;
    }
    default:
      around.log.debug({ requestId: delivery.requestId, event: event.type }, 'event not subscribed to');
  }
  delivery.answer();
}

/** Bots' words (our own among them), edits and joins are nobody's commands. */
function isForUs(said: Said, type: string): boolean {
  if (said.bot_id !== undefined || said.subtype !== undefined) return false;
  return type === 'app_mention' || said.channel_type === 'im';
}

/** A line said to the app, by mention or in a direct message. */
async function handleSaid(around: Surroundings, delivery: Delivery<EventPayload>, said: Said): Promise<void> {
  const { visitor, requestId, payload } = delivery;
  const isDirect = said.channel_type === 'im';
  const botUserId = payload.authorizations?.[0]?.user_id ?? undefined;
  const line =
    isDirect && !said.text.startsWith('<@')
      ? decodeLine(said.text).trim()
      : decodeMention(said.text, botUserId);
  const thread = await threadOf(delivery, said);
  const standing = placeOf({
    id: said.channel,
    threadTs: said.thread_ts,
    isShared: payload.is_ext_shared_channel,
  });
  const interaction = {
    kind: 'command',
    line,
    place: standing,
    ...(thread ? { thread } : {}),
  } as const;
  const reply = await around.dispatch(visitor, interaction, requestId, delivery.key);
  // Slack's own copies of an event that was worked on before.
  if (says(reply, 'duplicate')) return;
  if (says(reply, 'unavailable') && !delivery.isLastTry) {
    delivery.postpone();
    return;
  }
  delivery.answer();
  const threadTs = said.thread_ts;
  const showHere = async (card: Card, reader: Reader) => {
    const place = { channelId: said.channel, ...(threadTs === undefined ? {} : { threadTs }) };
    if (!isDirect) return showPrivately(around, delivery, card, reader, place);
    const message = await around.present.message(visitor.installation, card, reader);
    const where = { channel: said.channel, ...(threadTs === undefined ? {} : { thread_ts: threadTs }) };
    await delivery.call('chat.postMessage', { ...where, ...message, ...literal });
  };
  await show(reply, {
    card: showHere,
    // A mention brings no trigger, so that a form takes one more click.
    form: (form, reader) =>
      showHere(
        formCard(
          form,
          { tone: 'info', title: form.title, blocks: [{ t: 'text', of: t('form-button') }] },
          formButton,
        ),
        reader,
      ),
  });
}

/** The message a thread is about; left out when it may not be read or takes too long. */
async function threadOf(delivery: Delivery<EventPayload>, said: Said): Promise<{ text: string } | undefined> {
  const { thread_ts: ts, channel } = said;
  if (ts === undefined || ts === said.ts) return undefined;
  const read = delivery
    .call('conversations.replies', { channel, ts, limit: 1 })
    .then(({ messages }) => {
      const [first] = Array.isArray(messages) ? messages : [];
      return typeof first?.text === 'string' ? { text: decodeLine(first.text) } : undefined;
    })
    .catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, threadWaitMs, undefined);
  });
  const text = await Promise.race([read, late]);
  clearTimeout(timer);
  return text;
}
