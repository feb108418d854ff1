import { DrizzleQueryError } from 'drizzle-orm/errors';
import { PgDialect } from 'drizzle-orm/pg-core';
import { drizzle } from 'drizzle-orm/postgres-js';
import { PostgresJsSession, PostgresJsTransaction } from 'drizzle-orm/postgres-js/session';
import type { Sql, TransactionSql } from 'postgres';
import type { Log } from '../../runtime/ports.ts';
import type { Tx } from '../../store/tx.ts';
import { Deadline, insideTransaction, refuseInsideTransaction, withRetries } from './attempt.ts';
import { Connection, type PendingAnswer } from './connection.ts';
import {
  checkChannel,
  type Database,
  interactiveLimits,
  type Limits,
  limitsOf,
  type OwnerConnection,
  type Scope,
  settingsOf,
  type TransactionOptions,
} from './database.ts';
import {
  DatabaseUnavailableError,
  DeadlineError,
  isConnectionLoss,
  SilentRollbackError,
  sqlState,
} from './errors.ts';
import { listenOn } from './listen.ts';
import { Pool } from './pool.ts';

const dialect = new PgDialect();

/** Settings every pooled connection starts with, so that interactive transactions need not repeat them. */
const connectionSettings = {
  statement_timeout: String(interactiveLimits.statementMs),
  lock_timeout: String(interactiveLimits.lockMs),
  // Behind the application's own deadline: for a process that was stopped or lost while holding locks.
  idle_in_transaction_session_timeout: '5000',
};

export interface PostgresConfig {
  url: string;
  /** Login that owns the tables; default `url`. */
  migrationUrl?: string;
  poolSize: number;
  log?: Log | undefined;
}

export function openPostgres(config: PostgresConfig): Database {
  checkUrl(config.url, 'DATABASE_URL');
  const ownerUrl = config.migrationUrl ?? config.url;
  checkUrl(ownerUrl, 'DATABASE_MIGRATION_URL');
  const poolOf = (url: string, size: number) =>
    new Pool({
      size,
      open: (onDeath) => {
        const connection = new Connection({ url, settings: connectionSettings, onDeath });
        // For its side effect on the connection's parsers: drizzle wants dates and JSON as text.
        drizzle({ client: { options: connection.options } as Sql });
        return connection;
      },
    });
  const pool = poolOf(config.url, config.poolSize);
  const ownerPool = ownerUrl === config.url ? pool : poolOf(ownerUrl, 2);
  const listeners = new Set<() => Promise<void>>();

  return {
    kind: 'postgres',
    login: decodeURIComponent(new URL(config.url).username) || (process.env.PGUSER ?? ''),

    async transaction(scope, run, options = {}) {
      refuseInsideTransaction('transaction()');
      const limits = limitsOf(scope, options);
      const deadline = new Deadline(limits.deadlineMs);
      const from = scope.as === 'owner' ? ownerPool : pool;
      return withRetries(
        deadline,
        options.retries ?? 3,
        () => attempt(from, scope, run, options, limits, deadline),
        (error, isTriedAgain) =>
          config.log?.info(
            { code: sqlState(error) },
            isTriedAgain ? 'transaction retried' : 'transaction given up',
          ),
      );
    },

    async asOwner(run) {
      refuseInsideTransaction('asOwner()');
      const connection = new Connection({ url: ownerUrl });
      try {
        return await ownerTransaction(connection, run);
      } finally {
        await connection.close();
      }
    },

    async listen(channel, onMessage) {
      checkChannel(channel);
      const stop = await listenOn(config.url, channel, onMessage, config.log);
      listeners.add(stop);
      return async () => {
        listeners.delete(stop);
        await stop();
      };
    },

    async notify(channel, payload) {
      refuseInsideTransaction('notify()');
      checkChannel(channel);
      await single(pool, (connection) => connection.send('select pg_notify($1, $2)', [channel, payload]));
    },

    async ping() {
      refuseInsideTransaction('ping()');
      await single(pool, (connection) => connection.send('select 1'));
    },

    stats: () => pool.stats(),

    async close() {
      await Promise.all([...listeners].map((stop) => stop()));
      await Promise.all([pool.close(), ownerPool === pool ? undefined : ownerPool.close()]);
    },
  };
}

function checkUrl(url: string, variable: string): void {
  const authority = url.slice(url.indexOf('://') + 3).split(/[/?]/)[0] ?? '';
  if (authority.includes(',')) {
    // One connection here is one socket; trying the next host is the job of DNS or a proxy in front.
    throw new Error(`${variable} names several hosts; name one`);
  }
}

/** One statement outside any transaction, on a connection of its own for that moment. */
async function single(pool: Pool, work: (connection: Connection) => Promise<unknown>): Promise<void> {
  const deadline = new Deadline(interactiveLimits.statementMs);
  const connection = await pool.acquire(deadline.remainingMs());
  const stop = deadline.onExpiry(() => connection.kill(new DeadlineError(false)));
  try {
    await work(connection);
  } catch (error) {
    throw lossOf(connection, error, false);
  } finally {
    stop();
    pool.release(connection);
  }
}

/** State of one transaction on its connection; a closed one refuses statements of code that is still running. */
interface OpenTransaction {
  closed: boolean;
  committing: boolean;
}

async function attempt<T>(
  pool: Pool,
  scope: Scope,
  run: (tx: Tx) => Promise<T>,
  options: TransactionOptions,
  limits: Limits,
  deadline: Deadline,
): Promise<T> {
  const settings = settingsOf(scope);
  const connection = await pool.acquire(
    Math.min(deadline.remainingMs(), limits.interactive ? 2_000 : 30_000),
    (options.isBackground ?? scope.as === 'relay') ? 'background' : 'answer',
  );
  if (deadline.remainingMs() === 0) {
    pool.release(connection);
    throw new DeadlineError(false);
  }
  const state: OpenTransaction = { closed: false, committing: false };
  const stopDeadline = deadline.onExpiry(() => connection.kill(new DeadlineError(state.committing)));
  const watch = connection.watch();
  const begun = begin(connection, settings, options, limits);
  try {
    const tx = transactionOn(connection, state);
    const value = await Promise.race([insideTransaction(() => run(tx)), watch.died]);
    await begun;
    state.closed = true;
    state.committing = true;
    const answer = await connection.exec('commit');
    if (answer.command !== 'COMMIT') throw new SilentRollbackError();
    return value;
  } catch (error) {
    state.closed = true;
    // What stopped the transaction from starting explains more than what its statements then ran into.
    const cause = await begun.then(
      () => error,
      (reason: unknown) => reason,
    );
    const loss = lossOf(connection, cause, state.committing);
    if (!connection.dead && !(error instanceof SilentRollbackError)) await rollBack(connection);
    throw loss;
  } finally {
    stopDeadline();
    watch.stop();
    pool.release(connection);
  }
}

/** Sends BEGIN and the transaction's settings; the caller's first statements travel with them. */
function begin(
  connection: Connection,
  settings: { role: string; orgId: string },
  options: TransactionOptions,
  limits: Limits,
): Promise<unknown> {
  // BEGIN is never a prepared statement: nothing may make it fail alone and leave the rest in autocommit.
  const started = connection.exec(options.readOnly ? 'begin read only' : 'begin');
  const names = `select set_config('role', $1, true), set_config('app.org_id', $2, true)`;
  const isDefault =
    limits.statementMs === interactiveLimits.statementMs && limits.lockMs === interactiveLimits.lockMs;
  const configured = isDefault
    ? connection.send(names, [settings.role, settings.orgId])
    : connection.send(
        `${names}, set_config('statement_timeout', $3, true), set_config('lock_timeout', $4, true),` +
          ` set_config('idle_in_transaction_session_timeout', $5, true)`,
        [
          settings.role,
          settings.orgId,
          ...[limits.statementMs, limits.lockMs, limits.deadlineMs].map(timeout),
        ],
      );
  const begun = Promise.all([started, configured]);
  begun.catch(() => {});
  return begun;
}

/** Milliseconds as the server takes them; 0 is no limit. */
function timeout(ms: number): string {
  return ms >= 2 ** 31 ? '0' : String(Math.max(1, Math.round(ms)));
}

/** drizzle's transaction over the one connection, as its own driver makes it per transaction. */
function transactionOn(connection: Connection, state: OpenTransaction): Tx {
  let savepoints = 0;
  const client = {
    options: connection.options,
    unsafe(text: string, parameters: unknown[] = []): PendingAnswer {
      if (state.closed)
        throw connection.death ?? new Error('this transaction is over; its tx cannot be used any more');
      return connection.send(text, parameters);
    },
    async savepoint<T>(run: (inner: TransactionSql) => Promise<T>): Promise<T> {
      const name = `s${++savepoints}`;
      await client.unsafe(`savepoint ${name}`);
      try {
        const value = await run(client as unknown as TransactionSql);
        await client.unsafe(`release savepoint ${name}`);
        return value;
      } catch (error) {
        if (!connection.dead && !state.closed) await client.unsafe(`rollback to savepoint ${name}`);
        throw error;
      }
    },
  };
  // Casts: drizzle's declared types ask for a whole driver; its session calls only what `client` has.
  const session = new PostgresJsSession(client as unknown as Sql, dialect, undefined);
  return new PostgresJsTransaction<Record<string, never>, Record<string, never>>(
    dialect,
    session as never,
    undefined,
  );
}

async function rollBack(connection: Connection): Promise<void> {
  const stop = new Deadline(5_000).onExpiry(() => connection.kill(new DatabaseUnavailableError('no answer')));
  try {
    await connection.exec('rollback');
  } catch (error) {
    connection.kill(new DatabaseUnavailableError('rollback failed', { cause: error }));
  } finally {
    stop();
  }
}

/** The error a caller gets: a lost connection by one name, whatever form the loss took; drops what is half dead. */
function lossOf(connection: Connection, error: unknown, committing: boolean): unknown {
  const { death } = connection;
  if (death instanceof DeadlineError) return death;
  if (!death && !isConnectionLoss(error)) return error;
  // Without drizzle's wrapper, whose message holds SQL and values.
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  const loss = new DatabaseUnavailableError('connection lost', { committing, cause });
  connection.kill(loss);
  return loss;
}

async function ownerTransaction<T>(
  connection: Connection,
  run: (owner: OwnerConnection) => Promise<T>,
): Promise<T> {
  try {
    await connection.exec('begin');
    const value = await run({
      exec: async (text) => {
        await connection.exec(text);
      },
      rows: async <R>(text: string, parameters: readonly string[] = []) =>
        [...(await connection.send(text, parameters))] as R[],
    });
    await connection.exec('commit');
    return value;
  } catch (error) {
    throw lossOf(connection, error, false);
  }
}
