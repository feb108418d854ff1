import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import type { Log } from '../../runtime/ports.ts';
import {
  accessSql,
  beforeMigrationsSql,
  createRoleSql,
  grantRoleSql,
  missingRolesSql,
  printRolesSql,
  privilegesSql,
} from './access.sql.ts';
import type { Database, OwnerConnection } from './database.ts';

export { loginsOf, printRolesSql } from './access.sql.ts';

/** The migrating login may not create roles; `sql` is what a database administrator runs instead. */
export class MissingPrivilegeError extends Error {
  readonly sql: string;
  constructor(reason: string, sql: string) {
    super(`${reason}. Let a database administrator run:\n\n${sql}\n\nthen start again.`);
    this.name = 'MissingPrivilegeError';
    this.sql = sql;
  }
}

export interface MigrateOptions {
  /** Folder drizzle-kit writes; default `drizzle/` of this project. */
  folder?: string;
  log?: Log;
}

export interface MigrationState {
  applied: number;
  pending: string[];
}

const defaultFolder = fileURLToPath(new URL('../../../drizzle', import.meta.url));

/** Any number; one lock per database, so that replicas that start together migrate once. */
const lockKey = '7205759403792793';

/**
 * Brings the schema up to date and then roles, grants and forced row-level security (see access.sql.ts). Safe to
 * run from several processes at once; all of it is one transaction, so a failure leaves what was there. Answers
 * how many migrations it applied.
 * Throws MissingPrivilegeError when the login may not do what is left to do.
 */
export async function migrate(database: Database, options: MigrateOptions = {}): Promise<number> {
  const migrations = migrationsIn(options.folder ?? defaultFolder);
  return database.asOwner(async (owner) => {
    await owner.exec(`select pg_advisory_xact_lock(${lockKey})`);
    const accessHash = createHash('sha256').update(beforeMigrationsSql).update(accessSql).digest('hex');
    const state = await stateOf(owner);
    const pending = migrations.filter((migration) => !state.applied.has(migration.folderMillis));
    const missing = await missingRoles(owner, database.login);
    if (pending.length === 0 && missing.length === 0 && state.accessHash === accessHash) return 0;

    await makeRoles(owner, database.login, missing);
    await owner.exec(`
      create schema if not exists drizzle;
      create table if not exists drizzle.__drizzle_migrations (
        id serial primary key, hash text not null, created_at bigint);
      create table if not exists drizzle.access (hash text not null);`);
    await owner.exec(beforeMigrationsSql);
    for (const migration of pending) {
      for (const statement of migration.sql) await owner.exec(statement);
      await owner.rows(
        'insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2::bigint) returning id',
        [migration.hash, String(migration.folderMillis)],
      );
    }
    await applyAccess(owner);
    await owner.exec('delete from drizzle.access');
    await owner.rows('insert into drizzle.access (hash) values ($1) returning hash', [accessHash]);
    if (pending.length > 0) options.log?.info({ applied: pending.length }, 'database migrated');
    return pending.length;
  });
}

/** Grants, forced row-level security and insert-only triggers for the tables that exist now. */
export async function applyAccess(owner: OwnerConnection): Promise<void> {
  await owner.exec(accessSql);
}

/** What is applied and what is left to do, without changing anything (for `doctor` and `/readyz`). */
export async function migrationState(database: Database, folder = defaultFolder): Promise<MigrationState> {
  const migrations = migrationsIn(folder);
  return database.asOwner(async (owner) => {
    const { applied } = await stateOf(owner);
    const pending = migrations.filter((migration) => !applied.has(migration.folderMillis));
    return { applied: migrations.length - pending.length, pending: pending.map((m) => m.hash.slice(0, 12)) };
  });
}

/**
 * Applied migrations by their timestamp, all of them: drizzle's own migrator looks at the last one only and skips
 * a migration that was generated earlier but merged later.
 */
async function stateOf(
  owner: OwnerConnection,
): Promise<{ applied: Set<number>; accessHash: string | undefined }> {
  const [present] = await owner.rows<{ migrations: boolean; access: boolean }>(
    `select to_regclass('drizzle.__drizzle_migrations') is not null as migrations,
            to_regclass('drizzle.access') is not null as access`,
  );
  const applied = present?.migrations
    ? await owner.rows<{ at: string }>('select created_at::text as at from drizzle.__drizzle_migrations')
    : [];
  const access = present?.access ? await owner.rows<{ hash: string }>('select hash from drizzle.access') : [];
  return { applied: new Set(applied.map((row) => Number(row.at))), accessHash: access[0]?.hash };
}

function migrationsIn(folder: string) {
  return readMigrationFiles({ migrationsFolder: folder });
}

interface MissingRole extends Record<string, unknown> {
  role: string;
  login: string;
  present: boolean;
}

function missingRoles(owner: OwnerConnection, login: string): Promise<MissingRole[]> {
  return owner.rows<MissingRole>(missingRolesSql, [login]);
}

async function makeRoles(
  owner: OwnerConnection,
  login: string,
  missing: readonly MissingRole[],
): Promise<void> {
  const [may] = await owner.rows<{
    canCreateRoles: boolean;
    ownsDatabase: boolean;
    database: string;
    owner: string;
  }>(privilegesSql);
  if (!may) throw new Error('the login is no role of this server');
  const sql = printRolesSql({ database: may.database, owner: may.owner, login: login || may.owner });
  if (!may.ownsDatabase) {
    throw new MissingPrivilegeError(`the login ${may.owner} does not own the database ${may.database}`, sql);
  }
  if (missing.length === 0) return;
  if (!may.canCreateRoles) {
    const names = [...new Set(missing.map((item) => item.role))].join(', ');
    throw new MissingPrivilegeError(`the roles ${names} are missing or not granted`, sql);
  }
  for (const { role, present } of missing) if (!present) await owner.exec(createRoleSql(role));
  for (const { role, login: member } of missing) await owner.exec(grantRoleSql(role, member));
}
