import { describe, expect, it } from 'vitest';
import { openBench } from './service.ts';

const post = { channel: 'C1', text: 'hello' };

describe('injected faults', () => {
  it('429 and 500 have no effect; a lost answer has one', async () => {
    const { apiResponse, standIn } = openBench();
    standIn.faults.add({ kind: '429', count: 1, retryAfter: 7 });
    const limited = await apiResponse('chat.postMessage', post);
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7']);
    standIn.faults.add({ kind: '500', count: 1 });
    expect((await apiResponse('chat.postMessage', post)).status).toBe(500);
    expect(standIn.messages()).toEqual([]);
    standIn.faults.add({ kind: 'lost_answer', count: 1 });
    expect((await apiResponse('chat.postMessage', post)).status).toBe(500);
    expect(standIn.messages()).toHaveLength(1);
    standIn.faults.add({ kind: 'lost_answer', count: 1, lostAs: 'abort' });
    await expect((await apiResponse('chat.postMessage', post)).text()).rejects.toThrow('connection reset');
    expect(standIn.messages()).toHaveLength(2);
    expect(standIn.faults.struck()).toEqual({ '429': 1, '500': 1, lost_answer: 2 });
    expect((await apiResponse('chat.postMessage', post)).status).toBe(200);
  });

  it('strike only the method and channel they name', async () => {
    const { api, standIn } = openBench();
    standIn.faults.add({ kind: 'archived_channel', channel: 'C1' });
    standIn.faults.add({ kind: 'revoked_token', method: 'users.info' });
    expect(await api('chat.postMessage', post)).toMatchObject({ error: 'is_archived' });
    expect(await api('chat.postMessage', { ...post, channel: 'C2' })).toMatchObject({ ok: true });
    expect(await api('users.info', { user: 'U1' })).toMatchObject({ error: 'token_revoked' });
  });

  it('strike the same calls again for the same seed', async () => {
    const run = async (seed: number) => {
      const { apiResponse, standIn } = openBench({ seed });
      standIn.faults.add({ kind: '500', rate: 0.3 });
      const statuses: number[] = [];
      for (let call = 0; call < 40; call++) statuses.push((await apiResponse('auth.test')).status);
      return statuses;
    };
    const first = await run(11);
    expect(await run(11)).toEqual(first);
    expect(await run(12)).not.toEqual(first);
    expect(first.filter((status) => status === 500).length).toBeGreaterThan(4);
  });

  it('slow answers come late, and end at once on reset', async () => {
    const { apiResponse, standIn } = openBench();
    standIn.faults.add({ kind: 'slow', delayMs: 30, count: 1 });
    const before = performance.now();
    expect((await apiResponse('auth.test')).status).toBe(200);
    expect(performance.now() - before).toBeGreaterThanOrEqual(28);
    standIn.faults.add({ kind: 'timeout', count: 1 });
    const hanging = apiResponse('chat.postMessage', post);
    await Promise.resolve();
    setTimeout(() => standIn.reset(), 10);
    expect((await hanging).status).toBe(500);
  });

  it('posts faster than one a second are limited per channel, if that is switched on', async () => {
    const { apiResponse, standIn, clock } = openBench();
    const status = async (channel = 'C1') =>
      (await apiResponse('chat.postMessage', { ...post, channel })).status;
    expect([await status(), await status(), await status()]).toEqual([200, 200, 200]);
    standIn.faults.limitPosts(true);
    expect([await status(), await status(), await status()]).toEqual([200, 200, 429]);
    expect(await status('C2')).toBe(200);
    clock.now += 1_000;
    expect([await status(), await status()]).toEqual([200, 429]);
  });
});

describe('control routes', () => {
  const call = async (
    standIn: ReturnType<typeof openBench>['standIn'],
    name: string,
    body: unknown,
    type = 'application/json',
  ) =>
    standIn.web.request(`/_control/${name}`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: JSON.stringify(body),
    });

  it('drive the same gestures, and refuse the impossible with a reason', async () => {
    const { standIn, received } = openBench();
    const done = await call(standIn, 'command', { user: 'U1', text: 'help' });
    expect(await done.json()).toMatchObject({ status: 200, ok: true });
    expect(received).toHaveLength(1);
    const refused = await call(standIn, 'press', { user: 'U1', label: 'Nope' });
    expect([refused.status, await refused.json()]).toEqual([
      400,
      { error: 'Chen Wei sees no "Nope" on the screen.' },
    ]);
    expect((await call(standIn, 'command', { user: 'U1' })).status).toBe(400);
    expect((await call(standIn, 'command', { user: 'U1', text: '', extra: 1 })).status).toBe(400);
    expect((await call(standIn, 'command', { user: 'U1', text: '' }, 'text/plain')).status).toBe(415);
  });

  it('show each person their own screen', async () => {
    const { standIn, answer } = openBench();
    answer(() => Response.json({ text: 'secret' }));
    await standIn.command({ user: 'U1', text: 'help' });
    const screen = async (user: string) => (await standIn.web.request(`/_control/state?user=${user}`)).text();
    expect(await screen('U1')).toContain('secret');
    expect(await screen('U2')).not.toContain('secret');
    expect(await screen('U1')).not.toContain('xoxb-');
    expect((await standIn.web.request('/_control/state?user=U99')).status).toBe(400);
  });

  it('put everything back to the beginning', async () => {
    const { standIn, api } = openBench();
    await api('chat.postMessage', post);
    await standIn.uninstall('T1');
    await call(standIn, 'fault', { kind: '500' });
    await call(standIn, 'reset', {});
    expect(standIn.messages()).toEqual([]);
    expect(await api('auth.test')).toMatchObject({ ok: true });
  });

  it('tell watchers of every change', async () => {
    const { standIn } = openBench();
    const stream = await standIn.web.request('/_control/events');
    const reader = stream.body?.getReader();
    const read = async () => new TextDecoder().decode((await reader?.read())?.value);
    expect(await read()).toContain('event: change');
    await standIn.say({ user: 'U1', text: 'hi', channel: 'east' });
    expect(await read()).toContain('event: change');
    standIn.close();
    await reader?.cancel();
  });
});
