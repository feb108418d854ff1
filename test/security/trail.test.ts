import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { rowsOf } from '../../src/store/tx.ts';
import { type TestApp, testApp } from '../support/app.ts';

const tables = ['audit', 'record_changes'] as const;

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
  await app.as('emma').type('new-lead "Trail Pumps" Jane jane@trail.example 80k');
});

const rowsIn = (table: string) =>
  app.inOrg((tx) =>
    rowsOf<{ row: string }>(tx, sql`select t::text as row from ${sql.identifier(table)} t order by 1`),
  );

/** The code of the refusal; the statement is undone where it is none. */
async function refused(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'no error',
    (error: { code?: string }) => error.code ?? String(error),
  );
}

describe.each(tables)('%s', (table) => {
  /** Each would change something or lose it. */
  const tampering = [
    `update ${table} set at = at - interval '1 day'`,
    `update ${table} set org_id = '${randomUUID()}'`,
    `delete from ${table}`,
    `truncate ${table}`,
    `truncate ${table} cascade`,
    `insert into ${table} select * from ${table} limit 1 on conflict (org_id, id) do update set at = now()`,
    `merge into ${table} t using (select 1) one on true when matched then delete`,
    `alter table ${table} disable trigger all`,
    `drop trigger refuse_change on ${table}`,
    `drop table ${table}`,
    'set local session_replication_role = replica',
  ];

  test('has something that could be lost', async () => {
    expect((await rowsIn(table)).length).toBeGreaterThan(0);
  });

  test.each(tampering)('takes no %s from the service', async (text) => {
    const before = await rowsIn(table);
    const error = await refused(app.inOrg((tx) => tx.execute(sql.raw(text))));
    expect(error).toBe('42501');
    expect(await rowsIn(table)).toEqual(before);
  });

  test.each(['router', 'relay'] as const)('is closed to the %s', async (role) => {
    for (const text of [`delete from ${table}`, `update ${table} set at = now()`, `truncate ${table}`]) {
      expect(await refused(app.db.transaction({ as: role }, (tx) => tx.execute(sql.raw(text))))).toBe(
        '42501',
      );
    }
  });

  test.each([`update ${table} set at = now()`, `delete from ${table}`, `truncate ${table}`])(
    'takes no %s from the login that owns it',
    async (text) => {
      const before = await rowsIn(table);
      const error = await refused(
        app.db.asOwner((owner) => owner.exec(`set local row_security = off; ${text}`)),
      );
      expect(error).toBe('42501');
      expect(await rowsIn(table)).toEqual(before);
    },
  );

  test('and the same statements change a table that is none of a trail', async () => {
    const name = `naive_${table}_${randomBytes(4).toString('hex')}`;
    await app.db.asOwner((owner) =>
      owner.exec(`create table ${name} (org_id uuid, id uuid, at timestamptz);
                  grant select, insert, update, delete, truncate on ${name} to crm_app;
                  insert into ${name} values ('${app.orgId}', '${randomUUID()}', now());`),
    );
    try {
      for (const text of [`update ${name} set at = now()`, `delete from ${name}`, `truncate ${name}`]) {
        expect(await refused(app.inOrg((tx) => tx.execute(sql.raw(text))))).toBe('no error');
      }
      expect(await rowsIn(name)).toEqual([]);
    } finally {
      await app.db.asOwner((owner) => owner.exec(`drop table ${name}`));
    }
  });
});
