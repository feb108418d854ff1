import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessRoles } from '../../../src/infra/db/access.sql.ts';
import type { Database, Scope } from '../../../src/infra/db/client.ts';
import { applyAccess } from '../../../src/infra/db/migrate.ts';
import { rowsOf } from '../../../src/store/tx.ts';
import { freshDatabase } from '../../support/database.ts';

/** As `policies()` of src/store/org-table.ts has them generated. */
const own = `(select current_setting('app.org_id')::uuid) = org_id`;
const tables = `
  create table plain (org_id uuid not null, id uuid not null, body text, primary key (org_id, id));
  alter table plain enable row level security;
  create policy plain_own on plain to crm_app using (${own}) with check (${own});

  create table routed (org_id uuid not null, id uuid not null, body text, primary key (org_id, id));
  alter table routed enable row level security;
  create policy routed_own on routed to crm_app using (${own}) with check (${own});
  create policy routed_router on routed for select to crm_router using (true);

  create table queued (org_id uuid not null, id uuid not null, body text, primary key (org_id, id));
  alter table queued enable row level security;
  create policy queued_own on queued to crm_app using (${own}) with check (${own});
  create policy queued_relay on queued to crm_relay using (true) with check (true);

  create table trail (org_id uuid not null, id uuid not null, body text, primary key (org_id, id));
  alter table trail enable row level security;
  create policy trail_own on trail for select to crm_app using (${own});
  create policy trail_append on trail for insert to crm_app with check (${own});

  create function find_plain(wanted text) returns setof uuid language sql stable security definer
    set search_path = public, pg_temp
    as $$ select id from plain where org_id = current_setting('app.org_id')::uuid and body ilike wanted $$;
  create policy plain_search on plain for select to crm_search using (true);

  create view plain_view with (security_invoker = true) as select body from plain;
  create view leaky_view as select body from plain;`;

let db: Database;
const a = randomUUID();
const b = randomUUID();
const as = (orgId: string): Scope => ({ as: 'app', orgId });
const run = (scope: Scope, text: string) => db.transaction(scope, (tx) => rowsOf(tx, sql.raw(text)));
const refusal = async (scope: Scope, text: string) => {
  const error = await run(scope, text).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return (error as { code?: string } | undefined)?.code ?? 'no error';
};

beforeAll(async () => {
  db = await freshDatabase({ poolSize: 2 });
  await db.asOwner(async (owner) => {
    await owner.exec(tables);
    await applyAccess(owner);
  });
  for (const orgId of [a, b]) {
    for (const table of ['plain', 'routed', 'queued', 'trail']) {
      await run(as(orgId), `insert into ${table} values ('${orgId}', '${randomUUID()}', 'of ${orgId}')`);
    }
  }
});
afterAll(() => db.close());

describe('one organization', () => {
  test.each(['plain', 'routed', 'queued', 'trail'])('sees only its own rows of %s', async (table) => {
    expect(await run(as(a), `select body from ${table}`)).toEqual([{ body: `of ${a}` }]);
    expect(await run(as(a), `select body from ${table} where org_id = '${b}'`)).toEqual([]);
  });

  test('cannot write a row of another one', async () => {
    expect(await refusal(as(b), `insert into plain values ('${a}', '${randomUUID()}', 'planted')`)).toBe(
      '42501',
    );
    expect(await refusal(as(b), `update plain set org_id = '${a}'`)).toBe('42501');
    expect(await run(as(b), `update plain set body = 'x' where org_id = '${a}' returning id`)).toEqual([]);
    expect(await run(as(b), `delete from plain where org_id = '${a}' returning id`)).toEqual([]);
  });

  test('searches through a definer function only what it owns', async () => {
    expect(await run(as(a), `select count(*) as n from find_plain('of %')`)).toEqual([{ n: '1' }]);
    const [made] = await db.asOwner((owner) =>
      owner.rows(`select pg_get_userbyid(proowner)::text as owner from pg_proc where proname = 'find_plain'`),
    );
    expect(made).toEqual({ owner: 'crm_search' });
    expect(await refusal({ as: 'router' }, `select find_plain('%')`)).toBe('42501');
  });

  test('reads views that run with its own rights, and no others', async () => {
    expect(await run(as(a), 'select body from plain_view')).toEqual([{ body: `of ${a}` }]);
    expect(await refusal(as(a), 'select body from leaky_view')).toBe('42501');
  });

  test('an organization that is no uuid never reaches the database', async () => {
    await expect(db.transaction(as(`' or true --`), async () => {})).rejects.toThrow('not a uuid');
  });
});

describe('no organization', () => {
  test('is an error, not an empty result', async () => {
    // Also on a connection where an earlier transaction had set one.
    await run(as(a), 'select 1');
    const unset = `select set_config('role', 'crm_app', true)`;
    for (const text of ['select * from plain', `insert into plain values ('${a}', '${randomUUID()}', '')`]) {
      const looking = db.transaction({ as: 'owner' }, async (tx) => {
        await rowsOf(tx, sql.raw(unset));
        return rowsOf(tx, sql.raw(text));
      });
      await expect(looking).rejects.toMatchObject({ code: expect.stringMatching(/^(22P02|42704)$/) });
    }
  });

  test('the router reads routing tables of all, and nothing else', async () => {
    expect(await run({ as: 'router' }, 'select count(*) as n from routed')).toEqual([{ n: '2' }]);
    expect(await refusal({ as: 'router' }, 'select * from plain')).toBe('42501');
    expect(await refusal({ as: 'router' }, `update routed set body = ''`)).toBe('42501');
  });

  test('the relay works through queues of all, and nothing else', async () => {
    expect(await run({ as: 'relay' }, `update queued set body = body returning 1 as n`)).toHaveLength(2);
    expect(await refusal({ as: 'relay' }, 'select * from plain')).toBe('42501');
    expect(await refusal({ as: 'relay' }, 'select * from trail')).toBe('42501');
  });
});

describe('an insert-only table', () => {
  test('takes rows and refuses to change or lose them', async () => {
    for (const text of [`update trail set body = ''`, 'delete from trail', 'truncate trail']) {
      expect(await refusal(as(a), text)).toBe('42501');
    }
    expect(await run(as(a), 'select body from trail')).toHaveLength(1);
  });

  test('refuses its owner as well', async () => {
    for (const text of [`update trail set body = ''`, 'delete from trail', 'truncate trail']) {
      const changing = db.asOwner((owner) => owner.exec(`set local row_security = off; ${text}`));
      await expect(changing).rejects.toMatchObject({ code: '42501' });
    }
  });
});

describe('roles', () => {
  test('none can log in, is a superuser or bypasses row-level security', async () => {
    const rows = await db.asOwner((owner) =>
      owner.rows(`select rolname::text as name from pg_roles where rolname like 'crm\\_%'
                  and not rolsuper and not rolbypassrls and not rolcanlogin and not rolcreaterole order by 1`),
    );
    expect(rows.map((row) => row.name)).toEqual([...accessRoles].sort());
  });

  test('none may create anything in the schema', async () => {
    for (const scope of [as(a), { as: 'router' }, { as: 'relay' }] as Scope[]) {
      expect(await refusal(scope, 'create table planted (x int)')).toBe('42501');
    }
  });

  test('a table with org_id but without a policy stops the migration', async () => {
    const adding = db.asOwner(async (owner) => {
      await owner.exec('create table forgotten (org_id uuid primary key)');
      await applyAccess(owner);
    });
    await expect(adding).rejects.toThrow(/forgotten/);
  });
});
