/**
 * Who may touch what, as SQL. None of the roles can log in, is a superuser or bypasses row-level security (before
 * PostgreSQL 16 only a superuser could create the latter, so no managed service could be migrated).
 */
export const accessRoles = ['crm_app', 'crm_search', 'crm_router', 'crm_relay'] as const;

const roleList = accessRoles.map((role) => `'${role}'`).join(', ');

function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export interface Logins {
  database: string;
  /** Login of DATABASE_MIGRATION_URL. */
  owner: string;
  /** Login of DATABASE_URL; may be the same. */
  login: string;
}

/** For a database administrator: what the migration does itself when its login has the right to. */
export function printRolesSql({ database, owner, login }: Logins): string {
  const logins = [...new Set([owner, login])].map(quoteIdentifier).join(', ');
  return [
    ...accessRoles.map((role) => `CREATE ROLE ${role} NOLOGIN NOSUPERUSER NOBYPASSRLS;  -- unless it exists`),
    `GRANT ${accessRoles.join(', ')} TO ${logins};`,
    `ALTER DATABASE ${quoteIdentifier(database)} OWNER TO ${quoteIdentifier(owner)};`,
    `-- within ${database}; since PostgreSQL 15 it is so by default:`,
    'ALTER SCHEMA public OWNER TO pg_database_owner;',
  ].join('\n');
}

/** The names in the connection URLs, for `printRolesSql`. */
export function loginsOf(url: string, migrationUrl = url): Logins {
  const nameIn = (part: string) => decodeURIComponent(part);
  const owner = new URL(migrationUrl);
  return {
    database: nameIn(owner.pathname.slice(1)),
    owner: nameIn(owner.username),
    login: nameIn(new URL(url).username),
  };
}

/** Roles that are missing, or that a login is no member of yet; roles are cluster-wide, so others may have made them. */
export const missingRolesSql = `
  select role.name as role, login.name as login,
         exists (select from pg_roles where rolname = role.name) as present
  from unnest(array[${roleList}]) as role(name)
  cross join (select unnest(string_to_array($1, ',')) union select current_user::text) as login(name)
  where not exists (select from pg_roles where rolname = role.name)
     or not pg_has_role(login.name, (select oid from pg_roles where rolname = role.name), 'MEMBER')`;

export const privilegesSql = `
  select rolsuper or rolcreaterole as "canCreateRoles",
         has_database_privilege(current_database(), 'CREATE')
           and pg_has_role(current_user, (select nspowner from pg_namespace where nspname = 'public'), 'USAGE')
           as "ownsDatabase",
         current_database()::text as database, current_user::text as owner
  from pg_roles where rolname = current_user`;

/** Another database of the same cluster may be creating the same role at this moment. */
export function createRoleSql(role: string): string {
  return `do $$ begin
    create role ${role} nologin nosuperuser nobypassrls;
  exception when duplicate_object or unique_violation then null; end $$`;
}

export function grantRoleSql(role: string, login: string): string {
  return `do $$ begin
    grant ${role} to ${quoteIdentifier(login)};
  exception when unique_violation then null; end $$`;
}

/** Functions can be handed to \`crm_search\` only if it may create in the schema; taken back at the end. */
export const beforeMigrationsSql = `
  grant usage on schema public to ${accessRoles.join(', ')};
  revoke create on schema public from public;
  grant create on schema public to crm_search;`;

/**
 * Runs after every migration and changes only what differs: forces row-level security, derives grants and
 * insert-only triggers from the policies, hands SECURITY DEFINER functions to crm_search. Refuses a table that
 * carries org_id but no policy, and a role that would bypass policies.
 */
export const accessSql = `
create or replace function refuse_change() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  raise exception 'rows of % are never changed or removed', tg_table_name using errcode = 'insufficient_privilege';
end $$;

do $$
declare
  item record;
  wanted text[];
  held text[];
begin
  select string_agg(rolname, ', ') as names into item from pg_roles
  where rolname in (${roleList}) and (rolsuper or rolbypassrls);
  if item.names is not null then
    raise exception 'role % may bypass row-level security; alter it to NOSUPERUSER NOBYPASSRLS', item.names;
  end if;

  select string_agg(c.relname, ', ') as names into item
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    and (not c.relrowsecurity or not exists (select from pg_policy p where p.polrelid = c.oid));
  if item.names is not null then
    raise exception 'tables with org_id but without policies: %; declare them with orgTable, scopedTable or policies()',
      item.names;
  end if;

  for item in
    select c.oid, c.oid::regclass as name, c.relforcerowsecurity as forced
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relrowsecurity
  loop
    if not item.forced then
      execute format('alter table %s force row level security', item.name);
    end if;
  end loop;

  -- A role gets on a table what it has a policy for (all, select, insert), and nothing else.
  for item in
    select c.oid, c.oid::regclass as name, role.name as role, role.oid as role_oid, c.relacl
    from pg_class c
    cross join (select oid, rolname as name from pg_roles where rolname in (${roleList})) as role
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v')
      and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid
                      and d.deptype = 'e')
      and (c.relkind <> 'v' or role.name = 'crm_app')
  loop
    select coalesce(array_agg(distinct kind order by kind), '{}') into wanted
    from (
      select unnest(case p.polcmd when 'r' then array['SELECT'] when 'a' then array['INSERT']
                    when 'w' then array['UPDATE'] when 'd' then array['DELETE']
                    else array['SELECT', 'INSERT', 'UPDATE', 'DELETE'] end) as kind
      from pg_policy p where p.polrelid = item.oid and item.role_oid = any (p.polroles)
      union all
      -- Views are security_invoker: they show what the role may see anyway.
      select 'SELECT' from pg_class v where v.oid = item.oid and v.relkind = 'v'
        and exists (select from unnest(v.reloptions) o where lower(o) in ('security_invoker=true', 'security_invoker=on',
                                                                          'security_invoker=1'))
    ) as kinds;
    select coalesce(array_agg(distinct privilege_type order by privilege_type), '{}') into held
    from aclexplode(item.relacl) where grantee = item.role_oid;
    if wanted <> held then
      execute format('revoke all on %s from %I', item.name, item.role);
      if wanted <> '{}' then
        execute format('grant %s on %s to %I', array_to_string(wanted, ', '), item.name, item.role);
      end if;
    end if;
  end loop;

  for item in
    select p.polrelid::regclass as name from pg_policy p join pg_class c on c.oid = p.polrelid
    where c.relnamespace = 'public'::regnamespace and p.polname = c.relname || '_append'
      and not exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'refuse_change')
  loop
    execute format('create trigger refuse_change before update or delete on %s
                    for each row execute function refuse_change()', item.name);
    execute format('create trigger refuse_truncate before truncate on %s
                    for each statement execute function refuse_change()', item.name);
  end loop;

  -- Such a function acts as its owner: owned by the migrating login, possibly a superuser, it would see everything.
  for item in
    select f.oid::regprocedure as name from pg_proc f
    where f.pronamespace = 'public'::regnamespace and f.prosecdef
      and f.proowner <> 'crm_search'::regrole
      and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = f.oid
                      and d.deptype = 'e')
  loop
    execute format('alter function %s owner to crm_search', item.name);
    execute format('revoke all on function %s from public', item.name);
    execute format('grant execute on function %s to crm_app', item.name);
  end loop;
end $$;

revoke create on schema public from crm_search;
`;
