import { z } from 'zod';
import type { HostCheck } from './allow-list.ts';
import { createBotToken } from './bot-token.ts';
import { ConnectorError, isBeforeSending } from './errors.ts';

/** A conversation and the regional service it lives on, as an activity from there named them. */
export interface ConversationAddress {
  serviceUrl: string;
  conversationId: string;
}

export type OutgoingActivity = Readonly<Record<string, unknown>>;

const memberSchema = z.looseObject({
  id: z.string(),
  name: z.string().optional(),
  aadObjectId: z.string().optional(),
  objectId: z.string().optional(),
  email: z.string().optional(),
  userPrincipalName: z.string().optional(),
  userRole: z.string().optional(),
  tenantId: z.string().optional(),
});
/** A person as the connector knows them in one conversation. */
export type TeamsMember = z.output<typeof memberSchema>;

const channelsSchema = z.looseObject({
  conversations: z.array(
    z.looseObject({ id: z.string(), name: z.string().nullish(), type: z.string().nullish() }),
  ),
});
const madeSchema = z.looseObject({ id: z.string() });
const refusedSchema = z.looseObject({ error: z.looseObject({ code: z.string() }) });

/** The Bot Connector's REST interface, as far as we use it. Rejects with ConnectorError. */
export interface Connector {
  /** `targeted`: the `29:…` id of the only person who is to see it; where that is not offered, it is refused. */
  send(
    to: ConversationAddress,
    activity: OutgoingActivity,
    options?: { replyTo?: string; targeted?: string },
  ): Promise<{ id: string }>;
  /** `isTargeted`: the message was sent to one person only. */
  update(
    at: ConversationAddress,
    activityId: string,
    activity: OutgoingActivity,
    options?: { isTargeted?: boolean },
  ): Promise<void>;
  typing(to: ConversationAddress): Promise<void>;
  /** By `29:…` or Entra object id. */
  member(at: ConversationAddress, userId: string): Promise<TeamsMember>;
  /** The conversation of one person with the bot; the same one each time. */
  /** The channels of a team the app is in; the one it begins with has no name. */
  channels(
    serviceUrl: string,
    teamId: string,
  ): Promise<{ id: string; name?: string | null | undefined; type?: string | null | undefined }[]>;
  createDirect(
    serviceUrl: string,
    who: { userId: string; tenantId: string },
  ): Promise<{ conversationId: string }>;
}

export interface ConnectorOptions {
  appId: string;
  appSecret: string;
  tokenUrl: string;
  allowed: HostCheck;
  fetch?: typeof fetch;
  /** Real time, for the life of the token. */
  now?: () => Date;
}

const timeoutMs = 8000;

export function createConnector(options: ConnectorOptions): Connector {
  const { appId, allowed, fetch: send = fetch } = options;
  const bot = `28:${appId}`;
  const token = createBotToken(options);

  async function call(method: string, serviceUrl: string, path: string, body?: object): Promise<unknown> {
    const url = `${serviceUrl.replace(/\/$/, '')}${path}`;
    // Checked here, where the token leaves, whatever was checked when the address came in or was stored.
    if (!allowed(url)) throw new ConnectorError({ code: 'host_not_allowed' });
    const answered = await request(method, url, await token.get(), body);
    if (answered.response.status !== 401) return resultOf(answered);
    // It may have been taken back before its time; refused for what it is, nothing was done. Once.
    token.forget();
    return resultOf(await request(method, url, await token.get(), body));
  }

  async function request(method: string, url: string, bearer: string, body?: object): Promise<Answered> {
    try {
      const response = await send(url, {
        method,
        headers: {
          authorization: `Bearer ${bearer}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      return { response, answer: await response.json().catch(() => undefined) };
    } catch (cause) {
      throw new ConnectorError({ code: 'no_answer', isUncertain: !isBeforeSending(cause), cause });
    }
  }

  const activities = ({ conversationId }: ConversationAddress) =>
    `/v3/conversations/${encodeURIComponent(conversationId)}/activities`;

  return {
    async send(to, activity, { replyTo, targeted } = {}) {
      const path =
        replyTo === undefined ? activities(to) : `${activities(to)}/${encodeURIComponent(replyTo)}`;
      const whole = {
        from: { id: bot },
        conversation: { id: to.conversationId },
        ...activity,
        ...(targeted === undefined ? {} : { recipient: { id: targeted } }),
        ...(replyTo === undefined ? {} : { replyToId: replyTo }),
      };
      const query = targeted === undefined ? '' : '?isTargetedActivity=true';
      const made = madeSchema.safeParse(await call('POST', to.serviceUrl, path + query, whole));
      // It was taken: without an id it can only not be edited later.
      return { id: made.success ? made.data.id : '' };
    },

    async update(at, activityId, activity, { isTargeted = false } = {}) {
      const query = isTargeted ? '?isTargetedActivity=true' : '';
      const path = `${activities(at)}/${encodeURIComponent(activityId)}${query}`;
      await call('PUT', at.serviceUrl, path, { ...activity, id: activityId });
    },

    async typing(to) {
      await call('POST', to.serviceUrl, activities(to), { type: 'typing', from: { id: bot } });
    },

    async member(at, userId) {
      const { conversationId, serviceUrl } = at;
      const path = `/v3/conversations/${encodeURIComponent(conversationId)}/members/${encodeURIComponent(userId)}`;
      const read = memberSchema.safeParse(await call('GET', serviceUrl, path));
      if (!read.success) throw new ConnectorError({ code: 'unreadable_answer' });
      return read.data;
    },

    async channels(serviceUrl, teamId) {
      const path = `/v3/teams/${encodeURIComponent(teamId)}/conversations`;
      const read = channelsSchema.safeParse(await call('GET', serviceUrl, path));
      if (!read.success) throw new ConnectorError({ code: 'unreadable_answer' });
      return read.data.conversations;
    },

    async createDirect(serviceUrl, { userId, tenantId }) {
      const body = {
        isGroup: false,
        bot: { id: bot },
        members: [{ id: userId }],
        tenantId,
        channelData: { tenant: { id: tenantId } },
      };
      const made = madeSchema.safeParse(await call('POST', serviceUrl, '/v3/conversations', body));
      if (!made.success) throw new ConnectorError({ code: 'unreadable_answer' });
      return { conversationId: made.data.id };
    },
  };
}

interface Answered {
  response: Response;
  answer: unknown;
}

function resultOf({ response, answer }: Answered): unknown {
  if (response.ok) return answer;
  throw refused(response, answer);
}

function refused({ status, headers }: Response, answer: unknown): ConnectorError {
  const read = refusedSchema.safeParse(answer);
  const seconds = Number(headers.get('retry-after'));
  return new ConnectorError({
    status,
    code: read.success ? read.data.error.code : `http_${status}`,
    ...(Number.isFinite(seconds) && seconds > 0 ? { retryAfterSeconds: seconds } : {}),
  });
}
