import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

// Before the workers start, so that they inherit it.
process.env.TZ = 'UTC';

const root = import.meta.dirname;
const databaseSupport = join(root, 'test/support/database.ts');
/** Folders whose suites run by their own command only. */
const apart = ['bench', 'independent', 'long'];

const known = new Map<string, boolean>();

/**
 * A suite needs a database if it imports test/support/database.ts, however indirectly: nobody has to remember to
 * put it into the right folder.
 */
function needsDatabase(file: string): boolean {
  if (file === databaseSupport) return true;
  const seen = known.get(file);
  if (seen !== undefined) return seen;
  known.set(file, false);
  const found = importsOf(file).some(needsDatabase);
  known.set(file, found);
  return found;
}

/** Relative imports that stay within test/, dynamic ones included. */
function importsOf(file: string): string[] {
  const specifiers = readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g);
  return [...specifiers]
    .map(([, specifier = '']) => resolve(dirname(file), specifier))
    .filter((path) => path.startsWith(join(root, 'test')) && path.endsWith('.ts') && existsSync(path));
}

/** Every suite, and those of the named folders that otherwise run by their own command. */
function suites(also: readonly string[]): string[] {
  return readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.test.ts'))
    .filter((name) => !apart.some((folder) => !also.includes(folder) && name.startsWith(`${folder}/`)))
    .map((name) => `test/${name}`);
}

function databaseProject(kind: 'embedded' | 'postgres', include: string[]) {
  return {
    extends: true as const,
    test: {
      name: kind,
      include,
      globalSetup: 'test/support/database.ts',
      env: { PARLEY_TEST_DB: kind },
      // One process per worker, not per file: an embedded database takes a second to open.
      isolate: false,
    },
  };
}

const kinds = process.env.TEST_DATABASE_URL ? (['embedded', 'postgres'] as const) : (['embedded'] as const);

/**
 * Both databases are Postgres, so what holds on one holds on the other but for connections, transactions and files:
 * where there is a server, every suite runs on it, and on the embedded database those that run every action or bring
 * up the service as a whole.
 */
const onBoth = [
  'conformance/actions',
  'conformance/isolation',
  'infra/',
  'journeys/',
  'operator/',
  'runtime/',
].map((path) => `test/${path}`);

function runsOn(kind: (typeof kinds)[number], file: string): boolean {
  return kind === kinds.at(-1) || onBoth.some((path) => file.startsWith(path));
}

/** Suites without a database run once, the others on the databases there are. */
export function projects(also: readonly string[] = []) {
  const all = suites(also);
  const withDatabase = all.filter((file) => needsDatabase(join(root, file)));
  const without = all.filter((file) => !withDatabase.includes(file));
  return [
    ...(without.length > 0 ? [{ extends: true as const, test: { name: 'plain', include: without } }] : []),
    ...(withDatabase.length > 0
      ? kinds.map((kind) =>
          databaseProject(
            kind,
            withDatabase.filter((file) => runsOn(kind, file)),
          ),
        )
      : []),
  ];
}

/** What all commands share. */
export const common = {
  pool: 'forks' as const,
  maxWorkers: 2,
  passWithNoTests: false,
  env: { TZ: 'UTC' },
  testTimeout: 30_000,
  hookTimeout: 60_000,
};

export default defineConfig({ test: { ...common, projects: projects() } });
