import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Hono } from 'hono';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { linkDemoPeople } from '../../src/features/demo-set.ts';
import { connectInstallation } from '../../src/infra/organizations.ts';
import { mountWeb } from '../../src/mount-web.ts';
import { operate } from '../../src/runtime/execute.ts';
import { type TestApp, testApp } from '../support/app.ts';

const tabAppId = '99999999-2222-4333-8444-555555555555';
const desktop = '1fec8e78-bce4-4aaf-ab1b-5451cc387264';
const emma = '0e000000-0000-4000-8000-000000000003';
const tenant = crypto.randomUUID();

type Keys = Awaited<ReturnType<typeof generateKeyPair>>;
let keys: Keys;
let strangers: Keys;
let jwk: JWK;
let app: TestApp;
let web: Hono;
const server = createServer((_request, response) => {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ keys: [{ ...jwk, kid: 'one', use: 'sig', alg: 'RS256' }] }));
});

beforeAll(async () => {
  [keys, strangers] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
  jwk = await exportJWK(keys.publicKey);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  app = await testApp();
  const now = app.clock.now();
  const installation = { platform: 'teams', externalId: tenant, name: 'Northwind', botUserId: null } as const;
  await connectInstallation(app.db, app.orgId, installation, now);
  await operate(app.engine, { orgId: app.orgId, handler: 'test' }, (ctx) =>
    linkDemoPeople(ctx, { platform: 'teams', installation: tenant }),
  );
  web = new Hono();
  const entra = {
    tabAppId,
    issuerTemplate: 'https://login.example/{tid}/v2.0',
    jwksUrl: `http://127.0.0.1:${port}/keys`,
  };
  web.route('/', await mountWeb(app, { publicUrl: 'https://crm.example.com', entra }));
});
afterAll(() => void server.close());

const seconds = () => Math.floor(Date.now() / 1000);
const good = () => ({
  aud: tabAppId,
  iss: `https://login.example/${tenant}/v2.0`,
  iat: seconds(),
  nbf: seconds(),
  exp: seconds() + 3600,
  azp: desktop,
  tid: tenant,
  oid: emma,
  scp: 'access_as_user',
  preferred_username: 'emma@parley.example',
  ver: '2.0',
});

function sign(claims: object, key: CryptoKey = keys.privateKey, header: object = {}): Promise<string> {
  return new SignJWT(claims as never)
    .setProtectedHeader({ alg: 'RS256', kid: 'one', typ: 'JWT', ...header })
    .sign(key);
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const ask = (token: string) =>
  web.request('/api/v1/session', { headers: { authorization: `Bearer ${token}` } });

test.each(['1fec8e78-bce4-4aaf-ab1b-5451cc387264', '5e3ce6c0-2b1f-4285-8d4b-75ee78787346'])(
  'a token of the client %s is its person',
  async (azp) => {
    const answer = await ask(await sign({ ...good(), azp }));
    expect([answer.status, await answer.json()]).toMatchObject([200, { name: 'Emma Clark' }]);
  },
);

const bad: [string, () => string | Promise<string>][] = [
  ['for another application', () => sign({ ...good(), aud: crypto.randomUUID() })],
  ['for several applications', () => sign({ ...good(), aud: [tabAppId, 'other'] })],
  ['for the bot', () => sign({ ...good(), aud: 'api.botframework.com' })],
  ['issued by another tenant', () => sign({ ...good(), iss: `https://login.example/${emma}/v2.0` })],
  ['issued by somebody else', () => sign({ ...good(), iss: `https://evil.example/${tenant}/v2.0` })],
  ['of the first version', () => sign({ ...good(), iss: `https://sts.windows.net/${tenant}/` })],
  ['without a tenant', () => sign({ ...good(), tid: undefined })],
  ['whose tenant is a path', () => sign({ ...good(), tid: '../x', iss: 'https://login.example/../x/v2.0' })],
  ['without a person', () => sign({ ...good(), oid: undefined })],
  ['whose person is no id', () => sign({ ...good(), oid: 'emma@parley.example' })],
  ['past its time', () => sign({ ...good(), exp: seconds() - 120 })],
  ['without an end', () => sign({ ...good(), exp: undefined })],
  ['not valid yet', () => sign({ ...good(), nbf: seconds() + 600 })],
  ['without the scope', () => sign({ ...good(), scp: 'User.Read' })],
  ['with a scope that only looks alike', () => sign({ ...good(), scp: 'access_as_user_x' })],
  ['with no scope at all', () => sign({ ...good(), scp: undefined })],
  ['an application got for itself', () => sign({ ...good(), scp: undefined, roles: ['access_as_user'] })],
  ['got by another client', () => sign({ ...good(), azp: crypto.randomUUID() })],
  ['without a client', () => sign({ ...good(), azp: undefined })],
  ['signed by a stranger', () => sign(good(), strangers.privateKey)],
  ['of an unknown key', () => sign(good(), keys.privateKey, { kid: 'two' })],
  ['without a signature', () => `${part({ alg: 'none', typ: 'JWT' })}.${part(good())}.`],
  ['with a cut signature', async () => (await sign(good())).slice(0, -4)],
  [
    'signed with the public key as a password',
    () => {
      const signed = `${part({ alg: 'HS256', kid: 'one' })}.${part(good())}`;
      return `${signed}.${createHmac('sha256', JSON.stringify(jwk)).update(signed).digest('base64url')}`;
    },
  ],
  [
    'whose claims were changed',
    async () => {
      const [head, , signature] = (await sign(good())).split('.');
      return `${head}.${part({ ...good(), oid: '0e000000-0000-4000-8000-000000000001' })}.${signature}`;
    },
  ],
];

test.each(bad)('a token %s is nobody', async (_what, token) => {
  const answer = await ask(await token());
  expect(answer.status).toBe(401);
  expect(await answer.text()).not.toContain('Emma');
});

test('what is read inside Teams names no other chat app, and what is read in a browser names both', async () => {
  const people = JSON.stringify({ kind: 'press', press: { a: 'members.team', i: {} } });
  const headers = {
    authorization: `Bearer ${await sign(good())}`,
    'content-type': 'application/json',
  };
  const inside = await web.request('/api/v1/interactions', { method: 'POST', headers, body: people });
  const { outcome } = await inside.json();
  expect(outcome.card.text).toContain('Emma Clark');
  expect(outcome.card.text).toContain('Teams');
  expect(outcome.card.text).not.toMatch(/slack/i);
  const who = { platform: 'web', orgId: app.orgId, memberId: await app.as('emma').memberId() } as const;
  const { outcome: outside } = await app.dispatch(who, JSON.parse(people), crypto.randomUUID());
  expect(JSON.stringify(outside)).toContain('Slack');
});

test('a person or tenant the CRM does not know is told to write first, and does not join by a token', async () => {
  const strangerTenant = crypto.randomUUID();
  for (const claims of [
    { ...good(), oid: crypto.randomUUID(), preferred_username: 'emma@parley.example' },
    { ...good(), tid: strangerTenant, iss: `https://login.example/${strangerTenant}/v2.0` },
  ]) {
    const answer = await ask(await sign(claims));
    expect([answer.status, (await answer.json()).error.code]).toEqual([403, 'forbidden']);
  }
});

test('without the tab no token counts', async () => {
  const off = new Hono();
  off.route('/', await mountWeb(app, { publicUrl: 'https://crm.example.com', entra: undefined }));
  const headers = { authorization: `Bearer ${await sign(good())}` };
  expect((await off.request('/api/v1/session', { headers })).status).toBe(401);
});
