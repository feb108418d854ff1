import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningStandIn, serveSlackStandIn } from '../../src/playground/serve.ts';
import { freePort, run, runScript } from '../journeys/child.ts';
import { secret } from '../journeys/service.ts';
import { freshPostgres, testDatabaseKind } from '../support/database.ts';
import { seed } from '../support/seed.ts';
import { type KillRun, killRun } from './kill-run.ts';

const isLong = process.env.PARLEY_LONG === '1';
const team = 'T0KILL';
const user = 'U0REP';
const person = {
  locale: 'en-US' as const,
  tz: 'UTC',
  name: 'rob',
  realName: 'Rob Rep',
  email: 'rob@kill.example',
};

/** How often each company is in a table, as the owner of the database sees it. */
function countsOf(url: string, table: 'leads' | 'early_leads'): KillRun['counts'] {
  return async () => {
    const sql = postgres(url, { max: 1, onnotice: () => {} });
    const rows = await sql<{ company: string; n: number }[]>`
      select company, count(*)::int as n from ${sql(table)} group by company`;
    await sql.end();
    return new Map(rows.map(({ company, n }) => [company, n]));
  };
}

// Only a server outlives the process that uses it.
describe.skipIf(testDatabaseKind() !== 'postgres')(`killed at random (seed ${seed}), on Postgres`, () => {
  let slack: RunningStandIn;
  let url = '';
  beforeAll(async () => {
    url = await freshPostgres();
    slack = await serveSlackStandIn({
      port: 0,
      target: 'http://127.0.0.1:1/',
      signingSecret: secret,
      workspaces: [
        {
          id: team,
          name: 'Kill',
          domain: 'kill',
          botToken: 'xoxb-kill',
          botUserId: 'U0BOT',
          appId: 'A0PARLEY',
          users: [
            { id: user, ...person },
            { id: 'U0BOT', ...person, name: 'parley', isBot: true },
          ],
          channels: [{ id: 'C0KILL', name: 'kill', members: [user, 'U0BOT'] }],
        },
      ],
    });
  });
  afterAll(() => slack?.close());

  test('every acknowledged lead is there exactly once, and none twice', async () => {
    const port = await freePort();
    const env = {
      PORT: String(port),
      DATABASE_URL: url,
      SLACK_SIGNING_SECRET: secret,
      SLACK_BOT_TOKEN: 'xoxb-kill',
      SLACK_API_URL: `${slack.url}/api/`,
      PLAYGROUND: 'off',
      LOG_LEVEL: 'error',
    };
    const commands = isLong ? 1000 : 200;
    const killed = await killRun({
      start: () => run('start', [], env),
      url: `http://127.0.0.1:${port}/slack/events`,
      counts: countsOf(url, 'leads'),
      user,
      team,
      commands,
      kills: isLong ? 20 : 3,
      seed,
    });
    expect(killed).toMatchObject({ acknowledged: commands, lost: [], twice: [] });
    expect(killed.kills).toBeGreaterThan(3);
  }, 600_000);

  test('an answer before the commit loses leads in the same run', async () => {
    const port = await freePort();
    const script = join(import.meta.dirname, '../controls/early-answer.ts');
    const killed = await killRun({
      start: () => runScript(script, { PORT: String(port), DATABASE_URL: url }),
      url: `http://127.0.0.1:${port}/slack/events`,
      counts: countsOf(url, 'early_leads'),
      user,
      team,
      commands: 1000,
      kills: 4,
      seed,
    });
    expect(killed.lost.length + killed.twice.length).toBeGreaterThan(0);
  }, 120_000);
});
