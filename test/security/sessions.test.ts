import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { Hono } from 'hono';
import { beforeAll, describe, expect, test } from 'vitest';
import { oneTimeCodeStore } from '../../src/infra/one-time-codes.ts';
import { mountWeb } from '../../src/mount-web.ts';
import { oneTimeCodes, sessions } from '../../src/store/tables/access.ts';
import { members } from '../../src/store/tables/people.ts';
import { type TestApp, testApp } from '../support/app.ts';

let app: TestApp;
let web: Hono;
const publicUrl = 'https://crm.example.com';
const own = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };

beforeAll(async () => {
  app = await testApp();
  web = new Hono();
  web.route('/', await mountWeb(app, { publicUrl, entra: undefined }));
});

async function linkFor(key: string, path = '/tab/deals/D-1'): Promise<string> {
  const memberId = await app.as(key).memberId();
  return app.inOrg((tx) => oneTimeCodeStore.issueOpen(tx, { orgId: app.orgId, memberId, path }));
}

/** Signs somebody in as their browser does. Answers the cookie. */
async function enter(key: string): Promise<string> {
  const answer = await web.request(await linkFor(key), { method: 'POST' });
  expect(answer.status).toBe(303);
  return cookieOf(answer);
}

function cookieOf(answer: Response): string {
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

const session = (cookie: string) => web.request('/api/v1/session', { headers: { cookie } });
const interact = (cookie: string, body: unknown, headers: Record<string, string> = own) =>
  web.request('/api/v1/interactions', {
    method: 'POST',
    headers: { cookie, ...headers },
    body: JSON.stringify(body),
  });

describe('a one-time link', () => {
  test('signs its person in, once, with a cookie nothing else can read or send', async () => {
    const link = await linkFor('emma');
    const first = await web.request(link, { method: 'POST' });
    expect([first.status, first.headers.get('location')]).toEqual([303, '/tab/deals/D-1']);
    const cookie = first.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^__Host-parley=[\w-]{43};/);
    for (const part of ['HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/']) expect(cookie).toContain(part);
    expect(cookie).not.toContain('Domain');
    expect(await (await session(cookieOf(first))).json()).toMatchObject({
      name: 'Emma Clark',
      roles: ['rep'],
      locale: 'en',
      organization: { name: 'Northwind Industrial', currency: 'CNY' },
    });
    const again = await web.request(link, { method: 'POST' });
    expect(again.status).toBe(410);
    expect(again.headers.get('set-cookie')).toBeNull();
    expect(await again.text()).toContain('/crm open');
  });

  test('is not used up by whoever only looks at it', async () => {
    const link = await linkFor('emma');
    for (let look = 0; look < 3; look += 1) {
      const page = await web.request(link);
      expect(page.status).toBe(200);
      expect(page.headers.get('set-cookie')).toBeNull();
      expect(page.headers.get('cache-control')).toBe('no-store');
      expect(page.headers.get('referrer-policy')).toBe('no-referrer');
      expect(page.headers.get('content-security-policy')).not.toContain('unsafe');
      expect(await page.text()).not.toContain('Emma');
    }
    expect((await web.request(link, { method: 'POST' })).status).toBe(303);
  });

  test('used twenty times at once makes one session', async () => {
    const link = await linkFor('emma');
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => web.request(link, { method: 'POST' })),
    );
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
  });

  test('past its five minutes, made up, or of somebody who left opens nothing', async () => {
    const late = await linkFor('emma');
    await app.inOrg((tx) =>
      tx
        .update(oneTimeCodes)
        .set({ expiresAt: new Date(Date.now() - 1000) })
        .where(and(eq(oneTimeCodes.orgId, app.orgId), eq(oneTimeCodes.purpose, 'open'))),
    );
    const other = await testApp();
    const gone = await other.as('emma').memberId();
    const left = await other.inOrg(async (tx) => {
      await tx.update(members).set({ status: 'left' }).where(eq(members.id, gone));
      return oneTimeCodeStore.issueOpen(tx, { orgId: other.orgId, memberId: gone, path: '/tab/' });
    });
    for (const link of [late, left, `/r/${'x'.repeat(43)}`, `/r/${randomUUID()}`]) {
      const answer = await web.request(link, { method: 'POST' });
      expect([answer.status, answer.headers.get('set-cookie')]).toEqual([410, null]);
    }
  });

  test.each(['https://evil.example/', '//evil.example', '/tab/../r/x', '/api/v1/session', '/tab/\\evil'])(
    'never leads to %s',
    async (path) => {
      const answer = await web.request(await linkFor('emma', path), { method: 'POST' });
      expect([answer.status, answer.headers.get('location')]).toEqual([410, null]);
    },
  );

  test('of somebody else does not silently replace who the browser is signed in as', async () => {
    const cookie = await enter('emma');
    const link = await linkFor('tom');
    const asked = await web.request(link, { method: 'POST', headers: { cookie } });
    expect([asked.status, asked.headers.get('set-cookie')]).toEqual([409, null]);
    expect(await asked.text()).toContain('signed in as somebody else');
    const own = await web.request(await linkFor('emma'), { method: 'POST', headers: { cookie } });
    expect(own.status).toBe(303);
    const meant = await web.request(link, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'switch=yes',
    });
    expect(meant.status).toBe(303);
    expect(await (await session(cookieOf(meant))).json()).toMatchObject({ name: 'Tom Becker' });
  });

  test('says so in Chinese to a Chinese browser', async () => {
    const headers = { 'accept-language': 'zh-CN,zh;q=0.9' };
    const page = await (await web.request(await linkFor('wei'), { headers })).text();
    expect(page).toContain('lang="zh-CN"');
    expect(page).toContain('此链接仅限本人使用一次');
  });
});

describe('a session', () => {
  test('works buttons and forms as the person, in their language', async () => {
    const cookie = await enter('wei');
    const home = await (await interact(cookie, { kind: 'home' })).json();
    expect(JSON.stringify(home)).toMatch(/\p{Script=Han}/u);
    const answer = await interact(cookie, { kind: 'command', line: 'new-lead "Web Works" Jane 80k' });
    expect(await answer.json()).toMatchObject({ outcome: { kind: 'card', refused: false } });
    const form = await interact(cookie, { kind: 'press', press: { a: 'leads.create', i: {}, form: true } });
    expect(await form.json()).toMatchObject({
      outcome: {
        kind: 'form',
        form: { fields: expect.arrayContaining([expect.objectContaining({ name: 'company' })]) },
      },
    });
  });

  test('with the same idempotency key does the thing once', async () => {
    const cookie = await enter('emma');
    const headers = { ...own, 'idempotency-key': randomUUID() };
    const body = {
      kind: 'press',
      press: { a: 'leads.create', i: { company: 'Once Web', contactName: 'Jo' } },
    };
    const answers = await Promise.all(Array.from({ length: 10 }, () => interact(cookie, body, headers)));
    const texts = await Promise.all(answers.map((answer) => answer.text()));
    expect(texts.filter((text) => text.includes('Once Web'))).toHaveLength(1);
  });

  test.each([
    ['another page', { ...own, 'sec-fetch-site': 'cross-site' }],
    ['another host of the same site', { ...own, 'sec-fetch-site': 'same-site' }],
    ['a form of another page', { 'content-type': 'text/plain', origin: 'https://evil.example' }],
    ['something that does not say where it comes from', { 'content-type': 'application/json' }],
    ['a sandboxed frame', { 'content-type': 'application/json', origin: 'null' }],
  ])('does nothing for %s', async (_from, headers) => {
    const cookie = await enter('emma');
    const company = `Forged ${randomUUID()}`;
    const press = { a: 'leads.create', i: { company, contactName: 'Eve' } };
    expect((await interact(cookie, { kind: 'press', press }, headers)).status).toBe(403);
    const call = await web.request('/api/v1/actions/leads.create', {
      method: 'POST',
      headers: { cookie, ...headers },
      body: JSON.stringify(press.i),
    });
    expect(call.status).toBe(403);
    const sign = await web.request('/api/v1/session', { method: 'DELETE', headers: { cookie, ...headers } });
    expect(sign.status).toBe(403);
    expect((await session(cookie)).status).toBe(200);
    const shown = await interact(cookie, { kind: 'command', line: `find "${company}"` });
    expect(await shown.text()).not.toContain('L-');
  });

  test('ends by signing out, by its time and with its person', async () => {
    const signedOut = await enter('emma');
    const out = await web.request('/api/v1/session', {
      method: 'DELETE',
      headers: { cookie: signedOut, ...own },
    });
    expect(out.status).toBe(200);
    expect((await session(signedOut)).status).toBe(401);

    const other = await testApp();
    const theirs = new Hono();
    theirs.route('/', await mountWeb(other, { publicUrl, entra: undefined }));
    const memberId = await other.as('noah').memberId();
    const open = () =>
      other.inOrg((tx) => oneTimeCodeStore.issueOpen(tx, { orgId: other.orgId, memberId, path: '/tab/' }));
    const ask = (cookie: string) => theirs.request('/api/v1/session', { headers: { cookie } });
    const old = cookieOf(await theirs.request(await open(), { method: 'POST' }));
    expect((await ask(old)).status).toBe(200);
    await other.inOrg((tx) => tx.update(sessions).set({ expiresAt: new Date(Date.now() - 1000) }));
    expect((await ask(old)).status).toBe(401);
    const left = cookieOf(await theirs.request(await open(), { method: 'POST' }));
    await other.as('ada').type('deactivate @noah.patel');
    expect((await ask(left)).status).toBe(401);
  });
});

test('nothing is told to whoever has no session, an ended one or a made-up one', async () => {
  const ended = await enter('emma');
  await web.request('/api/v1/session', { method: 'DELETE', headers: { cookie: ended, ...own } });
  const foreign = `__Host-parley=${'a'.repeat(43)}`;
  const paths = [
    ['GET', '/api/v1/session'],
    ['POST', '/api/v1/interactions'],
    ...app.registry.actions().map(({ name }) => ['POST', `/api/v1/actions/${name}`]),
    ...app.registry.lookups().map(({ kind }) => ['GET', `/api/v1/lookups/${kind}`]),
  ] as [string, string][];
  expect(paths.length).toBeGreaterThan(60);
  for (const cookie of ['', ended, foreign, 'parley=x', '__Host-parley=']) {
    for (const [method, path] of paths) {
      const init =
        method === 'POST' ? { method, headers: { cookie, ...own }, body: '{}' } : { headers: { cookie } };
      const answer = await web.request(path, init);
      expect([path, answer.status]).toEqual([path, 401]);
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
  }
});

test('only hashes of links and sessions are kept', async () => {
  const link = await linkFor('emma');
  const cookie = cookieOf(await web.request(link, { method: 'POST' })).split('=')[1] ?? '';
  const kept = await app.inOrg(async (tx) => [
    ...(await tx.select().from(oneTimeCodes)),
    ...(await tx.select().from(sessions)),
  ]);
  const text = JSON.stringify(kept);
  expect(kept.length).toBeGreaterThan(1);
  expect(text).not.toContain(cookie);
  expect(text).not.toContain(link.slice('/r/'.length));
});
