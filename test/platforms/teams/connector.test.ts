import { Hono } from 'hono';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createHostCheck } from '../../../src/platforms/teams/allow-list.ts';
import { createBotToken } from '../../../src/platforms/teams/bot-token.ts';
import { createConnector } from '../../../src/platforms/teams/connector.ts';
import { classify } from '../../../src/platforms/teams/errors.ts';
import type { RunningStandIn } from '../../../src/playground/serve.ts';
import type { TeamsStandIn } from '../../../src/playground/teams/stand-in.ts';
import { trustingConnector } from '../../controls/trusting-connector.ts';
import { appId, channel } from '../../playground/teams-service.ts';
import { type Served, serveApp } from './serving.ts';
import { appSecret, openTenant } from './tenant.ts';

let tenant: RunningStandIn<TeamsStandIn>;
/** Not ours and not Microsoft's: notes down whatever comes. */
let canary: Served;
let seen: { authorization: string | undefined; body: string }[] = [];
/** On the list, but sends everybody on to the canary. */
let bent: Served;

beforeAll(async () => {
  tenant = await openTenant();
  const nest = new Hono();
  nest.all('*', async (c) => {
    seen.push({ authorization: c.req.header('authorization'), body: await c.req.text() });
    return c.json({ id: '1', access_token: 'theirs', expires_in: 3600 });
  });
  canary = await serveApp(nest);
  const bending = new Hono();
  bending.all('/:status/*', (c) => c.redirect(canary.base, Number(c.req.param('status')) as 302));
  bent = await serveApp(bending);
});
afterAll(async () => {
  await Promise.all([tenant.close(), canary.stop(), bent.stop()]);
});
afterEach(() => {
  seen = [];
  tenant.standIn.reset();
});

const shown = { text: 'Won D-142' };
const message = { type: 'message', ...shown };
const tokenUrl = () => `${tenant.url}/token`;
const hostOf = (url: string) => new URL(url).host;
const here = () => ({ serviceUrl: `${tenant.url}/`, conversationId: channel });

function connectorTo(hosts: readonly string[], change: { tokenUrl?: string; production?: boolean } = {}) {
  const allowed = createHostCheck(hosts, change.production ?? false);
  return createConnector({ appId, appSecret, tokenUrl: change.tokenUrl ?? tokenUrl(), allowed });
}

async function failureOf(work: Promise<unknown>) {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeDefined();
  return classify(error);
}

describe('the bot’s token', () => {
  test('goes to no address off the list, wherever that was stored', async () => {
    const connector = connectorTo([hostOf(tenant.url)]);
    await connector.send(here(), message);
    const poisoned = [
      `${canary.base}/`,
      `http://${hostOf(tenant.url)}@${canary.host}/`,
      `${canary.base}/#${tenant.url}`,
    ];
    for (const serviceUrl of poisoned) {
      const at = { serviceUrl, conversationId: channel };
      const calls = [
        connector.send(at, message),
        connector.send(at, message, { targeted: '29:x', replyTo: '1' }),
        connector.update(at, '1', message),
        connector.typing(at),
        connector.member(at, '29:x'),
        connector.createDirect(serviceUrl, { userId: '29:x', tenantId: 't' }),
      ];
      for (const call of calls) {
        expect(await failureOf(call)).toEqual({ kind: 'poison', reason: 'host_not_allowed' });
      }
    }
    expect(seen).toEqual([]);
  });

  test.each([301, 302, 303, 307, 308])('goes nowhere on after a %i', async (status) => {
    const connector = connectorTo([hostOf(tenant.url), bent.host]);
    const at = { serviceUrl: `${bent.base}/${status}/`, conversationId: channel };
    expect(await failureOf(connector.send(at, message))).toEqual({
      kind: 'poison',
      reason: `http_${status}`,
    });
    expect(seen).toEqual([]);
  });

  test('is given away by a client that trusts addresses', async () => {
    const trusting = trustingConnector({ appId, appSecret, tokenUrl: tokenUrl() });
    await trusting.send({ serviceUrl: `${canary.base}/`, conversationId: channel }, message);
    expect(seen.map(({ authorization }) => authorization?.slice(0, 7))).toEqual(['Bearer ']);
  });

  test('the secret goes nowhere on either, when the address of tokens is bent', async () => {
    for (const status of [302, 307, 308]) {
      const bentUrl = `${bent.base}/${status}/token`;
      const connector = connectorTo([hostOf(tenant.url)], { tokenUrl: bentUrl });
      expect(await failureOf(connector.send(here(), message))).toEqual({ kind: 'retry' });
    }
    expect(seen).toEqual([]);
    const trusting = trustingConnector({ appId, appSecret, tokenUrl: `${bent.base}/307/token` });
    await trusting.send(here(), message);
    expect(seen[0]?.body).toContain(new URLSearchParams({ client_secret: appSecret }).toString());
  });

  test('is asked for once by many calls at once, and once more when it was taken back', async () => {
    let asked = 0;
    const counting: typeof fetch = (url, init) => {
      if (String(url) === tokenUrl()) asked += 1;
      return fetch(url, init);
    };
    const allowed = createHostCheck([hostOf(tenant.url)], false);
    const connector = createConnector({ appId, appSecret, tokenUrl: tokenUrl(), allowed, fetch: counting });
    await Promise.all(Array.from({ length: 10 }, () => connector.send(here(), message)));
    expect(asked).toBe(1);
    tenant.standIn.reset();
    await connector.send(here(), message);
    expect([asked, tenant.standIn.messages()]).toEqual([2, [expect.objectContaining(shown)]]);
    expect(tenant.standIn.calls().map(({ status }) => status)).toEqual([401, 201]);
  });

  test('is renewed some minutes before it ends', async () => {
    let now = new Date('2026-11-10T02:00:00Z');
    const token = createBotToken({ appId, appSecret, tokenUrl: tokenUrl(), now: () => now });
    const first = await token.get();
    now = new Date('2026-11-10T02:54:00Z');
    expect(await token.get()).toBe(first);
    now = new Date('2026-11-10T02:56:00Z');
    expect(await token.get()).not.toBe(first);
  });
});

describe('hosts', () => {
  const hosts = ['smba.trafficmanager.net', '.botframework.com', '127.0.0.1:4000'];

  test.each([
    ['https://smba.trafficmanager.net/emea/', true],
    ['https://SMBA.TrafficManager.net/emea/', true],
    ['https://europe.api.botframework.com/', true],
    ['https://botframework.com/', false],
    ['https://evilbotframework.com/', false],
    ['https://smba.trafficmanager.net.evil.example/', false],
    ['https://evil.example/smba.trafficmanager.net', false],
    ['https://smba.trafficmanager.net@evil.example/', false],
    ['https://user:pass@smba.trafficmanager.net/', false],
    ['https://smba.trafficmanager.net:444/', false],
    ['https://smba.trafficmanager.net./', false],
    ['http://smba.trafficmanager.net/', false],
    ['ftp://smba.trafficmanager.net/', false],
    ['http://127.0.0.1:4001/', false],
    ['http://127.0.0.1/', false],
    ['https://169.254.169.254/', false],
    ['javascript:alert(1)', false],
    ['smba.trafficmanager.net', false],
    ['', false],
  ])('%s: %s, in production and out of it', (url, isAllowed) => {
    expect([createHostCheck(hosts, true)(url), createHostCheck(hosts, false)(url)]).toEqual([
      isAllowed,
      isAllowed,
    ]);
  });

  test('of this machine are allowed by name and port, and never in production', () => {
    for (const url of ['http://127.0.0.1:4000/', 'http://0x7f.0.0.1:4000/']) {
      expect([createHostCheck(hosts, false)(url), createHostCheck(hosts, true)(url)]).toEqual([true, false]);
    }
    expect(createHostCheck(['evil.example:4000'], false)('http://evil.example:4000/')).toBe(false);
  });
});
