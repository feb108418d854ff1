import { randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Connection } from '../../../src/infra/db/connection.ts';
import type { Database } from '../../../src/infra/db/database.ts';
import { migrate } from '../../../src/infra/db/migrate.ts';
import { openPostgres } from '../../../src/infra/db/postgres.ts';
import { rowsOf } from '../../../src/store/tx.ts';
import { emptyPostgres, freshDirectory, testDatabaseKind } from '../../support/database.ts';

const drizzle = join(import.meta.dirname, '../../../drizzle');
const wanted = '0021_desk-scopes';

/** All migrations before the one that notes who set a desk up. */
function before(): string {
  const folder = freshDirectory();
  mkdirSync(join(folder, 'meta'));
  const journal = JSON.parse(readFileSync(join(drizzle, 'meta/_journal.json'), 'utf8')) as {
    entries: { idx: number; tag: string }[];
  };
  const at = journal.entries.findIndex(({ tag }) => tag === wanted);
  const entries = journal.entries.slice(0, at);
  for (const { tag } of entries) cpSync(join(drizzle, `${tag}.sql`), join(folder, `${tag}.sql`));
  writeFileSync(join(folder, 'meta/_journal.json'), JSON.stringify({ ...journal, entries }));
  return folder;
}

/** What the version before left of a desk, oldest first: who did what; nobody is a job. */
interface Story {
  done: readonly { by: string | null; action: string }[];
  /** Who set its channel up. */
  channelBy: string | null;
  archived?: true;
}

const [tom, ada, lina, chen] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
const here = 'approvals.desk';
const off = 'approvals.desk-off';
const stories = {
  'made once': { done: [{ by: tom, action: here }], channelBy: ada },
  'made again by somebody else': {
    done: [
      { by: tom, action: here },
      { by: ada, action: off },
      { by: lina, action: here },
    ],
    channelBy: ada,
  },
  'switched off by somebody else': {
    done: [
      { by: tom, action: here },
      { by: ada, action: off },
    ],
    channelBy: ada,
    archived: true,
  },
  'switched off, and brought back by undo': {
    done: [
      { by: tom, action: here },
      { by: ada, action: off },
      { by: ada, action: 'audit.undo' },
    ],
    channelBy: ada,
  },
  'made by nobody who is known, in a channel of Finance': { done: [], channelBy: chen },
  'made by a job, in a channel of Finance': { done: [{ by: null, action: here }], channelBy: chen },
  'made by nobody who is known': { done: [], channelBy: null },
} satisfies Record<string, Story>;

async function write(db: Database, orgId: string, deskId: string, story: Story): Promise<void> {
  const channelId = randomUUID();
  const at = (minute: number) => new Date(Date.UTC(2026, 9, 1, 9, minute)).toISOString();
  await db.transaction({ as: 'app', orgId }, async (tx) => {
    await tx.execute(sql`insert into channels
      (org_id, id, platform, installation, place_id, name, locale, time_zone, set_by, created_at, updated_at)
      values (${orgId}, ${channelId}, 'slack', 'T1', ${channelId}, 'desk', 'en', 'UTC', ${story.channelBy},
        ${at(0)}, ${at(0)})`);
    await tx.execute(sql`insert into approval_desks (org_id, id, channel_id, created_at, updated_at, archived_at)
      values (${orgId}, ${deskId}, ${channelId}, ${at(0)}, ${at(0)}, ${story.archived ? at(50) : null})`);
    for (const [index, { by, action }] of story.done.entries()) {
      const auditId = randomUUID();
      await tx.execute(sql`insert into audit (org_id, id, at, actor_id, actor_name, platform, action, input)
        values (${orgId}, ${auditId}, ${at(index)}, ${by}, 'somebody', 'slack', ${action}, '{}')`);
      await tx.execute(sql`insert into record_changes
        (org_id, id, audit_id, at, kind, record_id, op, version, before, after)
        values (${orgId}, ${randomUUID()}, ${auditId}, ${at(index)}, 'approval-desk', ${deskId},
          ${index === 0 ? 'create' : 'update'}, ${index + 1}, '{}', '{}')`);
    }
  });
}

const setterOf = (db: Database, orgId: string, deskId: string) =>
  db.transaction({ as: 'app', orgId }, (tx) =>
    rowsOf(tx, sql`select set_by_id, unit_id from approval_desks where id = ${deskId}`),
  );

describe.skipIf(testDatabaseKind() !== 'postgres').each([
  ['a superuser', 'superuser'],
  ['a login that owns the tables and no more', 'nosuperuser createrole'],
])('desks of the version before, migrated by %s [Postgres only]', (_who, rights) => {
  const expected: Record<keyof typeof stories, string | null> = {
    'made once': tom,
    'made again by somebody else': lina,
    'switched off by somebody else': tom,
    'switched off, and brought back by undo': tom,
    'made by nobody who is known, in a channel of Finance': chen,
    'made by a job, in a channel of Finance': chen,
    'made by nobody who is known': null,
  };
  const orgId = randomUUID();
  const otherOrgId = randomUUID();
  const ids = new Map(Object.keys(stories).map((name) => [name, randomUUID()]));
  let db: Database;
  let cleanUp: () => Promise<void>;

  beforeAll(async () => {
    const url = await emptyPostgres();
    const name = new URL(url).pathname.slice(1);
    const owner = `${name}_owner`;
    const admin = new Connection({ url });
    await admin.exec(`create role ${owner} login ${rights}; alter database ${name} owner to ${owner}`);
    db = openPostgres({ url: Object.assign(new URL(url), { username: owner }).toString(), poolSize: 1 });
    cleanUp = async () => {
      await db.close();
      await admin.exec(
        `reassign owned by ${owner} to current_user; drop owned by ${owner}; drop role ${owner}`,
      );
      await admin.close();
    };
    await migrate(db, { folder: before() });
    for (const [name_, story] of Object.entries(stories)) {
      await write(db, orgId, ids.get(name_) ?? '', story);
    }
    // The same desk in another organization: what was done there is not what was done here.
    await write(db, otherOrgId, ids.get('made once') ?? '', {
      done: [{ by: chen, action: here }],
      channelBy: null,
    });
    await migrate(db);
  }, 60_000);
  afterAll(() => cleanUp());

  test.each(Object.entries(expected))('%s', async (name, memberId) => {
    expect(await setterOf(db, orgId, ids.get(name) ?? '')).toEqual([{ set_by_id: memberId, unit_id: null }]);
  });

  test('are kept from everybody else again', async () => {
    const [open] = await db.asOwner((owner) =>
      owner.rows(`select count(*)::int as n from pg_class
        where relnamespace = 'public'::regnamespace and relrowsecurity and not relforcerowsecurity`),
    );
    expect(open).toEqual({ n: 0 });
  });

  test('belong to their own organization', async () => {
    const found = await setterOf(db, otherOrgId, ids.get('made once') ?? '');
    expect(found).toEqual([{ set_by_id: chen, unit_id: null }]);
  });
});
