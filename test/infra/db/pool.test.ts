import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../../src/infra/db/client.ts';
import { freshDatabase, testDatabaseKind } from '../../support/database.ts';

/** The embedded database has one connection. */
describe.skipIf(testDatabaseKind() !== 'postgres')('the connections of a pool [Postgres only]', () => {
  let db: Database;
  const scope = { as: 'app', orgId: randomUUID() } as const;
  /** What has a connection, in the order it got it. */
  const served: string[] = [];

  beforeAll(async () => {
    db = await freshDatabase({ poolSize: 4 });
  });
  afterAll(() => db.close());

  /** A transaction that goes on until `end`. */
  function open(name: string, isBackground: boolean) {
    let end = () => {};
    const wanted = new Promise<void>((resolve) => {
      end = resolve;
    });
    const over = db.transaction(
      scope,
      async () => {
        served.push(name);
        await wanted;
      },
      { isBackground },
    );
    return { end, over };
  }

  async function settle(count: number): Promise<void> {
    await expect.poll(() => served.length).toBe(count);
  }

  test('background work leaves some to people, however much of it there is', async () => {
    served.length = 0;
    const jobs = [1, 2, 3, 4, 5, 6].map((n) => open(`job ${n}`, true));
    await settle(3);
    expect(await db.transaction(scope, async () => 'answered')).toBe('answered');
    expect(served).toEqual(['job 1', 'job 2', 'job 3']);
    for (const { end } of jobs) end();
    await Promise.all(jobs.map(({ over }) => over));
    expect(served).toHaveLength(6);
  });

  test('people come before background work that waited longer, but never keep it from all', async () => {
    served.length = 0;
    const first = [1, 2, 3, 4].map((n) => open(`first ${n}`, false));
    await settle(4);
    const jobs = [1, 2].map((n) => open(`job ${n}`, true));
    const later = [1, 2].map((n) => open(`later ${n}`, false));
    await expect.poll(() => db.stats().waiting).toBe(4);
    for (const [at, { end, over }] of first.entries()) {
      end();
      await over;
      await settle(5 + at);
    }
    expect(served.slice(4)).toEqual(['job 1', 'later 1', 'later 2', 'job 2']);
    for (const { end, over } of [...jobs, ...later]) {
      end();
      await over;
    }
  });
});
