import { Hono } from 'hono';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { person } from '../../../src/kernel/text.ts';
import { createConnector } from '../../../src/platforms/teams/connector.ts';
import { classify } from '../../../src/platforms/teams/errors.ts';
import type { RunningStandIn } from '../../../src/playground/serve.ts';
import type { TeamsStandIn } from '../../../src/playground/teams/stand-in.ts';
import type { ChatPlatform } from '../../../src/runtime/ports.ts';
import type { Card } from '../../../src/view/card.ts';
import { appId, channel, group, gus, lina, tenantId, wei } from '../../playground/teams-service.ts';
import { reader } from './readers.ts';
import { createSender, type MemoryPlaces, orgId } from './sending.ts';
import { type Served, serveApp } from './serving.ts';
import { appSecret, farChannel, max, oldChannel, openTenant } from './tenant.ts';

let tenant: RunningStandIn<TeamsStandIn>;
let teams: ChatPlatform;
let places: MemoryPlaces;
let isConnected = true;
beforeAll(async () => {
  tenant = await openTenant();
});
afterAll(() => tenant.close());
beforeEach(async () => {
  isConnected = true;
  ({ platform: teams, places } = await createSender(tenant.url, { isConnected: () => isConnected }));
});
afterEach(() => tenant.standIn.reset());

const card: Card = { tone: 'ok', title: 'Won D-142', blocks: [{ t: 'text', of: 'A & B <at>all</at>' }] };
const key = { idempotencyKey: 'k1' };
const toChannel = (channelId: string) => ({ kind: 'channel', installation: tenantId, channelId }) as const;
const toPerson = (userId: string) => ({ kind: 'person', installation: tenantId, userId }) as const;
const serviceUrl = () => `${tenant.url}/`;

/** As if the bot had been mentioned there. */
const meetChannel = (id: string) =>
  places.meet('channel', id, { serviceUrl: serviceUrl(), conversationId: id });
const meetIn = (userId: string, channelId: string, extra: Record<string, string> = {}) =>
  places.meet('person', userId, { serviceUrl: serviceUrl(), channelId, ...extra });

async function failureOf(work: Promise<unknown>) {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeDefined();
  return teams.classify(error);
}

function operations() {
  return tenant.standIn.calls().map(({ operation, status }) => [operation, status]);
}

describe('posting', () => {
  test('shows a card, a summary that tells all, and nothing live', async () => {
    await meetChannel(channel);
    await teams.post(toChannel(channel), card, reader, key);
    const [message] = tenant.standIn.messages({ conversation: channel });
    expect(message?.summary).toBe('✅ Won D-142\nA & B <at>all</at>');
    expect(message?.cards).toHaveLength(1);
    expect(message).not.toHaveProperty('mentions');
    expect(message).not.toHaveProperty('text');
  });

  test('into a thread under its message, and a change edits what was posted', async () => {
    await meetChannel(channel);
    const root = await teams.post(toChannel(channel), card, reader, key);
    const reply = await teams.post(toChannel(channel), card, reader, { ...key, threadOf: root });
    await teams.update(tenantId, reply, { ...card, title: 'Lost D-142' }, reader);
    const shown = tenant.standIn.messages({ replyTo: root.messageId });
    expect(shown.map(({ id, summary }) => [id, summary?.split('\n')[0]])).toEqual([
      [reply.messageId, '✅ Lost D-142'],
    ]);
  });

  test('to a person goes where they talk with the bot', async () => {
    const conversationId = await openDirect(lina);
    await places.meet('person', lina, { serviceUrl: serviceUrl(), conversationId, fromId: '29:li.na' });
    tenant.standIn.faults.add({ kind: '500', operation: 'create' });
    await teams.post(toPerson(lina), card, reader, key);
    expect(tenant.standIn.messages({ user: lina }).map(({ conversation }) => conversation)).toEqual([
      conversationId,
    ]);
  });

  test('to a person met in a channel only opens that conversation, the same one each time', async () => {
    await meetIn(wei, channel);
    await teams.post(toPerson(wei), card, reader, key);
    await teams.post(toPerson(wei), card, reader, key);
    const where = tenant.standIn.messages({ user: wei }).map(({ conversation }) => conversation);
    expect(where).toHaveLength(2);
    expect(new Set(where).size).toBe(1);
    expect(tenant.standIn.messages({ user: lina })).toEqual([]);
  });

  test('a mention becomes one for members Teams knows, and stays a name for others', async () => {
    ({ platform: teams, places } = await createSender(tenant.url, {
      teamsUserOf: async (org, memberId) => (org === orgId && memberId === 'm1' ? wei : undefined),
    }));
    await meetChannel(group);
    await meetIn(wei, group, { fromId: '29:chen.wei', name: 'Chen Wei' });
    const of = (memberId: string) => person({ memberId, name: 'Wang Lei', mention: true });
    const blocks = ['m1', 'm2'].map((id) => ({ t: 'text', of: of(id) }) as const);
    await teams.post(toChannel(group), { tone: 'plain', blocks }, reader, key);
    const [message] = tenant.standIn.messages({ conversation: group });
    const shown = JSON.stringify(message?.cards);
    expect(shown).toContain('"mentioned":{"id":"29:chen.wei","name":"Chen Wei"}');
    expect(shown.match(/Wang Lei/g)).toHaveLength(1);
  });
});

async function openDirect(userId: string): Promise<string> {
  const connector = createConnector({
    appId,
    appSecret,
    tokenUrl: `${tenant.url}/token`,
    allowed: () => true,
  });
  const { conversationId } = await connector.createDirect(serviceUrl(), { userId, tenantId });
  return conversationId;
}

describe('failures', () => {
  const post = () => failureOf(teams.post(toChannel(channel), card, reader, key));
  beforeEach(() => meetChannel(channel));

  test('somebody and a channel that were never met', async () => {
    const never = { kind: 'drop-destination', reason: 'never_seen' };
    expect(await failureOf(teams.post(toPerson(lina), card, reader, key))).toEqual(never);
    expect(await failureOf(teams.post(toChannel('19:x'), card, reader, key))).toEqual(never);
    expect(operations()).toEqual([]);
  });

  test('a tenant that is not connected pauses, and nothing is called', async () => {
    isConnected = false;
    expect(await post()).toEqual({ kind: 'pause-installation', reason: 'not_connected' });
    expect(operations()).toEqual([]);
  });

  test('a person without the app, a team without it, an archived channel', async () => {
    await meetIn(max.aadObjectId, channel);
    await meetChannel(farChannel);
    await meetChannel(oldChannel);
    const failures = [
      await failureOf(teams.post(toPerson(max.aadObjectId), card, reader, key)),
      await failureOf(teams.post(toChannel(farChannel), card, reader, key)),
      await failureOf(teams.post(toChannel(oldChannel), card, reader, key)),
    ];
    expect(failures).toEqual([
      { kind: 'drop-destination', reason: 'ForbiddenOperationException' },
      { kind: 'drop-destination', reason: 'BotNotInConversationRoster' },
      { kind: 'drop-destination', reason: 'MessageWritesBlocked' },
    ]);
  });

  test('a channel that is gone, and a message that is', async () => {
    const gone = await teams.post(toChannel(channel), card, reader, key);
    tenant.standIn.reset();
    expect(await failureOf(teams.update(tenantId, gone, card, reader))).toEqual({
      kind: 'drop-destination',
      reason: 'ActivityNotFoundInConversation',
    });
    tenant.standIn.faults.add({ kind: 'deleted', conversation: channel });
    expect(await post()).toEqual({ kind: 'drop-destination', reason: 'ConversationNotFound' });
  });

  test('429 is to be retried after as long as the service says', async () => {
    tenant.standIn.faults.add({ kind: '429', operation: 'post', retryAfter: 7 });
    expect(await post()).toEqual({ kind: 'retry', afterSeconds: 7 });
    expect(operations().filter(([operation]) => operation === 'post')).toEqual([['post', 429]]);
  });

  test('a lost answer is uncertain, and nothing is sent twice', async () => {
    tenant.standIn.faults.add({ kind: 'lost_answer', operation: 'post', count: 1 });
    expect(await post()).toEqual({ kind: 'uncertain' });
    expect(tenant.standIn.messages({ conversation: channel })).toHaveLength(1);
    expect(teams.find).toBeUndefined();
  });

  test('a secret that counts no more pauses the installation', async () => {
    tenant.standIn.faults.add({ kind: 'revoked' });
    expect(await post()).toEqual({ kind: 'pause-installation', reason: 'invalid_client' });
  });
});

describe('what the service answers', () => {
  let service: Served;
  let answer = () => new Response(null, { status: 200 });
  beforeAll(async () => {
    const app = new Hono();
    app.post('/token', (c) => c.json({ access_token: 'ours', expires_in: 3600 }));
    app.all('/v3/*', () => answer());
    service = await serveApp(app);
  });
  afterAll(() => service.stop());

  const send = async (change: { url?: string; fetch?: typeof fetch } = {}) => {
    const { url = service.base, ...rest } = change;
    const tokenUrl = `${service.base}/token`;
    const connector = createConnector({ appId, appSecret, tokenUrl, allowed: () => true, ...rest });
    const at = { serviceUrl: url, conversationId: channel };
    return classify(await connector.send(at, { type: 'message' }).catch((error: unknown) => error));
  };

  test('401 again with another token: that is not how it ends', async () => {
    let asked = 0;
    answer = () => {
      asked += 1;
      return new Response(null, { status: 401 });
    };
    expect(await send()).toEqual({ kind: 'pause-installation', reason: 'http_401' });
    expect(asked).toBe(2);
  });

  test.each([
    [412, 'retry'],
    [429, 'retry'],
    [502, 'retry'],
    [504, 'retry'],
    [408, 'uncertain'],
    [500, 'uncertain'],
    [503, 'uncertain'],
    [400, 'poison'],
    [413, 'poison'],
    [401, 'pause-installation'],
    [403, 'drop-destination'],
    [404, 'drop-destination'],
  ])('%i: %s', async (status, kind) => {
    answer = () => new Response('<html>not what anybody expects</html>', { status });
    expect(await send()).toMatchObject({ kind });
  });

  test('a refused connection sent nothing; one that was cut or took too long may have', async () => {
    const { base, stop } = await serveApp(new Hono());
    await stop();
    expect(await send({ url: base })).toEqual({ kind: 'retry' });
    const late: typeof fetch = async (url, init) => {
      if (String(url).endsWith('/token')) return fetch(url, init);
      throw new DOMException('The operation was aborted due to timeout', 'TimeoutError');
    };
    expect(await send({ fetch: late })).toEqual({ kind: 'uncertain' });
  });

  test('a good answer without an id is a message that was taken', async () => {
    answer = () => new Response(null, { status: 200 });
    const connector = createConnector({
      appId,
      appSecret,
      tokenUrl: `${service.base}/token`,
      allowed: () => true,
    });
    const at = { serviceUrl: service.base, conversationId: channel };
    expect(await connector.send(at, { type: 'message' })).toEqual({ id: '' });
  });
});

describe('who somebody is', () => {
  test('a member, with the language and zone they wrote with', async () => {
    await meetIn(wei, channel, { locale: 'zh-CN', timeZone: 'Asia/Shanghai' });
    expect(await teams.profile(tenantId, wei)).toEqual({
      name: 'Chen Wei',
      email: 'chen.wei@east.example',
      locale: 'zh-CN',
      timeZone: 'Asia/Shanghai',
      isOwnerOrAdmin: false,
      isOutsider: false,
    });
  });

  test('English and UTC, where nothing or nonsense is known; no address, where there is none', async () => {
    await meetIn(max.aadObjectId, channel, { timeZone: 'Mars/Base' });
    expect(await teams.profile(tenantId, max.aadObjectId)).toMatchObject({
      email: null,
      locale: 'en',
      timeZone: 'UTC',
    });
  });

  test('a guest is an outsider', async () => {
    await meetIn(gus, channel);
    expect(await teams.profile(tenantId, gus)).toMatchObject({ isOutsider: true });
  });

  test('nobody, when Teams knows nobody there or nobody was ever met', async () => {
    await meetIn(max.aadObjectId, group);
    expect(await teams.profile(tenantId, max.aadObjectId)).toBeUndefined();
    expect(await teams.profile(tenantId, lina)).toBeUndefined();
  });

  test('is not guessed at when the service is in trouble', async () => {
    await meetIn(wei, channel);
    tenant.standIn.faults.add({ kind: '500', operation: 'member' });
    await expect(teams.profile(tenantId, wei)).rejects.toThrow('ServiceError');
  });
});
