import type { Database } from './database.ts';
import type { DirectoryLock } from './lock-file.ts';

/** Whether the database is the embedded one, without loading it. */
export function isEmbedded(db: Database): db is Database & { lock: DirectoryLock } {
  return db.kind === 'embedded';
}
