import { expect, test } from 'vitest';
import { testDatabase } from '../../support/database.ts';

/**
 * Unique keys of routing tables, looked up before the organization is known. Every other unique key starts with
 * org_id: without it, a refused insert tells one organization what another one has, and the table could not be
 * distributed by organization.
 */
const globalKeys = [
  'organizations_slug',
  'installations_external',
  'api_keys_hash',
  'sessions_hash',
  'one_time_codes_hash',
  'oauth_states_hash',
];

test('every primary, unique and foreign key starts with the organization', async () => {
  const db = await testDatabase();
  const rows = await db.asOwner((owner) =>
    owner.rows<{ table: string; name: string; first: string }>(`
      select i.indrelid::regclass::text as table, k.relname::text as name,
             (select attname from pg_attribute where attrelid = i.indrelid and attnum = i.indkey[0])::text as first
      from pg_index i join pg_class k on k.oid = i.indexrelid join pg_class c on c.oid = i.indrelid
      where c.relnamespace = 'public'::regnamespace and (i.indisunique or i.indisprimary)
      union all
      select conrelid::regclass::text, conname::text,
             (select attname from pg_attribute where attrelid = conrelid and attnum = conkey[1])::text
      from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`),
  );
  expect(rows.length).toBeGreaterThan(0);
  const wrong = rows.filter((row) => row.first !== 'org_id' && !globalKeys.includes(row.name));
  expect(wrong).toEqual([]);
});

test('row-level security is forced on every table, with the organization as the only way in', async () => {
  const db = await testDatabase();
  const rows = await db.asOwner((owner) =>
    owner.rows<{ table: string; ok: boolean }>(`
      select c.relname::text as table,
             c.relrowsecurity and c.relforcerowsecurity
             and exists (select from pg_policies p where p.tablename = c.relname and p.roles = '{crm_app}')
             and not exists (
               select from pg_policies p where p.tablename = c.relname and 'crm_app' = any (p.roles)
               and coalesce(p.qual, p.with_check) !~ 'SELECT .*current_setting\\(''app.org_id''::text\\)') as ok
      from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`),
  );
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.filter((row) => !row.ok)).toEqual([]);
});
