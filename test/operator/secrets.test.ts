import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Core, createCore } from '../../src/app.ts';
import type { Database } from '../../src/infra/db/client.ts';
import { doctor } from '../../src/operator/doctor.ts';
import { runOperatorCommand } from '../../src/operator/run.ts';
import { freshDatabase } from '../support/database.ts';
import { Browser, type InstallBench, openInstallBench, publicUrl } from '../support/slack-install.ts';

let db: Database;
let bench: InstallBench;
let installed: ReturnType<InstallBench['workspace']>[] = [];
beforeAll(async () => {
  db = await freshDatabase();
  bench = await openInstallBench('East', db);
  installed = [bench.workspace(), bench.workspace()];
  for (const { id } of installed) await new Browser(bench.routes).install({ team: id });
});
afterAll(async () => {
  await bench?.close();
  await db?.close();
});

const newKey = () => randomBytes(32).toString('base64');
const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

function coreWith(encryptionKey: string | undefined): Core {
  const { clock } = bench.core.engine;
  return createCore({ db, log, clock, memberAutoJoin: 'rep', publicUrl, encryptionKey });
}

async function run(core: Core, ...args: string[]) {
  const lines: string[] = [];
  const out = { line: (text: string) => void lines.push(text), progress: () => {} };
  const code = await runOperatorCommand({ core, args, out, cwd: '.' });
  return { code, said: lines.join('\n') };
}

const slack = { SLACK_SIGNING_SECRET: 's'.repeat(32), SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: 'x' };

async function examine(env: Record<string, string>) {
  const lines: string[] = [];
  const out = { line: (text: string) => void lines.push(text), progress: () => {} };
  const open = async () => ({ ...db, close: async () => {} });
  const code = await doctor({ PUBLIC_URL: publicUrl, ...env }, open, out);
  const line = (name: string) => lines.find((text) => text.includes(`  ${name}: `)) ?? '';
  return { code, slack: line('slack'), tokens: line('tokens'), configuration: line('configuration') };
}

const tokensIn = (core: Core) =>
  Promise.all(installed.map(async ({ id }) => (await core.installations.find('slack', id))?.token));

test('rotating seals every token with the new key; after that the old one is needed no more', async () => {
  const tokens = installed.map(({ token }) => token());
  const [former, added] = [bench.encryptionKey, newKey()];
  expect((await examine({ ...slack, ENCRYPTION_KEY: `${added},${former}` })).tokens).toMatch(
    /^ok .* 2 of them.*rotate/,
  );
  expect(await tokensIn(coreWith(added))).toEqual([undefined, undefined]);
  expect(await run(coreWith(`${added},${former}`), 'secrets', 'rotate')).toEqual({
    code: 0,
    said: 'tokens: 2 sealed anew, 0 were current',
  });
  expect(await tokensIn(coreWith(added))).toEqual(tokens);
  expect(await run(coreWith(added), 'secrets', 'rotate')).toMatchObject({
    said: expect.stringContaining('2 were current'),
  });
  const alone = await examine({ ...slack, ENCRYPTION_KEY: added });
  expect(alone).toMatchObject({ code: 0, tokens: expect.stringMatching(/^ok .* 2 open$/) });
});

test('a key that opens nothing is said with the workspaces it is missed for, and nothing is changed', async () => {
  const before = await bench.rowOf(installed[0]?.id ?? '');
  const result = await run(coreWith(newKey()), 'secrets', 'rotate');
  expect(result.code).toBe(1);
  for (const { id } of installed) expect(result.said).toContain(`East (${id})`);
  expect(await bench.rowOf(installed[0]?.id ?? '')).toEqual(before);
  const examined = await examine({ ...slack, ENCRYPTION_KEY: newKey() });
  expect(examined).toMatchObject({ code: 1, tokens: expect.stringMatching(/^FAIL .*ENCRYPTION_KEY/) });
  expect(await run(coreWith(undefined), 'secrets', 'rotate')).toMatchObject({ code: 2 });
  expect(await run(coreWith(newKey()), 'secrets', 'forget')).toMatchObject({ code: 2 });
});

const signing = { SLACK_SIGNING_SECRET: 's'.repeat(32) };
test.each([
  [
    'neither a bot token nor a client',
    signing,
    /FAIL .*SLACK_BOT_TOKEN.*SLACK_CLIENT_ID and SLACK_CLIENT_SECRET/,
  ],
  ['no client secret', { ...signing, SLACK_CLIENT_ID: '1.2' }, /FAIL .*SLACK_CLIENT_SECRET is missing/],
  ['no client id', { ...signing, SLACK_CLIENT_SECRET: 'x' }, /FAIL .*SLACK_CLIENT_ID is missing/],
  ['an address without TLS', { ...slack, PUBLIC_URL: 'http://crm.example.com' }, /FAIL .*PUBLIC_URL/],
  ['everything', slack, /^ok .*https:\/\/crm\.example\.com\/slack\/install/],
] as [string, Record<string, string>, RegExp][])('Slack with %s', async (_name, env, said) => {
  expect((await examine({ ...env, ENCRYPTION_KEY: newKey() })).slack).toMatch(said);
});

test('several workspaces without a key for their tokens do not even start', async () => {
  const { code, configuration } = await examine(slack);
  expect(code).toBe(1);
  expect(configuration).toMatch(/^FAIL .*ENCRYPTION_KEY/);
});
