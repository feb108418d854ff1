import { z } from 'zod';
import type { ChannelFacts } from '../../runtime/interaction.ts';
import type { ChatPlatform, Destination, MessageRef } from '../../runtime/ports.ts';
import type { Card } from '../../view/card.ts';
import type { Reader } from '../../view/reader.ts';
import { readAccounts } from './accounts.ts';
import { CannotLookError, classify, slackErrorOf } from './errors.ts';
import type { Presenter } from './present.ts';
import { readProfile } from './profile.ts';
import type { Call, WebApi } from './web-api.ts';

/** Nothing in a post is read as markup, and no address is unfolded. */
export const literal = {
  parse: 'none',
  link_names: false,
  unfurl_links: false,
  unfurl_media: false,
} as const;

const markerType = 'parley_delivery';
const lookBackSeconds = 24 * 3600;
const pagesRead = 5;
/** What Slack recommends; twenty such pages a minute are allowed. */
const usersPerPage = 200;

const postedSchema = z.object({ channel: z.string(), ts: z.string() });
const openedSchema = z.object({ channel: z.object({ id: z.string() }) });
const historySchema = z.object({
  messages: z
    .array(
      z.looseObject({
        ts: z.string(),
        metadata: z
          .looseObject({
            event_type: z.string(),
            event_payload: z.record(z.string(), z.unknown()).optional(),
          })
          .optional(),
      }),
    )
    .default([]),
  response_metadata: z.looseObject({ next_cursor: z.string().optional() }).optional(),
});

/** Slack as a place to show things. */
export function createSlackClient(api: WebApi, present: Presenter, now: () => Date): ChatPlatform {
  const channelOf = async (call: Call, to: Destination): Promise<string> => {
    if (to.kind === 'channel') return to.channelId;
    const opened = openedSchema.parse(await call('conversations.open', { users: to.userId }));
    return opened.channel.id;
  };
  return {
    name: 'slack',

    async post(to, card, reader, { idempotencyKey, threadOf }) {
      const call = await api.forInstallation(to.installation);
      const message = await present.message(to.installation, card, reader);
      const channel = await channelOf(call, to);
      const posted = await call('chat.postMessage', {
        channel,
        ...message,
        ...literal,
        ...(threadOf ? { thread_ts: threadOf.messageId } : {}),
        metadata: { event_type: markerType, event_payload: { key: idempotencyKey } },
      });
      const ref = postedSchema.parse(posted);
      return { channelId: ref.channel, messageId: ref.ts };
    },

    async update(installation, at, card, reader) {
      const call = await api.forInstallation(installation);
      const message = await present.message(installation, card, reader);
      await call('chat.update', {
        channel: at.channelId,
        ts: at.messageId,
        ...message,
        parse: literal.parse,
        link_names: literal.link_names,
      });
    },

    async find(to, idempotencyKey, options) {
      const call = await api.forInstallation(to.installation);
      const channel = await channelOf(call, to);
      const oldest = String(Math.floor(now().getTime() / 1000) - lookBackSeconds);
      const thread = options?.threadOf;
      const [method, args] = thread
        ? ['conversations.replies', { channel, ts: thread.messageId, include_all_metadata: true }]
        : ['conversations.history', { channel, oldest, include_all_metadata: true }];
      return findMarked(call, method, args, channel, idempotencyKey);
    },

    async publishHome(installation, userId, home: Card, reader: Reader) {
      const call = await api.forInstallation(installation);
      const view = await present.home(installation, home, reader);
      await call('views.publish', { user_id: userId, view });
    },

    async profile(installation, userId) {
      const call = await api.forInstallation(installation);
      try {
        return readProfile(await call('users.info', { user: userId, include_locale: true }), installation);
      } catch (error) {
        const name = slackErrorOf(error);
        if (name === 'user_not_found' || name === 'user_not_visible') return undefined;
        throw error;
      }
    },

    async channelFacts(installation, channelId) {
      const call = await api.forInstallation(installation);
      try {
        return readFacts(await call('conversations.info', { channel: channelId }));
      } catch (error) {
        const { kind } = classify(error);
        if (kind === 'retry' || kind === 'uncertain') throw error;
        // A channel that cannot be looked at may be anybody's.
        if (slackErrorOf(error) !== undefined) return { isShared: true };
        throw error;
      }
    },

    async chatAccounts({ installation, cursor }) {
      const call = await api.forInstallation(installation);
      const page = { limit: usersPerPage, ...(cursor === null ? {} : { cursor }) };
      return readAccounts(await call('users.list', page));
    },

    classify,
  };
}

const channelSchema = z.object({
  channel: z.looseObject({
    name: z.string().optional(),
    is_ext_shared: z.boolean().optional(),
    is_mpim: z.boolean().optional(),
  }),
});

function readFacts(answer: Record<string, unknown>): ChannelFacts {
  const { name, is_ext_shared: isShared, is_mpim: isGroup } = channelSchema.parse(answer).channel;
  return {
    ...(name === undefined || isGroup === true ? {} : { name }),
    ...(isShared === undefined ? {} : { isShared }),
  };
}

/** Throws CannotLookError where the app may not read, or so much was said since that an answer would be a guess. */
async function findMarked(
  call: Call,
  method: string,
  args: Record<string, unknown>,
  channel: string,
  key: string,
): Promise<MessageRef | undefined> {
  let cursor: string | undefined;
  for (let page = 0; page < pagesRead; page += 1) {
    let answer: Record<string, unknown>;
    try {
      answer = await call(method, { ...args, limit: 200, ...(cursor ? { cursor } : {}) });
    } catch (error) {
      const name = slackErrorOf(error);
      if (name === 'missing_scope' || name === 'no_permission') throw new CannotLookError(error);
      throw error;
    }
    const { messages, response_metadata } = historySchema.parse(answer);
    const found = messages.find(
      ({ metadata }) => metadata?.event_type === markerType && metadata.event_payload?.key === key,
    );
    if (found) return { channelId: channel, messageId: found.ts };
    cursor = response_metadata?.next_cursor;
    if (!cursor) return undefined;
  }
  throw new CannotLookError(new Error(`not among the last ${pagesRead} pages`));
}
