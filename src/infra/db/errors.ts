import { DrizzleQueryError } from 'drizzle-orm/errors';

/** The work took longer than its deadline. `committing`: COMMIT was already sent, so it may have been saved. */
export class DeadlineError extends Error {
  readonly committing: boolean;
  constructor(committing: boolean) {
    super(committing ? 'deadline passed while committing' : 'deadline passed, rolled back');
    this.name = 'DeadlineError';
    this.committing = committing;
  }
}

/** The database is away, restarting or busy. `committing`: COMMIT was already sent, so it may have been saved. */
export class DatabaseUnavailableError extends Error {
  readonly committing: boolean;
  constructor(reason: string, options: { committing?: boolean; cause?: unknown } = {}) {
    super(
      `database unavailable: ${reason}`,
      options.cause === undefined ? {} : { cause: redactDatabaseError(options.cause) },
    );
    this.name = 'DatabaseUnavailableError';
    this.committing = options.committing ?? false;
  }
}

/** A statement was refused. Carries what names the rule that was broken, never SQL or values. */
export class DatabaseError extends Error {
  /** SQLSTATE, `23505` for a broken unique key. */
  readonly code: string;
  readonly constraint: string | undefined;
  readonly table: string | undefined;
  readonly column: string | undefined;
  readonly routine: string | undefined;
  constructor(facts: DatabaseFacts) {
    const where = [facts.table, facts.constraint ?? facts.column].filter(Boolean).join('.');
    super(`database refused a statement: ${facts.code}${where ? ` on ${where}` : ''}`);
    this.name = 'DatabaseError';
    this.code = facts.code;
    this.constraint = facts.constraint;
    this.table = facts.table;
    this.column = facts.column;
    this.routine = facts.routine;
  }
}

/** The server answered COMMIT with ROLLBACK: a statement had failed and the code carried on as if it had not. */
export class SilentRollbackError extends Error {
  constructor() {
    super('COMMIT rolled back: a statement failed in this transaction and its error was swallowed');
    this.name = 'SilentRollbackError';
  }
}

interface DatabaseFacts {
  code: string;
  constraint: string | undefined;
  table: string | undefined;
  column: string | undefined;
  routine: string | undefined;
}

/** What the server said about a failed statement, whichever driver and wrapper it came through. */
function factsOf(error: unknown): DatabaseFacts | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    const from = at as unknown as Record<string, unknown>;
    const code = from.code;
    // A digit: EPIPE is the name of a lost connection.
    const isState = typeof code === 'string' && /^(?=.*\d)[0-9A-Z]{5}$/.test(code);
    if (at instanceof DrizzleQueryError || !isState) continue;
    // postgres.js names them `table_name`, PGlite `table`.
    const text = (name: string) => {
      const value = from[name] ?? from[`${name}_name`];
      return typeof value === 'string' ? value : undefined;
    };
    return {
      code,
      constraint: text('constraint'),
      table: text('table'),
      column: text('column'),
      routine: text('routine'),
    };
  }
  return undefined;
}

/** SQLSTATE of a failed statement, or `undefined` for any other error. */
export function sqlState(error: unknown): string | undefined {
  return factsOf(error)?.code;
}

/** A unique key (the one named, if any) refused the row. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const facts = factsOf(error);
  return facts?.code === '23505' && (constraint === undefined || facts.constraint === constraint);
}

/**
 * The same error without SQL, parameters or row values, for logs and for callers outside the transaction: the
 * message of drizzle's error holds all of them, the server's own message and detail quote values.
 */
export function redactDatabaseError(error: unknown): unknown {
  const facts = factsOf(error);
  const fromDriver = facts !== undefined && !(error instanceof DatabaseError);
  if (!fromDriver && !(error instanceof DrizzleQueryError)) return error;
  const redacted = new DatabaseError(
    facts ?? {
      code: 'XX000',
      constraint: undefined,
      table: undefined,
      column: undefined,
      routine: undefined,
    },
  );
  const frames =
    error instanceof Error ? error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) : undefined;
  if (frames?.length) redacted.stack = [`${redacted.name}: ${redacted.message}`, ...frames].join('\n');
  return redacted;
}

/**
 * An error as it leaves a transaction: redacted, and a statement or lock that took too long under the same name as
 * any other database that cannot serve now.
 */
export function leavingError(error: unknown): unknown {
  // Told by this name whatever the server or the socket said last.
  if (error instanceof DatabaseUnavailableError) return error;
  const state = sqlState(error);
  if (state === '57014') return new DatabaseUnavailableError('statement took too long');
  if (state === '55P03') return new DatabaseUnavailableError('waited too long for a lock');
  return redactDatabaseError(error);
}

/** The transaction lost against another one (or against a migration) and may be run again as a whole. */
export function isRetryable(error: unknown): boolean {
  const facts = error instanceof DatabaseUnavailableError ? undefined : factsOf(error);
  if (!facts) return false;
  if (facts.code === '40001' || facts.code === '40P01') return true;
  // A prepared statement outlived a migration that changed its result; the driver has forgotten it by now.
  return facts.routine === 'RevalidateCachedQuery' || facts.routine === 'FetchPreparedStatement';
}

/** The connection is gone or about to go: it must not be used again. */
export function isConnectionLoss(error: unknown): boolean {
  if (error instanceof DatabaseUnavailableError || error instanceof DeadlineError) return true;
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    const code = (at as { code?: unknown }).code;
    if (typeof code !== 'string') continue;
    // 08: connection; 57P0x: shutdown, crash, starting up; 25P03, 25P04, 57P05: server ended the session itself;
    // 53300: too many connections.
    if (/^(08...|57P0.|25P0[34]|53300)$/.test(code)) return true;
    if (/^(CONNECTION_|CONNECT_TIMEOUT|ECONN|ENOTFOUND|EAI_|EPIPE|ETIMEDOUT|EHOST|ENET|ENOENT)/.test(code))
      return true;
  }
  return false;
}

/** Whether it was the database that failed; what else went wrong is somebody else's. */
export function isDatabaseFailure(error: unknown): boolean {
  return (
    error instanceof DatabaseUnavailableError ||
    error instanceof DeadlineError ||
    error instanceof DatabaseError ||
    error instanceof SilentRollbackError
  );
}
