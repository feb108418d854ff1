import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LogLevel, WebClient } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { createPlayground, type DemoClock } from '../../src/playground/playground.ts';
import { serveSlackStandIn } from '../../src/playground/serve.ts';
import { openBench, secret, workspace } from './service.ts';
import { openBench as openTeams, tenant, tenantId, wei } from './teams-service.ts';

function open(options: { clock?: DemoClock; isLoopback?: boolean; hasTeams?: boolean } = {}) {
  const wwwDir = mkdtempSync(join(tmpdir(), 'playground-'));
  mkdirSync(join(wwwDir, 'playground/assets'), { recursive: true });
  writeFileSync(join(wwwDir, 'playground/index.html'), '<!doctype html><p>page');
  writeFileSync(join(wwwDir, 'playground/assets/a.js'), '1');
  writeFileSync(join(wwwDir, 'secret.js'), 'no');
  const { standIn } = openBench();
  const { clock, isLoopback = true, hasTeams = false } = options;
  const { users } = tenant();
  // Somebody without an address is nobody on the other platform.
  const known = users.map((user) => ({ ...user, email: user.aadObjectId === wei ? 'WEI@east.example' : '' }));
  const teams = hasTeams ? openTeams({ tenants: [tenant({ users: known })] }).standIn : undefined;
  const examples = [{ text: '/crm pipeline' }];
  const app = createPlayground({
    standIn,
    wwwDir,
    organizations: [{ id: 'o1', name: 'East', team: 'T1', tenant: tenantId, examples }],
    commands: [{ id: 'newLead', type: 'action', title: 'New lead' }],
    isLoopback: () => isLoopback,
    ...(teams ? { teams } : {}),
    ...(clock ? { clock } : {}),
  });
  const get = async (path: string, host = 'localhost:3000') => app.request(`http://${host}${path}`);
  const move = async (to: unknown) =>
    app.request('http://localhost:3000/playground/clock', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ to }),
    });
  return { get, move };
}

function clockAt(start: string): DemoClock {
  let now = new Date(start);
  return {
    now: () => now,
    set: (to) => {
      now = to;
    },
  };
}

describe('the playground', () => {
  it('serves its page without inline scripts, and nothing beside it', async () => {
    const { get } = open();
    const page = await get('/playground');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(page.headers.get('content-security-policy')).not.toContain('unsafe');
    expect((await get('/playground/assets/a.js')).headers.get('content-type')).toContain('javascript');
    for (const path of [
      '/playground/assets/..%2f..%2fsecret.js',
      '/playground/assets/a',
      '/playground/assets/b.js',
    ]) {
      expect((await get(path)).status).toBe(404);
    }
  });

  it('knows people and example lines, and reaches the stand-in', async () => {
    const { get } = open();
    const info = await (await get('/playground/info')).json();
    expect(info).toMatchObject({
      clock: null,
      organizations: [
        {
          team: 'T1',
          examples: [{ text: '/crm pipeline' }],
          people: [{ id: 'U1', realName: 'Chen Wei' }, {}, {}, {}],
        },
      ],
    });
    expect((await get('/playground/slack/_control/messages')).status).toBe(200);
  });

  it('knows who is who in Teams by e-mail, and reaches that stand-in too', async () => {
    const { get } = open({ hasTeams: true });
    const { organizations, commands } = await (await get('/playground/info')).json();
    const ids = organizations[0].people.map((person: { aadObjectId?: string }) => person.aadObjectId);
    expect(ids).toEqual([wei, undefined, undefined, undefined]);
    expect(commands).toMatchObject([{ id: 'newLead' }]);
    const state = `/playground/teams/_control/state?user=${wei}&tenant=${tenantId}`;
    expect((await get(state)).status).toBe(200);
    expect((await get(state, 'evil.example')).status).toBe(403);
  });

  it('shows nobody in Teams where there is none', async () => {
    const { get } = open();
    expect(await (await get('/playground/info')).text()).not.toContain('aadObjectId');
    expect((await get('/playground/teams/_control/messages')).status).toBe(404);
  });

  it('frames pages of its own origin only, and is framed by none', async () => {
    const policy = (await open().get('/playground')).headers.get('content-security-policy');
    expect(policy).toContain("frame-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
  });

  it('answers only to the names of this machine', async () => {
    const { get } = open();
    for (const host of ['evil.example', 'localhost.evil.example', '10.0.0.1']) {
      expect((await get('/playground/slack/_control/messages', host)).status).toBe(403);
    }
  });

  it('moves the demo clock forward only, and only from this machine', async () => {
    const { move } = open({ clock: clockAt('2026-11-04T01:00:00Z') });
    expect(await (await move('2026-11-05T09:00:00+08:00')).json()).toEqual({
      now: '2026-11-05T01:00:00.000Z',
    });
    for (const to of ['2026-11-05T01:00:00Z', '2026-11-04T00:00:00Z', 'tomorrow', 5]) {
      expect((await move(to)).status).toBe(400);
    }
    expect((await open().move('2030-01-01T00:00:00Z')).status).toBe(404);
    const far = open({ clock: clockAt('2026-11-04T01:00:00Z'), isLoopback: false });
    expect((await far.move('2030-01-01T00:00:00Z')).status).toBe(403);
  });
});

describe('the stand-in alone', () => {
  it('listens on a port of its own and hands out response URLs that work there', async () => {
    const { url, standIn, close } = await serveSlackStandIn({
      port: 0,
      target: 'http://127.0.0.1:9/slack/events',
      signingSecret: secret,
      workspaces: [workspace()],
    });
    const headers = { authorization: 'Bearer xoxb-east' };
    const answer = await fetch(`${url}/api/auth.test`, { method: 'POST', headers });
    expect(await answer.json()).toMatchObject({ ok: true, team_id: 'T1' });
    expect(await standIn.command({ user: 'U1', text: 'help' })).toMatchObject({ status: 0, ok: false });
    await close();
    await expect(fetch(`${url}/api/auth.test`, { method: 'POST' })).rejects.toThrow();
  });
});

describe('Slack’s own client', () => {
  it('posts, uploads and understands refusals and rate limits', async () => {
    const { url, standIn, close } = await serveSlackStandIn({
      port: 0,
      target: 'http://127.0.0.1:9/slack/events',
      signingSecret: secret,
      workspaces: [workspace()],
    });
    const client = new WebClient('xoxb-east', {
      slackApiUrl: `${url}/api/`,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      logLevel: LogLevel.ERROR,
    });
    const posted = await client.chat.postMessage({
      channel: 'C1',
      text: 'hi',
      blocks: [{ type: 'divider' }],
    });
    expect(posted.ts).toBe(standIn.messages()[0]?.ts);
    await client.filesUploadV2({ channel_id: 'C1', filename: 'a.csv', file: Buffer.from('a,b') });
    expect(standIn.messages().at(-1)?.files).toMatchObject([{ name: 'a.csv', bytes: 3 }]);
    await expect(client.chat.postMessage({ channel: 'C3', text: 'hi' })).rejects.toMatchObject({
      data: { error: 'is_archived' },
    });
    standIn.faults.add({ kind: '429', count: 1, retryAfter: 9 });
    await expect(client.auth.test()).rejects.toMatchObject({ retryAfter: 9 });
    standIn.faults.add({ kind: 'lost_answer', count: 1, lostAs: 'abort' });
    await expect(client.chat.postMessage({ channel: 'C1', text: 'lost' })).rejects.toThrow();
    expect(standIn.messages().at(-1)?.text).toBe('lost');
    await close();
  });
});
