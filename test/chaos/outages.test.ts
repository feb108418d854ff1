import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { run, runScript } from '../journeys/child.ts';
import { testDatabaseKind } from '../support/database.ts';
import { type Outage, type OutageStage, outageRun } from './outage-run.ts';
import { person } from './people.ts';

const isLong = process.env.PARLEY_LONG === '1';
const service = (env: Record<string, string>) => run('start', [], env);
const hopeful = (env: Record<string, string>) =>
  runScript(join(import.meta.dirname, '../controls/hopeful-commit.ts'), env);

/** Nothing acknowledged is missing or twice, nothing refused is there, and everybody was told what became of a line. */
const clean = { lost: [], twice: [], ghosts: [], strange: [], uncaught: [], isAlive: true };
/** Lines in a row that one person may have to repeat once the database is back. */
const fewTries = 20;

function report(what: string, { lost, twice, ghosts, strange, uncaught, ...rest }: Outage): void {
  const counts = { lost: lost.length, twice: twice.length, ghosts: ghosts.length, strange: strange.length };
  process.stdout.write(`${what} ${JSON.stringify({ ...rest, ...counts, uncaught: uncaught.length })}\n`);
}

/** Connections reset, ended by the server, refused for a moment, and broken right before or after a COMMIT. */
const cuts: ((stage: OutageStage) => Promise<unknown>)[] = [
  async ({ proxy }) => proxy.cut(),
  ({ terminateBackends }) => terminateBackends(),
  async ({ proxy }) => {
    proxy.set({ is: 'closed' });
    await sleep(200);
    proxy.set({ is: 'open' });
  },
  ({ breakAtCommit }) => breakAtCommit('commit lost', 3),
  ({ breakAtCommit }) => breakAtCommit('answer lost', 3),
];

// Through a proxy of the run: nobody else on the server notices.
describe.skipIf(testDatabaseKind() !== 'postgres')('while eight people type new leads', () => {
  test('a Postgres that restarts again and again loses none and doubles none', async () => {
    const outage = await outageRun({
      start: service,
      async script(stage) {
        stage.begin();
        await stage.allSaved();
        for (let round = 0; round < (isLong ? 8 : 2); round += 1) {
          for (const cut of cuts) {
            await cut(stage);
            await stage.allSaved();
          }
        }
      },
    });
    report('restarts', outage);
    expect(outage).toMatchObject(clean);
    expect(outage.told['not saved']).toBeGreaterThan(0);
    // Whoever's COMMIT or its answer was lost cannot know.
    expect(outage.told['not confirmed']).toBeGreaterThan(0);
    expect(outage.mostTries).toBeLessThan(fewTries);
  }, 600_000);

  test('a Postgres that is silent, away or slow is told as such, and nothing is saved that is not', async () => {
    const awayMs = isLong ? 300_000 : 3_500;
    const told: Record<string, number | undefined> = {};
    const outage = await outageRun({
      start: service,
      async script({ proxy, slack, url, begin, allSaved }) {
        // Before anything is known that could be remembered.
        proxy.set({ is: 'mute' });
        begin();
        await sleep(awayMs);
        proxy.set({ is: 'open' });
        await allSaved();
        proxy.set({ is: 'closed' });
        const [{ slackId: user }, authorization] = [person(0), `Bearer ${'k'.repeat(40)}`];
        const mention = await slack.mention({ user, channel: 'C0DESK', text: 'new-lead "Never Pumps" Jane' });
        told.event = mention.delivery?.attempts[0]?.status;
        const post = { method: 'POST', headers: { authorization }, body: '{}' };
        told.rest = (await fetch(`${url}/api/v1/actions/deals.list`, post)).status;
        told.page = (
          await fetch(`${url}/api/v1/session`, { headers: { cookie: `parley=${'s'.repeat(43)}` } })
        ).status;
        told.ready = (await fetch(`${url}/readyz`)).status;
        told.live = (await fetch(`${url}/healthz`)).status;
        await sleep(isLong ? awayMs : 500);
        proxy.set({ is: 'open' });
        await allSaved();
        proxy.set({ is: 'slow', delayMs: 3_000 });
        await sleep(awayMs);
        proxy.set({ is: 'open' });
        await allSaved();
      },
    });
    report('away', outage);
    expect(outage).toMatchObject(clean);
    expect(told).toEqual({ event: 503, rest: 503, page: 503, ready: 503, live: 200 });
    expect(outage.told['not saved']).toBeGreaterThan(8);
    expect(outage.mostTries).toBeLessThan(fewTries);
  }, 1_800_000);

  test('a service that does not wait for COMMIT tells people of leads that are nowhere', async () => {
    const outage = await outageRun({
      start: hopeful,
      async script({ begin, allSaved, breakAtCommit }) {
        begin();
        await allSaved();
        await breakAtCommit('commit lost', 10);
        await allSaved();
      },
    });
    report('hopeful', outage);
    expect(outage.lost.length).toBeGreaterThan(0);
  }, 600_000);
});
