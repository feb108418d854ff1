import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { freshPostgres, testDatabaseKind } from '../support/database.ts';
import { seed } from '../support/seed.ts';
import { schedulersRun } from './schedulers-run.ts';

const isLong = process.env.PARLEY_LONG === '1';
const size = isLong
  ? { processes: 20, organizations: 200, days: 30, kills: 60 }
  : { processes: 3, organizations: 20, days: 5, kills: 2 };
const runs = size.organizations * size.days;

// Several processes need a server.
describe.skipIf(testDatabaseKind() !== 'postgres')(
  `${size.processes} schedulers, killed at random (seed ${seed}), on Postgres`,
  () => {
    test(`queue ${runs} digests of ${size.organizations} organizations and ${size.days} days once each`, async () => {
      const url = await freshPostgres();
      const script = join(import.meta.dirname, 'schedulers-process.ts');
      const scheduled = await schedulersRun({ ...size, script, url, seed });
      expect(scheduled).toEqual({ queued: runs, kills: size.kills, twice: [], never: [] });
    }, 900_000);

    test('queue some twice in the same run if they look first and write down afterwards', async () => {
      const url = await freshPostgres();
      const script = join(import.meta.dirname, '../controls/naive-scheduler.ts');
      const scheduled = await schedulersRun({
        processes: 3,
        organizations: 20,
        days: 1,
        kills: 0,
        script,
        url,
        seed,
      });
      expect(scheduled.twice.length).toBeGreaterThan(0);
    }, 120_000);
  },
);
