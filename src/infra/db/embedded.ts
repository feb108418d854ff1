import { EventEmitter } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite, type Transaction, TransactionAbortedError } from '@electric-sql/pglite';
import { btree_gin } from '@electric-sql/pglite/contrib/btree_gin';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { PgDialect } from 'drizzle-orm/pg-core';
import { PgliteSession, PgliteTransaction } from 'drizzle-orm/pglite/session';
import type { Log } from '../../runtime/ports.ts';
import type { Tx } from '../../store/tx.ts';
import { Deadline, insideTransaction, refuseInsideTransaction, withRetries } from './attempt.ts';
import {
  checkChannel,
  type Database,
  limitsOf,
  type Scope,
  settingsOf,
  type TransactionOptions,
} from './database.ts';
import { DatabaseUnavailableError, DeadlineError, SilentRollbackError, sqlState } from './errors.ts';
import {
  type DirectoryLock,
  type LockHolder,
  lockDirectory,
  readLock as readDirectoryLock,
} from './lock-file.ts';

const dialect = new PgDialect();

export interface EmbeddedDatabase extends Database {
  readonly kind: 'embedded';
  readonly lock: DirectoryLock;
}

export interface EmbeddedConfig {
  /** DATA_DIR; the database is its folder `database`. `memory://` keeps nothing (tests). */
  dataDir: string;
  log?: Log | undefined;
  /** How often space of removed rows is reclaimed; there is no autovacuum in here. */
  vacuumEveryMs?: number;
}

export function databaseDirectory(dataDir: string): string {
  return join(dataDir, 'database');
}

/** The process that has the embedded database of `dataDir` open, with what it wrote about itself. */
export function readLock(dataDir: string): LockHolder | undefined {
  return readDirectoryLock(databaseDirectory(dataDir));
}

/**
 * Opens the embedded database: for trying out, one process at a time. It survives a crash of the process but not of
 * the machine (it never syncs to disk), and row-level security in it guards against mistakes, not attackers.
 */
export async function openEmbedded(config: EmbeddedConfig): Promise<EmbeddedDatabase> {
  const directory = databaseDirectory(config.dataDir);
  mkdirSync(config.dataDir, { recursive: true });
  const lock = await lockDirectory(directory);
  try {
    const pglite = await PGlite.create({
      dataDir: directory,
      extensions: { pg_trgm, btree_gin },
      // Memory 250 MB instead of 330.
      postgresqlconf: ['shared_buffers = 16MB', "timezone = 'UTC'"],
      // int8 as text, as on Postgres: by default it is a number, or a bigint when it is large.
      parsers: { 20: (value: string) => value },
    });
    lock.assertHeld();
    return databaseOf(pglite, lock, config);
  } catch (error) {
    lock.release();
    throw error;
  }
}

function databaseOf(pglite: PGlite, lock: DirectoryLock, config: EmbeddedConfig): EmbeddedDatabase {
  const messages = new EventEmitter().setMaxListeners(0);
  const activity = { waiting: 0, active: 0, sinceVacuum: 0, closed: false };
  const stopVacuum = vacuumRegularly(pglite, activity, config);

  /** One after the other: the database has a single connection. */
  const exclusively = async <T>(work: (client: Transaction) => Promise<T>): Promise<T> => {
    if (activity.closed) throw new DatabaseUnavailableError('shutting down');
    activity.waiting += 1;
    let started = false;
    try {
      return await pglite.transaction((client) => {
        started = true;
        activity.waiting -= 1;
        activity.active += 1;
        activity.sinceVacuum += 1;
        return work(client);
      });
    } finally {
      if (started) activity.active -= 1;
      else activity.waiting -= 1;
    }
  };

  return {
    kind: 'embedded',
    login: 'postgres',
    lock,

    async transaction(scope, run, options = {}) {
      refuseInsideTransaction('transaction()');
      const deadline = new Deadline(limitsOf(scope, options).deadlineMs);
      return withRetries(deadline, options.retries ?? 3, () =>
        attempt(exclusively, scope, run, options, deadline),
      );
    },

    async asOwner(run) {
      refuseInsideTransaction('asOwner()');
      return exclusively((client) =>
        run({
          exec: async (text) => {
            await client.exec(text);
          },
          rows: async <R>(text: string, parameters: readonly string[] = []) =>
            (await client.query<R>(text, [...parameters])).rows,
        }),
      );
    },

    async listen(channel, onMessage) {
      checkChannel(channel);
      messages.on(channel, onMessage);
      return async () => {
        messages.off(channel, onMessage);
      };
    },

    async notify(channel, payload) {
      refuseInsideTransaction('notify()');
      checkChannel(channel);
      // The only process there is; later, as on Postgres, never within the caller's own stack.
      setImmediate(() => messages.emit(channel, payload));
    },

    async ping() {
      refuseInsideTransaction('ping()');
      await pglite.query('select 1');
    },

    stats: () => ({
      size: 1,
      active: activity.active,
      idle: 1 - activity.active,
      waiting: activity.waiting,
      lost: 0,
    }),

    async close() {
      if (activity.closed) return;
      activity.closed = true;
      stopVacuum();
      messages.removeAllListeners();
      // Waits for the transaction under way.
      await pglite.close();
      lock.release();
    },
  };
}

async function attempt<T>(
  exclusively: <R>(work: (client: Transaction) => Promise<R>) => Promise<R>,
  scope: Scope,
  run: (tx: Tx) => Promise<T>,
  options: TransactionOptions,
  deadline: Deadline,
): Promise<T> {
  const settings = settingsOf(scope);
  const state = { closed: false, committing: false };
  let expire = () => {};
  const expired = new Promise<never>((_, reject) => {
    expire = () => {
      state.closed = true;
      reject(new DeadlineError(state.committing));
    };
  });
  expired.catch(() => {});
  const stop = deadline.onExpiry(() => expire());
  const work = exclusively(async (client) => {
    // The time was up while waiting for the turn.
    if (state.closed) throw new DeadlineError(false);
    if (options.readOnly) await client.exec('set transaction read only');
    await client.query(`select set_config('role', $1, true), set_config('app.org_id', $2, true)`, [
      settings.role,
      settings.orgId,
    ]);
    const tx = transactionOn(client, state);
    // Raced here as well: code that never returns must not keep the only connection.
    const value = await Promise.race([insideTransaction(() => run(tx)), expired]);
    state.closed = true;
    state.committing = true;
    return value;
  });
  work.catch(() => {});
  try {
    return await Promise.race([work, expired]);
  } catch (error) {
    throw error instanceof TransactionAbortedError ? new SilentRollbackError() : error;
  } finally {
    state.closed = true;
    stop();
  }
}

/** drizzle's transaction, refusing statements of code that still runs when it is over. */
function transactionOn(client: Transaction, state: { closed: boolean }): Tx {
  const guarded = {
    query: (...parameters: Parameters<Transaction['query']>) => {
      if (state.closed) throw new Error('this transaction is over; its tx cannot be used any more');
      return client.query(...parameters);
    },
  };
  const session = new PgliteSession<Record<string, never>, Record<string, never>>(
    guarded as Transaction,
    dialect,
    undefined,
  );
  return new PgliteTransaction<Record<string, never>, Record<string, never>>(dialect, session, undefined);
}

function vacuumRegularly(
  pglite: PGlite,
  activity: { sinceVacuum: number; closed: boolean },
  config: EmbeddedConfig,
): () => void {
  const timer = setInterval(
    async () => {
      // It stops everything else while it runs, so not for a handful of changes.
      if (activity.closed || activity.sinceVacuum < 500) return;
      activity.sinceVacuum = 0;
      try {
        await pglite.exec('vacuum (analyze)');
      } catch (error) {
        config.log?.warn({ code: sqlState(error) }, 'vacuum failed');
      }
    },
    config.vacuumEveryMs ?? 15 * 60_000,
  );
  timer.unref();
  return () => clearInterval(timer);
}
