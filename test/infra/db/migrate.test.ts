import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { Connection } from '../../../src/infra/db/connection.ts';
import { MissingPrivilegeError, migrate, migrationState } from '../../../src/infra/db/migrate.ts';
import { openPostgres } from '../../../src/infra/db/postgres.ts';
import { rowsOf } from '../../../src/store/tx.ts';
import { emptyPostgres, freshDatabase, freshDirectory, testDatabaseKind } from '../../support/database.ts';

const isPostgres = testDatabaseKind() === 'postgres';
const own = `(select current_setting('app.org_id')::uuid) = org_id`;
const first = `
  create table plants (org_id uuid not null, id uuid not null, name text not null, primary key (org_id, id));
  --> statement-breakpoint
  alter table plants enable row level security;
  --> statement-breakpoint
  create policy plants_own on plants to crm_app using (${own}) with check (${own});`;
const second = 'alter table plants add column height integer;';
const third = 'alter table plants add column colour text;';

/** A folder as drizzle-kit writes it; the key is the time the migration was generated. */
function migrations(files: Record<number, string>): string {
  const folder = freshDirectory();
  mkdirSync(join(folder, 'meta'));
  const entries = Object.entries(files).map(([when, text], idx) => {
    writeFileSync(join(folder, `${when}.sql`), text);
    return { idx, when: Number(when), tag: when, breakpoints: true };
  });
  writeFileSync(join(folder, 'meta/_journal.json'), JSON.stringify({ entries }));
  return folder;
}

test('migrations are applied once, late-merged ones included, and access follows', async () => {
  const db = await freshDatabase();
  expect(await migrate(db, { folder: migrations({ 1: first }) })).toBe(1);
  expect(await migrate(db, { folder: migrations({ 1: first, 3: third }) })).toBe(1);
  const folder = migrations({ 1: first, 2: second, 3: third });
  expect((await migrationState(db, folder)).pending).toHaveLength(1);
  // drizzle's own migrator would skip this one: it is older than the last one applied.
  expect(await migrate(db, { folder })).toBe(1);
  expect(await migrate(db, { folder })).toBe(0);
  const orgId = randomUUID();
  const plants = await db.transaction({ as: 'app', orgId }, async (tx) => {
    await tx.execute(sql`insert into plants values (${orgId}, ${randomUUID()}, 'fern', 'green', 3)`);
    return rowsOf(tx, sql`select name, height, colour from plants`);
  });
  expect(plants).toEqual([{ name: 'fern', height: 3, colour: 'green' }]);
  await db.close();
}, 60_000);

test('a failing migration leaves what was there', async () => {
  const db = await freshDatabase();
  await migrate(db, { folder: migrations({ 1: first }) });
  const folder = migrations({ 1: first, 2: second, 3: 'select nonsense' });
  await expect(migrate(db, { folder })).rejects.toThrow();
  expect((await migrationState(db, folder)).pending).toHaveLength(2);
  const [columns] = await db.asOwner((owner) =>
    owner.rows(`select count(*)::int as n from information_schema.columns where table_name = 'plants'`),
  );
  expect(columns).toEqual({ n: 3 });
  await db.close();
}, 60_000);

test('every migration of ours that writes rows may do so as a login that is no superuser', () => {
  const folder = join(import.meta.dirname, '../../../drizzle');
  const written: string[] = [];
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.sql'))) {
    const statements = readFileSync(join(folder, file), 'utf8').split('--> statement-breakpoint');
    const lifted = new Set<string>();
    for (const statement of statements) {
      const words = statement.replace(/^\s*--.*$/gm, '').trim();
      const [, free] = /^(?:ALTER TABLE "(\w+)" NO FORCE ROW LEVEL SECURITY|CREATE TABLE)/i.exec(words) ?? [];
      const [, made] = /^CREATE TABLE "(\w+)"/i.exec(words) ?? [];
      for (const table of [free, made]) if (table) lifted.add(table);
      if (!/^(?:UPDATE|INSERT|DELETE|WITH)\b/i.test(words)) continue;
      const tables = words.matchAll(/\b(?:UPDATE|INTO|FROM|JOIN)\s+"(\w+)"/gi);
      for (const [, table = ''] of tables) {
        written.push(`${file} ${table}`);
        expect(lifted, `${file} touches rows of ${table}: NO FORCE ROW LEVEL SECURITY first`).toContain(
          table,
        );
      }
    }
  }
  expect(written).toContain('0021_desk-scopes.sql audit');
});

test('the migrated template needs nothing more', async () => {
  const db = await freshDatabase();
  expect(await migrate(db)).toBe(0);
  await db.close();
});

describe.skipIf(!isPostgres)('on a server [Postgres only]', () => {
  test('three replicas that start together migrate once', async () => {
    for (let round = 0; round < 5; round++) {
      const url = await emptyPostgres();
      const folder = migrations({ 1: first, 2: second });
      const replicas = Array.from({ length: 3 }, () => openPostgres({ url, poolSize: 1 }));
      const applied = await Promise.all(replicas.map((replica) => migrate(replica, { folder })));
      expect(applied.sort()).toEqual([0, 0, 2]);
      await Promise.all(replicas.map((replica) => replica.close()));
    }
  });

  test('an owner without superuser migrates; the service runs as a login that owns nothing', async () => {
    await withLogins('createrole', async ({ ownerUrl, loginUrl }) => {
      const db = openPostgres({ url: loginUrl, migrationUrl: ownerUrl, poolSize: 1 });
      expect(await migrate(db, { folder: migrations({ 1: first }) })).toBe(1);
      const orgId = randomUUID();
      await db.transaction({ as: 'app', orgId }, async (tx) => {
        await tx.execute(sql`insert into plants values (${orgId}, ${randomUUID()}, 'fern')`);
        expect(await rowsOf(tx, sql`select name from plants`)).toHaveLength(1);
      });
      const owned = db.transaction({ as: 'owner' }, (tx) => rowsOf(tx, sql`select name from plants`));
      await expect(owned).rejects.toMatchObject({ code: '22P02' });
      await db.close();
      const login = new Connection({ url: loginUrl });
      await expect(login.exec('select * from plants')).rejects.toMatchObject({ code: '42501' });
      await login.close();
    });
  });

  test('an owner that may not grant the roles is told what a database administrator has to run', async () => {
    await withLogins('nocreaterole', async ({ ownerUrl, loginUrl, admin }) => {
      const db = openPostgres({ url: loginUrl, migrationUrl: ownerUrl, poolSize: 1 });
      const folder = migrations({ 1: first });
      const error = await migrate(db, { folder }).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(MissingPrivilegeError);
      // The roles exist in this cluster; the rest of the printed SQL runs as it is.
      const missing = (error as MissingPrivilegeError).sql
        .split('\n')
        .filter((line) => !line.startsWith('CREATE'));
      await admin.exec(missing.join('\n'));
      expect(await migrate(db, { folder })).toBe(1);
      await db.close();
    });
  });
});

interface LoginCase {
  ownerUrl: string;
  loginUrl: string;
  admin: Connection;
}

async function withLogins(right: 'createrole' | 'nocreaterole', run: (logins: LoginCase) => Promise<void>) {
  const url = await emptyPostgres();
  const name = new URL(url).pathname.slice(1);
  const [owner, login] = [`${name}_owner`, `${name}_login`];
  const admin = new Connection({ url });
  await admin.exec(`create role ${owner} login nosuperuser ${right}; create role ${login} login noinherit;
                    alter database ${name} owner to ${owner}`);
  const as = (user: string) => Object.assign(new URL(url), { username: user, password: '' }).toString();
  try {
    await run({ ownerUrl: as(owner), loginUrl: as(login), admin });
  } finally {
    await admin.exec(`reassign owned by ${owner} to current_user; drop owned by ${owner}, ${login};
                      drop role ${login}; drop role ${owner}`);
    await admin.close();
  }
}
