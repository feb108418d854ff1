import type { SQL } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

/** An open transaction; both drivers' transactions are one. */
export type Tx = PgDatabase<PgQueryResultHKT, Record<string, never>>;

/**
 * Rows of hand-written SQL. `tx.execute` answers an array on Postgres and `{ rows }` on the embedded database;
 * this is the one place that knows. Column names come as written in the SQL, int8 and numeric as strings,
 * timestamps as text.
 */
export async function rowsOf<T extends Record<string, unknown>>(tx: Tx, query: SQL): Promise<T[]> {
  const result: unknown = await tx.execute(query);
  return (Array.isArray(result) ? result : (result as { rows: unknown[] }).rows) as T[];
}
