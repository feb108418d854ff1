import type { Log } from '../../runtime/ports.ts';
import type { Database } from './database.ts';

export type { Database, DatabaseStats, OwnerConnection, Scope, TransactionOptions } from './database.ts';

export interface DatabaseConfig {
  /** DATABASE_URL; without it the embedded database in `dataDir`. */
  url?: string | undefined;
  /** DATABASE_MIGRATION_URL: the login that owns the tables; default `url`. */
  migrationUrl?: string | undefined;
  dataDir: string;
  production: boolean;
  /** Connections of this process; default 10. */
  poolSize?: number | undefined;
  log?: Log | undefined;
}

/**
 * Opens the database, with nothing migrated yet (see migrate.ts). Connections to Postgres are made when first
 * needed; `ping()` tells whether it answers.
 * Throws DirectoryInUseError when another process has the embedded database open.
 */
export async function openDatabase(config: DatabaseConfig): Promise<Database> {
  const { url, migrationUrl, log } = config;
  if (url) {
    const { openPostgres } = await import('./postgres.ts');
    return openPostgres({
      url,
      ...(migrationUrl ? { migrationUrl } : {}),
      poolSize: config.poolSize ?? 10,
      log,
    });
  }
  if (config.production) {
    throw new Error(
      'DATABASE_URL is missing: the embedded database is for trying out and refuses to run in production',
    );
  }
  // Imported only when used: it brings a whole WebAssembly database.
  const { openEmbedded } = await import('./embedded.ts');
  return openEmbedded({ dataDir: config.dataDir, log });
}
