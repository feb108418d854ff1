import { QueryPromise, type SQL } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

/** An open transaction; both drivers' transactions are one. */
export type Tx = PgDatabase<PgQueryResultHKT, Record<string, never>>;

/**
 * Rows of hand-written SQL. `tx.execute` answers an array on Postgres and `{ rows }` on the embedded database;
 * this is the one place that knows. Columns are named as in the SQL; int8 and numeric are strings, instants are
 * text. Sent when awaited, as drizzle's own queries are, so that queries in one `Promise.all` keep their order.
 */
export function rowsOf<T extends Record<string, unknown>>(tx: Tx, query: SQL): Promise<T[]> {
  return new RowsQuery<T>(tx, query);
}

class RowsQuery<T> extends QueryPromise<T[]> {
  readonly #tx: Tx;
  readonly #query: SQL;

  constructor(tx: Tx, query: SQL) {
    super();
    this.#tx = tx;
    this.#query = query;
  }

  override async execute(): Promise<T[]> {
    const result: unknown = await this.#tx.execute(this.#query).execute();
    return (Array.isArray(result) ? result : (result as { rows: unknown[] }).rows) as T[];
  }
}
