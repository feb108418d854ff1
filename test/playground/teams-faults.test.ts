import { afterEach, describe, expect, it, vi } from 'vitest';
import { serveTeamsStandIn } from '../../src/playground/serve.ts';
import { appId, askToken, channel, group, openBench, tenant, wei } from './teams-service.ts';

const path = (id: string) => `/v3/conversations/${encodeURIComponent(id)}/activities`;
const hello = { type: 'message', text: 'hello' };

describe('injected faults', () => {
  it('429 and 500 have no effect; a lost answer has one', async () => {
    const { connector, standIn } = openBench();
    standIn.faults.add({ kind: '429', count: 1, retryAfter: 7 });
    const limited = await connector('POST', path(group), hello);
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7']);
    standIn.faults.add({ kind: '500', count: 1 });
    expect((await connector('POST', path(group), hello)).status).toBe(500);
    expect(standIn.messages()).toEqual([]);
    standIn.faults.add({ kind: 'lost_answer', count: 1 });
    const lost = await connector('POST', path(group), hello);
    await expect(lost.text()).rejects.toThrow('connection reset');
    expect(standIn.messages()).toHaveLength(1);
    expect(standIn.calls().map(({ status }) => status)).toEqual([429, 500, 201]);
    expect(standIn.faults.struck()).toEqual({ '429': 1, '500': 1, lost_answer: 1 });
  });

  it('strike only the conversation, tenant and kind of call they name', async () => {
    const { connector, standIn } = openBench();
    standIn.faults.add({ kind: 'archived', conversation: channel });
    standIn.faults.add({ kind: '500', operation: 'members' });
    standIn.faults.add({ kind: '500', tenant: 'other' });
    expect((await connector('POST', path(channel), hello)).status).toBe(403);
    expect((await connector('POST', path(`${channel};messageid=1`), hello)).status).toBe(403);
    expect((await connector('POST', path(group), hello)).status).toBe(201);
    expect((await connector('GET', `/v3/conversations/${group}/members`)).status).toBe(500);
  });

  it('a deleted conversation is gone, revoked credentials open nothing', async () => {
    const { connector, standIn, bearer } = openBench();
    standIn.faults.add({ kind: 'deleted', conversation: group });
    const gone = await connector('POST', path(group), hello);
    expect([gone.status, await gone.json()]).toMatchObject([
      404,
      { error: { code: 'ConversationNotFound' } },
    ]);
    const token = await bearer();
    standIn.faults.add({ kind: 'revoked' });
    expect((await connector('POST', path(channel), hello, token)).status).toBe(401);
    expect((await askToken(standIn)).status).toBe(401);
    standIn.reset();
    expect((await connector('POST', path(channel), hello)).status).toBe(201);
    expect((await connector('POST', path(channel), hello, token)).status).toBe(401);
  });

  it('strike the same calls again for the same seed', async () => {
    const run = async (seed: number) => {
      const { connector, standIn } = openBench({ seed });
      standIn.faults.add({ kind: '500', rate: 0.3 });
      const statuses: number[] = [];
      for (let call = 0; call < 40; call++) {
        statuses.push((await connector('GET', `/v3/conversations/${group}/members`, undefined, 'x')).status);
      }
      return statuses;
    };
    const first = await run(11);
    expect(await run(11)).toEqual(first);
    expect(await run(12)).not.toEqual(first);
  });

  it('delays end at once on reset', async () => {
    const { connector, standIn } = openBench();
    standIn.faults.add({ kind: 'timeout', count: 1 });
    const hanging = connector('POST', path(group), hello);
    setTimeout(() => standIn.reset(), 10);
    expect((await hanging).status).toBe(500);
    expect(standIn.messages()).toEqual([]);
  });

  it('an activity signed by somebody else is one the service must refuse', async () => {
    const { standIn, received, refused } = openBench();
    standIn.faults.add({ kind: 'wrong_signature', count: 1 });
    expect(await standIn.say({ user: wei, text: 'x' })).toMatchObject({ ok: false, status: 401 });
    expect([refused(), received.length]).toEqual([1, 0]);
    expect(await standIn.say({ user: wei, text: 'x' })).toMatchObject({ ok: true });
  });

  it('an activity comes twice, or again after a failure, when it is told to', async () => {
    const { standIn, received, answer } = openBench();
    standIn.faults.add({ kind: 'twice', count: 1 });
    await standIn.say({ user: wei, text: 'x' });
    expect(received.map(({ activity }) => activity.id)).toEqual([
      received[0]?.activity.id,
      received[0]?.activity.id,
    ]);
    received.length = 0;
    standIn.faults.add({ kind: 'retried', count: 1 });
    answer(() => new Response('boom', { status: received.length === 1 ? 500 : 200 }));
    expect(await standIn.say({ user: wei, text: 'y' })).toMatchObject({ ok: true, status: 200 });
    expect(received).toHaveLength(2);
    expect(
      standIn
        .deliveries()
        .at(-1)
        ?.attempts.map(({ status }) => status),
    ).toEqual([500, 200]);
  });

  it('an answer that does not come in time is a failure', async () => {
    const { standIn, answer } = openBench({ acknowledgeMs: 20 });
    answer(() => new Promise(() => undefined));
    expect(await standIn.say({ user: wei, text: 'x' })).toMatchObject({
      ok: false,
      status: 0,
      error: 'Unable to reach app. Please try again.',
    });
  });
});

describe('how long Teams waits', () => {
  afterEach(() => vi.useRealTimers());

  it.each([
    ['a message extension', 5_000],
    ['a message', 15_000],
  ])('for %s is %i ms', async (kind, limit) => {
    const { standIn, answer } = openBench();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let arrive: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    answer(() => {
      arrive();
      return new Promise(() => undefined);
    });
    let isOver = false;
    const gesture =
      kind === 'a message'
        ? standIn.say({ user: wei, text: 'x' })
        : standIn.queryExtension({ user: wei, commandId: 'deals', text: 'x' });
    const ended = gesture.then((outcome) => {
      isOver = true;
      return outcome;
    });
    await arrived;
    await vi.advanceTimersByTimeAsync(limit - 1);
    expect(isOver).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await ended).toMatchObject({ ok: false, status: 0 });
  });
});

describe('rate limits', () => {
  it('hold per conversation, say how long to wait, and are off until switched on', async () => {
    const { connector, standIn, clock } = openBench();
    const post = async (id = group) => (await connector('POST', path(id), hello)).status;
    for (let count = 0; count < 10; count++) expect(await post()).toBe(201);
    standIn.faults.limitPosts(true);
    for (let count = 0; count < 7; count++) expect(await post()).toBe(201);
    const limited = await connector('POST', path(group), hello);
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '1']);
    expect(await post(channel)).toBe(201);
    clock.now += 1_000;
    expect([await post(), await post()]).toEqual([201, 429]);
    expect(standIn.faults.struck()).toEqual({ rate_limited: 2 });
  });

  it('allow 60 in half a minute and 1800 in an hour', async () => {
    const { connector, standIn, clock, bearer } = openBench();
    standIn.faults.limitPosts(true);
    const token = await bearer();
    const post = async () => (await connector('POST', path(group), hello, token)).status;
    for (let count = 0; count < 60; count++) {
      clock.now += 300;
      expect(await post()).toBe(201);
    }
    clock.now += 300;
    expect(await post()).toBe(429);
    clock.now += 30_000;
    for (let count = 60; count < 1800; count++) {
      clock.now += 600;
      expect(await post()).toBe(201);
    }
    clock.now += 600;
    expect(await post()).toBe(429);
  });
});

describe('served alone', () => {
  it('cuts the connection of a lost answer, after the work is done', async () => {
    const { standIn, url, close } = await serveTeamsStandIn({
      port: 0,
      target: 'http://127.0.0.1:9/api/messages',
      appId,
      appSecret: 'a secret',
      tenants: [tenant()],
    });
    try {
      const form = {
        grant_type: 'client_credentials',
        client_id: appId,
        client_secret: 'a secret',
        scope: 'https://api.botframework.com/.default',
      };
      const token = await fetch(`${url}/token`, { method: 'POST', body: new URLSearchParams(form) });
      const { access_token } = (await token.json()) as { access_token: string };
      standIn.faults.add({ kind: 'lost_answer', count: 1 });
      const post = fetch(url + path(group), {
        method: 'POST',
        headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
        body: JSON.stringify(hello),
      });
      await expect(post).rejects.toThrow('fetch failed');
      expect(standIn.messages()).toHaveLength(1);
      const unreachable = await standIn.say({ user: wei, text: 'x' });
      expect(unreachable).toMatchObject({ ok: false, status: 0 });
    } finally {
      await close();
    }
  });
});
