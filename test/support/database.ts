import { createHash, randomUUID } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { accessSql, beforeMigrationsSql } from '../../src/infra/db/access.sql.ts';
import type { Database } from '../../src/infra/db/client.ts';
import { openEmbedded } from '../../src/infra/db/embedded.ts';
import { migrate } from '../../src/infra/db/migrate.ts';
import { openPostgres } from '../../src/infra/db/postgres.ts';

/**
 * Databases for tests. Each vitest project runs its suites on one kind (vitest.config.ts says which on both); a migrated template is made once per
 * run (kept between runs for the embedded one) and copied per worker. Suites use an organization of their own in
 * the shared copy; those that break things take a copy of their own.
 */
export type TestDatabaseKind = 'embedded' | 'postgres';

export function testDatabaseKind(): TestDatabaseKind {
  const kind = process.env.PARLEY_TEST_DB ?? 'embedded';
  if (kind !== 'embedded' && kind !== 'postgres') throw new Error(`PARLEY_TEST_DB: ${kind}`);
  return kind;
}

const shared = Symbol.for('parley.testDatabase');

/** The worker's migrated database, shared by its suites; do not close it. */
export function testDatabase(): Promise<Database> {
  // On globalThis: modules may be evaluated again per file, the process stays.
  const holder = globalThis as { [shared]?: Promise<Database> };
  holder[shared] ??= freshDatabase();
  return holder[shared];
}

/** A migrated database of the caller's own, to be closed by the caller. */
export async function freshDatabase(options: { poolSize?: number } = {}): Promise<Database> {
  if (testDatabaseKind() === 'embedded') {
    const dataDir = join(runDirectory(), randomUUID());
    cpSync(required('PARLEY_TEST_TEMPLATE'), dataDir, { recursive: true });
    return openEmbedded({ dataDir });
  }
  return openPostgres({ url: await freshPostgres(), poolSize: options.poolSize ?? 10 });
}

/** URL of a new migrated Postgres database; dropped at the end of the run. Postgres project only. */
export async function freshPostgres(): Promise<string> {
  const name = `${required('PARLEY_TEST_RUN')}_${randomUUID().slice(0, 8)}`;
  await administer(`create database ${name} template ${required('PARLEY_TEST_TEMPLATE')}`);
  return urlOf(name);
}

/** URL of a new Postgres database without anything in it. */
export async function emptyPostgres(): Promise<string> {
  const name = `${required('PARLEY_TEST_RUN')}_${randomUUID().slice(0, 8)}`;
  await administer(`create database ${name} template template0`);
  return urlOf(name);
}

/** A new folder that goes away at the end of the run. */
export function freshDirectory(): string {
  return mkdtempSync(join(runDirectory(), 'dir-'));
}

/** vitest's global setup of a project, in its main process: makes the template, answers how to clean up. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const kind = project.name as TestDatabaseKind;
  const run = `parley_test_${process.pid}_${Date.now().toString(36)}`;
  const directory = mkdtempSync(join(tmpdir(), `parley-${kind}-`));
  const env = project.config.env as Record<string, string>;
  env.PARLEY_TEST_RUN = run;
  env.PARLEY_TEST_DIRECTORY = directory;
  if (kind === 'embedded') {
    env.PARLEY_TEST_TEMPLATE = await embeddedTemplate();
    return async () => rmSync(directory, { recursive: true, force: true });
  }
  const template = `${run}_template`;
  env.PARLEY_TEST_TEMPLATE = template;
  await administer(`create database ${template} template template0`);
  const database = openPostgres({ url: urlOf(template), poolSize: 1 });
  await migrate(database, { folder: migrationsFolder(directory) });
  await database.close();
  return async () => {
    rmSync(directory, { recursive: true, force: true });
    await administer(`select datname from pg_database where datname like '${run}%'`, (names) =>
      names.map((name) => `drop database if exists ${name} with (force)`),
    );
  };
}

/** The template of the embedded kind takes seconds to make, so it is kept under a hash of what it is made from. */
async function embeddedTemplate(): Promise<string> {
  const cache = join(import.meta.dirname, '../../node_modules/.cache/parley-test');
  mkdirSync(cache, { recursive: true });
  const hash = createHash('sha256').update(beforeMigrationsSql).update(accessSql);
  const scratch = mkdtempSync(join(cache, 'making-'));
  const folder = migrationsFolder(scratch);
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (/\.(sql|json)$/.test(name)) hash.update(name).update(readFileSync(join(folder, name)));
  }
  const home = join(cache, hash.digest('hex').slice(0, 16));
  if (!existsSync(home)) {
    const dataDir = join(scratch, 'data');
    const database = await openEmbedded({ dataDir });
    await migrate(database, { folder });
    await database.close();
    try {
      renameSync(dataDir, home);
    } catch (error) {
      // Another run was faster.
      if (!existsSync(home)) throw error;
    }
  }
  rmSync(scratch, { recursive: true, force: true });
  return home;
}

/** The product's migrations; an empty set as long as there are none. */
function migrationsFolder(scratch: string): string {
  const folder = join(import.meta.dirname, '../../drizzle');
  if (existsSync(join(folder, 'meta/_journal.json'))) return folder;
  const empty = join(scratch, 'no-migrations');
  mkdirSync(join(empty, 'meta'), { recursive: true });
  writeFileSync(join(empty, 'meta/_journal.json'), '{ "entries": [] }');
  return empty;
}

function runDirectory(): string {
  return required('PARLEY_TEST_DIRECTORY');
}

function urlOf(name: string): string {
  const url = new URL(required('TEST_DATABASE_URL'));
  url.pathname = `/${name}`;
  return url.toString();
}

/** Statements outside any transaction, as CREATE DATABASE wants it; `next` makes more of the first column. */
async function administer(statement: string, next?: (names: string[]) => string[]): Promise<void> {
  const { Connection } = await import('../../src/infra/db/connection.ts');
  const connection = new Connection({ url: required('TEST_DATABASE_URL') });
  try {
    const rows = await connection.exec(statement);
    for (const further of next?.(rows.map((row) => String(Object.values(row)[0]))) ?? []) {
      await connection.exec(further);
    }
  } finally {
    await connection.close();
  }
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run this through vitest`);
  return value;
}
