import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/infra/config.ts';
import { type Child, freePort, gesture, run } from './child.ts';

const home = mkdtempSync(join(tmpdir(), 'parley-start-'));
const dataDir = join(home, 'data');
const children: Child[] = [];
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await Promise.all(children.map((child) => child.exited));
  rmSync(home, { recursive: true, force: true });
});

function start(env: Record<string, string>): Child {
  const child = run('start', [], env);
  children.push(child);
  return child;
}

const guid = '11111111-2222-4333-8444-555555555555';
const emma = { user: 'U0EMMACLARK', team: 'T0DEMO' };
const answerOf = ({ body }: Record<string, unknown>) => String((body as { text?: string } | undefined)?.text);

describe('the first start on a bare machine', () => {
  let service: Child;
  let url = '';
  beforeAll(async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    service = start({ PORT: String(port), DATA_DIR: dataDir });
    await service.until('/playground');
  }, 90_000);

  test('prints the address and what to type, and not one line of warning', () => {
    expect(service.said()).toContain(url.replace('127.0.0.1', 'localhost'));
    expect(service.said()).toContain('/crm new-lead');
    expect(service.said()).not.toMatch(/warn|deprecat|experimental|error|"level"/i);
  });

  test('is live and ready', async () => {
    for (const path of ['/healthz', '/readyz']) expect((await fetch(`${url}${path}`)).status).toBe(200);
  });

  test('takes the line it shows, answers with a number, and takes commands of an operator', async () => {
    const text = 'new-lead "Acme Corp Test" Jane Wu jane@test.example src:expo 80k';
    const outcome = await gesture(`${url}/playground/slack`, 'command', { ...emma, text });
    expect(answerOf(outcome)).toMatch(/✅ L-\d+ Acme Corp Test/);
    const cli = run('cli', ['export', join(home, 'export')], { DATA_DIR: dataDir });
    expect(await cli.exited).toBe(0);
    expect(cli.said()).toMatch(/leads\.csv: \d+ lines/);
    const wrong = run('cli', ['organization', 'create', 'X'], { DATA_DIR: dataDir });
    expect(await wrong.exited).toBe(2);
    expect(wrong.said()).toMatch(/slug: X/);
  });

  test('refuses a second service on the same data, naming the first', async () => {
    const second = start({ PORT: String(await freePort()), DATA_DIR: dataDir });
    expect(await second.exited).toBe(1);
    expect(second.said()).toMatch(/in use by process \d+; stop it first/);
    expect(second.said()).not.toMatch(/^\s+at /m);
  });

  test('stops on SIGTERM with exit 0; the next start has everything', async () => {
    service.kill('SIGTERM');
    expect(await service.exited).toBe(0);
    const port = await freePort();
    const again = start({ PORT: String(port), DATA_DIR: dataDir });
    await again.until('/playground');
    const text = 'find "Acme Corp Test"';
    const shown = await gesture(`http://127.0.0.1:${port}/playground/slack`, 'command', { ...emma, text });
    expect(answerOf(shown)).toMatch(/L-\d+ Acme Corp Test/);
    again.kill('SIGINT');
    expect(await again.exited).toBe(0);
    expect(again.said()).not.toMatch(/warn|error/i);
  }, 60_000);
});

test('a value that cannot be stops the start with the variable and the fix, and no stack', async () => {
  const child = start({ DATA_DIR: join(home, 'none'), PORT: 'http' });
  expect(await child.exited).toBe(1);
  expect(child.said()).toMatch(/^PORT: .*a port number, e\.g\. 3000/m);
  expect(child.said()).not.toMatch(/^\s+at |node:internal/m);
});

test.each<[string, Record<string, string>, RegExp]>([
  ['a port that is none', { PORT: 'http' }, /^PORT: .*a port number, e\.g\. 3000/m],
  [
    'a playground in production',
    { PLAYGROUND: 'on', NODE_ENV: 'production' },
    /^PLAYGROUND: .*Set it to off/m,
  ],
  ['a playground for everybody', { PLAYGROUND: 'on', HOST: '0.0.0.0' }, /^PLAYGROUND: .*127\.0\.0\.1/m],
  ['half of Slack', { SLACK_BOT_TOKEN: 'xoxb-1' }, /^SLACK_SIGNING_SECRET: .*Signing Secret/m],
  ['half of Teams', { TEAMS_APP_ID: guid }, /^TEAMS_APP_SECRET: .*client secret/m],
  ['an app id that is none', { TEAMS_APP_ID: 'parley' }, /^TEAMS_APP_ID: .*GUID/m],
  [
    'a playground beside a real Teams',
    { PLAYGROUND: 'on', TEAMS_APP_ID: guid, TEAMS_APP_SECRET: 's', TEAMS_HOME_TENANT_ID: guid },
    /^PLAYGROUND: .*TEAMS_APP_ID/m,
  ],
  [
    'an issuer without a tenant',
    { ENTRA_ISSUER_TEMPLATE: 'https://x' },
    /^ENTRA_ISSUER_TEMPLATE: .*\{tid\}/m,
  ],
  [
    'workspace tokens without a key',
    { SLACK_SIGNING_SECRET: 's'.repeat(32), SLACK_CLIENT_ID: '1', SLACK_CLIENT_SECRET: '2' },
    /^ENCRYPTION_KEY: .*openssl rand/m,
  ],
  [
    'production without encryption on the way',
    { NODE_ENV: 'production', PUBLIC_URL: 'http://crm.example.com' },
    /^PUBLIC_URL: .*https/m,
  ],
  ['production without a database', { NODE_ENV: 'production' }, /^DATABASE_URL: .*postgres:\/\//m],
  ['a database of another kind', { DATABASE_URL: 'mysql://x' }, /^DATABASE_URL: .*postgres:\/\//m],
  ['a key too short', { ENCRYPTION_KEY: 'c2hvcnQ=' }, /^ENCRYPTION_KEY: .*openssl rand/m],
])('%s is refused by name, with the fix', (_what, env, says) => {
  expect(() => readConfig(env)).toThrow(says);
});

/** Scripts a service has loaded from its start to its end, as the engine itself counts them. */
async function loadedBy(name: string, env: Record<string, string>): Promise<string[]> {
  const coverage = join(home, `coverage-${name}`);
  const dataDir = join(home, `data-${name}`);
  const port = String(await freePort());
  const child = start({ ...env, PORT: port, DATA_DIR: dataDir, NODE_V8_COVERAGE: coverage });
  await child.until('listening', 90_000);
  child.kill('SIGTERM');
  expect(await child.exited).toBe(0);
  const files = readdirSync(coverage).map((file) => readFileSync(join(coverage, file), 'utf8'));
  return files.flatMap((text) => (JSON.parse(text).result as { url: string }[]).map(({ url }) => url));
}

test('a service without Teams loads nothing of it', async () => {
  const ofTeams = /platforms\/teams\/(mount|receiver|auth|connector)|node_modules\/(jose|@microsoft)/;
  const without = await loadedBy('without', { PLAYGROUND: 'off' });
  expect(without.filter((url) => /platforms\/http\/api/.test(url))).not.toEqual([]);
  expect(without.filter((url) => ofTeams.test(url))).toEqual([]);
  const teams = { TEAMS_APP_ID: guid, TEAMS_APP_SECRET: 's', TEAMS_HOME_TENANT_ID: guid };
  expect((await loadedBy('with', teams)).filter((url) => ofTeams.test(url))).not.toEqual([]);
}, 200_000);
