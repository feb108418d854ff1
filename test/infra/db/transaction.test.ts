import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../../src/infra/db/client.ts';
import { interactiveLimits, limitsOf } from '../../../src/infra/db/database.ts';
import {
  DatabaseError,
  DatabaseUnavailableError,
  DeadlineError,
  isRetryable,
  isUniqueViolation,
  leavingError,
  redactDatabaseError,
  SilentRollbackError,
} from '../../../src/infra/db/errors.ts';
import { applyAccess } from '../../../src/infra/db/migrate.ts';
import { openPostgres } from '../../../src/infra/db/postgres.ts';
import { rowsOf, type Tx } from '../../../src/store/tx.ts';
import { freshDatabase, testDatabaseKind } from '../../support/database.ts';

const notes = pgTable('notes', {
  orgId: uuid('org_id').notNull(),
  id: uuid('id').notNull(),
  body: text('body').notNull(),
});

let db: Database;
const orgId = randomUUID();
const scope = { as: 'app', orgId } as const;
const insert = (tx: Tx, body: string, id: string = randomUUID()) =>
  tx.insert(notes).values({ orgId, id, body });
const bodies = async () => {
  const rows = await db.transaction(scope, (tx) => tx.select().from(notes));
  return rows.map((row) => row.body).sort();
};

beforeAll(async () => {
  db = await freshDatabase({ poolSize: 3 });
  await db.asOwner(async (owner) => {
    await owner.exec(`
      create table notes (org_id uuid not null, id uuid not null, body text not null, primary key (org_id, id));
      alter table notes enable row level security;
      create policy notes_own on notes to crm_app using ((select current_setting('app.org_id')::uuid) = org_id)
        with check ((select current_setting('app.org_id')::uuid) = org_id);`);
    await applyAccess(owner);
  });
});
afterAll(() => db.close());

test('a transaction acts as the application role of one organization', async () => {
  const rows = await db.transaction(scope, (tx) =>
    rowsOf(tx, sql`select current_user as role, current_setting('app.org_id') as org`),
  );
  expect(rows).toEqual([{ role: 'crm_app', org: orgId }]);
});

test('what throws is rolled back, what returns is saved', async () => {
  await expect(
    db.transaction(scope, async (tx) => {
      await insert(tx, 'rolled back');
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  await db.transaction(scope, (tx) => insert(tx, 'saved'));
  expect(await bodies()).toContain('saved');
  expect(await bodies()).not.toContain('rolled back');
});

test('a transaction inside a transaction is refused with a hint, not left waiting', async () => {
  const inner = () => db.transaction({ as: 'router' }, async () => {});
  await expect(db.transaction(scope, inner)).rejects.toThrow('use tx');
  await expect(db.transaction(scope, () => db.notify('wake', ''))).rejects.toThrow('use tx');
  await expect(db.transaction(scope, () => db.ping())).rejects.toThrow('use tx');
});

test('work that started in a transaction and outlives it may open its own', async () => {
  let later: Promise<number> | undefined;
  await db.transaction(scope, async () => {
    later = sleep(30).then(() => db.transaction(scope, async () => 7));
  });
  expect(await later).toBe(7);
});

test('a transaction that is over refuses statements of code that still runs', async () => {
  let kept: Tx | undefined;
  await db.transaction(scope, async (tx) => {
    kept = tx;
  });
  await expect((async () => kept && (await insert(kept, 'too late')))()).rejects.toThrow();
  expect(await bodies()).not.toContain('too late');
});

test('a swallowed statement error does not pass for a commit', async () => {
  const swallowing = db.transaction(scope, async (tx) => {
    await insert(tx, 'swallowed');
    await tx.execute(sql`select 1 / 0`).catch(() => {});
  });
  await expect(swallowing).rejects.toBeInstanceOf(SilentRollbackError);
  expect(await bodies()).not.toContain('swallowed');
});

test('a savepoint takes back its part only', async () => {
  await db.transaction(scope, async (tx) => {
    await insert(tx, 'outer');
    await tx
      .transaction(async (inner) => {
        await insert(inner, 'inner');
        await inner.execute(sql`select 1 / 0`);
      })
      .catch(() => {});
  });
  expect(await bodies()).toContain('outer');
  expect(await bodies()).not.toContain('inner');
});

test('statements issued together run in the order they were issued', async () => {
  const seen = await db.transaction(scope, async (tx) => {
    const id = randomUUID();
    const set = (value: string) => tx.update(notes).set({ body: value }).where(sql`${notes.id} = ${id}`);
    const results = await Promise.all([
      insert(tx, 'first', id),
      tx.select().from(notes).where(sql`${notes.id} = ${id}`),
      set('second'),
      rowsOf<{ body: string }>(tx, sql`select body from notes where id = ${id}`),
      set('third'),
      tx.select({ body: notes.body }).from(notes).where(sql`${notes.id} = ${id}`),
      tx.delete(notes).where(sql`${notes.id} = ${id}`),
    ]);
    return [results[1][0]?.body, results[3][0]?.body, results[5][0]?.body];
  });
  expect(seen).toEqual(['first', 'second', 'third']);
});

describe('deadline', () => {
  test('of a read before the organization is known is that of people who wait for it', () => {
    expect(limitsOf({ as: 'router' }, {})).toMatchObject({ interactive: true });
    expect(limitsOf({ as: 'app', orgId }, {})).toMatchObject({ interactive: false });
    expect(limitsOf({ as: 'router' }, { deadlineMs: 10_000 })).toMatchObject({ deadlineMs: 10_000 });
  });

  test('rolls back, answers while the work still runs, and the database serves on', async () => {
    const order: string[] = [];
    let goOn = () => {};
    const answered = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let outlived: Promise<unknown> | undefined;
    const late = db.transaction(
      scope,
      async (tx) => {
        await insert(tx, 'late');
        // Goes on only after the answer: without one this never ends.
        outlived = answered.then(async () => {
          order.push('went on');
          await insert(tx, 'later');
        });
        await outlived;
      },
      { deadlineMs: 1_000 },
    );
    await expect(late).rejects.toMatchObject({ name: 'DeadlineError', committing: false });
    order.push('answered');
    goOn();
    await expect(outlived).rejects.toThrow();
    expect(order).toEqual(['answered', 'went on']);
    const found = await bodies();
    expect(found).not.toContain('late');
    expect(found).not.toContain('later');
  });

  test('code that never returns does not keep its connection', async () => {
    const stuck = Array.from({ length: 4 }, () =>
      db.transaction(scope, () => new Promise<void>(() => {}), { deadlineMs: 100 }),
    );
    for (const one of await Promise.allSettled(stuck)) {
      // The fourth may not have got a connection at all.
      const names = ['DeadlineError', 'DatabaseUnavailableError'];
      expect(names).toContain(one.status === 'rejected' && (one.reason as Error).name);
    }
    expect(await db.transaction(scope, async () => 'served', { deadlineMs: 2_000 })).toBe('served');
  });

  test.skipIf(testDatabaseKind() !== 'postgres')(
    'drops the connection, which is replaced; a slow statement cannot hold the answer [Postgres only]',
    async () => {
      const lostBefore = db.stats().lost;
      // The statement would take longer than this test may, and nothing but the deadline bounds it.
      const forLong = (tx: Tx) => tx.execute(sql`select pg_sleep(600)`);
      const slow = db.transaction(scope, forLong, { deadlineMs: 200, statementMs: 600_000 });
      await expect(slow).rejects.toBeInstanceOf(DeadlineError);
      expect(db.stats().lost).toBe(lostBefore + 1);
      await db.ping();
      await db.asOwner((owner) =>
        owner.rows(`select pg_terminate_backend(pid) from pg_stat_activity
                    where datname = current_database() and query like '%pg_sleep(600)%' and pid <> pg_backend_pid()`),
      );
    },
  );
});

describe('errors', () => {
  const secret = 'canary-4711';

  test('leave a transaction without SQL or values', async () => {
    const id = randomUUID();
    await db.transaction(scope, (tx) => insert(tx, secret, id));
    const error = await db
      .transaction(scope, (tx) => insert(tx, secret, id))
      .catch((reason: unknown) => reason);
    expect(isUniqueViolation(error)).toBe(true);
    expect(isUniqueViolation(error, 'notes_pkey')).toBe(true);
    expect(isUniqueViolation(error, 'other')).toBe(false);
    expect(error).toBeInstanceOf(DatabaseError);
    const shown = [String(error), (error as Error).stack, JSON.stringify(error)].join();
    expect(shown).not.toContain(secret);
    expect(shown).not.toContain(id);
    expect(shown).not.toContain('insert into');
  });

  test('within a transaction say which rule was broken, and can be redacted', async () => {
    await db
      .transaction(scope, async (tx) => {
        const error = await tx.execute(sql`select ${secret}::uuid`).catch((reason: unknown) => reason);
        expect(String(error)).toContain(secret);
        expect(String(redactDatabaseError(error))).not.toContain(secret);
        throw error;
      })
      .catch((error: unknown) => expect(error).toMatchObject({ name: 'DatabaseError', code: '22P02' }));
  });

  test.skipIf(testDatabaseKind() !== 'postgres')(
    'a statement over its limit counts as a database that cannot serve [Postgres only]',
    async () => {
      const slow = db.transaction(scope, (tx) => tx.execute(sql`select pg_sleep(2)`), { statementMs: 100 });
      await expect(slow).rejects.toBeInstanceOf(DatabaseUnavailableError);
    },
  );
});

describe('values look the same from both databases', () => {
  test('int8, numeric, arrays, json, instants and nulls of plain SQL', async () => {
    const rows = await db.transaction(scope, (tx) =>
      rowsOf(
        tx,
        sql`select 12::int8 as big, 1.50::numeric as decimal, array['a', 'b, "c', null]::text[] as list,
                   array[]::text[] as none, '{"x": 1}'::jsonb as json, null::text as nothing, 3 as small, true as yes,
                   '2026-03-01 10:00:00+01'::timestamptz::text as at`,
      ),
    );
    expect(rows).toEqual([
      {
        big: '12',
        decimal: '1.50',
        list: ['a', 'b, "c', null],
        none: [],
        json: { x: 1 },
        nothing: null,
        small: 3,
        yes: true,
        at: '2026-03-01 09:00:00+00',
      },
    ]);
  });
});

test.skipIf(testDatabaseKind() !== 'postgres').each([
  ['', {}],
  // The server looks for a deadlock after a second: whoever gives up the wait sooner is never told of it.
  [' of people who wait', { lockMs: interactiveLimits.lockMs }],
])(
  'two transactions%s in each other’s way both succeed: the loser is run again as a whole [Postgres only]',
  async (_, options) => {
    const [a, b] = [randomUUID(), randomUUID()];
    await db.transaction(scope, (tx) => Promise.all([insert(tx, '', a), insert(tx, '', b)]));
    let attempts = 0;
    let holding = 0;
    let meet = () => {};
    const bothHoldOne = new Promise<void>((resolve) => {
      meet = resolve;
    });
    const append = (first: string, second: string, mark: string) =>
      db.transaction(
        scope,
        async (tx) => {
          attempts += 1;
          for (const id of [first, second]) {
            await tx
              .update(notes)
              .set({ body: sql`${notes.body} || ${mark}` })
              .where(sql`${notes.id} = ${id}`);
            holding += 1;
            if (holding === 2) meet();
            await bothHoldOne;
          }
        },
        options,
      );
    await expect(Promise.all([append(a, b, 'x'), append(b, a, 'y')])).resolves.toHaveLength(2);
    // Whoever is run again may be as quick as to be in the other’s way once more.
    expect(attempts).toBeGreaterThan(2);
    const rows = await db.transaction(scope, (tx) =>
      tx.select().from(notes).where(sql`${notes.id} in (${a}, ${b})`),
    );
    for (const row of rows) expect([...row.body].sort().join('')).toBe('xy');
  },
);

test('what loses against others again and again is a database that cannot serve, no fault of ours', async () => {
  let attempts = 0;
  const losing = db.transaction(
    scope,
    async () => {
      attempts += 1;
      throw Object.assign(new Error('canary'), { code: '40P01' });
    },
    { retries: 2 },
  );
  await expect(losing).rejects.toBeInstanceOf(DatabaseUnavailableError);
  expect(attempts).toBe(3);
});

test('a read-only transaction refuses to write', async () => {
  const writing = db.transaction(scope, (tx) => insert(tx, 'never'), { readOnly: true });
  await expect(writing).rejects.toMatchObject({ code: '25006' });
});

describe.skipIf(testDatabaseKind() !== 'postgres')('a server that goes away [Postgres only]', () => {
  const killAll = () =>
    db.asOwner((owner) =>
      owner.rows(`select pg_terminate_backend(pid) from pg_stat_activity
                  where datname = current_database() and pid <> pg_backend_pid()`),
    );

  test('is forgotten as soon as it is back', async () => {
    await Promise.all(
      [1, 2, 3].map(() => db.transaction(scope, (tx) => tx.execute(sql`select pg_sleep(0.05)`))),
    );
    await killAll();
    await sleep(50);
    expect(await db.transaction(scope, async () => 'served')).toBe('served');
  });

  test('in the middle of a transaction counts as one that is away, whatever it said last', async () => {
    let isUnderWay = () => {};
    const underWay = new Promise<void>((resolve) => {
      isUnderWay = resolve;
    });
    const cut = db
      .transaction(scope, async (tx) => {
        await insert(tx, 'cut');
        isUnderWay();
        await tx.execute(sql`select pg_sleep(600)`);
      })
      .catch((reason: unknown) => reason);
    await underWay;
    await killAll();
    expect(await cut).toBeInstanceOf(DatabaseUnavailableError);
    expect(await cut).toMatchObject({ committing: false });
    expect(await bodies()).not.toContain('cut');
  });

  test.each([
    ['by the socket', 'EPIPE'],
    ['by the server', '57P01'],
  ])('keeps its name where it was noticed %s', (_, code) => {
    const said = Object.assign(new Error('canary'), { code });
    const left = leavingError(
      new DatabaseUnavailableError('connection lost', { committing: true, cause: said }),
    );
    expect(left).toBeInstanceOf(DatabaseUnavailableError);
    expect(left).toMatchObject({ committing: true });
    expect(isRetryable(left)).toBe(false);
  });

  test('costs listeners the messages of that moment, not their post', async () => {
    const got: string[] = [];
    const stop = await db.listen('wake', (payload) => got.push(payload));
    await killAll();
    await expect
      .poll(
        async () => {
          await db.notify('wake', 'back').catch(() => {});
          return got.includes('back');
        },
        { timeout: 5_000, interval: 100 },
      )
      .toBe(true);
    await stop();
  });

  test('answers at once that it is away, without naming SQL or values', async () => {
    const away = openPostgres({ url: 'postgres://nobody@127.0.0.1:1/nothing', poolSize: 2 });
    // Whoever waits for the deadline outlasts the test.
    const error = await away
      .transaction(scope, (tx) => insert(tx, 'canary'), { deadlineMs: 600_000 })
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DatabaseUnavailableError);
    expect(String((error as Error).cause)).not.toMatch(/canary|insert/);
    await expect(away.ping()).rejects.toBeInstanceOf(DatabaseUnavailableError);
    await expect(away.listen('wake', () => {})).rejects.toThrow();
    await away.close();
  });
});

test('messages reach listeners, and stop when told to', async () => {
  const got: string[] = [];
  const stop = await db.listen('wake', (payload) => got.push(payload));
  await db.notify('wake', 'one');
  await expect.poll(() => got).toEqual(['one']);
  await stop();
  await db.notify('wake', 'two');
  await sleep(50);
  expect(got).toEqual(['one']);
});
