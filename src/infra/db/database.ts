import type { Tx } from '../../store/tx.ts';

/**
 * Who a transaction acts as.
 * - `app`: one organization's rows.
 * - `router`: reads routing tables before the organization is known.
 * - `relay`: outbox and schedules of all organizations.
 * - `owner`: the login that owns the tables. Row-level security is forced on owners too, so unless that login is
 *   a superuser any look at an organization's rows fails; it is for migrations and checks.
 */
export type Scope = { as: 'app'; orgId: string } | { as: 'router' } | { as: 'relay' } | { as: 'owner' };

export interface TransactionOptions {
  /**
   * From the call to the answer, waiting and retries included; then the transaction is rolled back and its
   * connection dropped. Interactive work passes 2,500, which is also the default of the router: somebody waits for
   * what it reads. Without it, other work has the limits of a job (60 s).
   */
  deadlineMs?: number;
  readOnly?: boolean;
  /** Whole-transaction retries after a deadlock or serialisation failure; default 3. */
  retries?: number;
  /** Limit of one statement; default 2 s when interactive, else the deadline. */
  statementMs?: number;
  /** Limit of one wait for a lock; default 1.5 s when interactive, else 10 s. */
  lockMs?: number;
  /** Nobody waits for it: connections go to others first. Default: of the relay's own transactions only. */
  isBackground?: boolean;
}

/** One transaction of the owning login, in plain SQL; migrations and operators only. */
export interface OwnerConnection {
  /** One or several statements without parameters. */
  exec(text: string): Promise<void>;
  rows<T extends Record<string, unknown>>(text: string, parameters?: readonly string[]): Promise<T[]>;
}

export interface DatabaseStats {
  size: number;
  active: number;
  idle: number;
  waiting: number;
  /** Connections lost or dropped since the start. */
  lost: number;
}

export interface Database {
  readonly kind: 'postgres' | 'embedded';
  /**
   * Runs `run` in one transaction as `scope`; commits when it resolves, rolls back when it rejects. `run` may be
   * called again after a deadlock, so it must keep no state outside. Queries awaited together (`Promise.all`) travel
   * together, in order; an async function among them starts when it is called, ahead of the queries beside it.
   * Throws DeadlineError, DatabaseUnavailableError, DatabaseError (never SQL or values), or what `run` threw.
   */
  transaction<T>(scope: Scope, run: (tx: Tx) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** One transaction of the owning login without deadline or statement limits. */
  asOwner<T>(run: (connection: OwnerConnection) => Promise<T>): Promise<T>;
  /** Calls back for every message of a channel until stopped. Messages sent while the connection is lost are lost. */
  listen(channel: string, onMessage: (payload: string) => void): Promise<() => Promise<void>>;
  /** Sends to all listeners of all processes. Outside any transaction: inside one it would serialise commits. */
  notify(channel: string, payload: string): Promise<void>;
  ping(): Promise<void>;
  stats(): DatabaseStats;
  /** The login the service itself connects with: migrations let it act as the four roles. */
  readonly login: string;
  close(): Promise<void>;
}

export interface Limits {
  deadlineMs: number;
  statementMs: number;
  lockMs: number;
  interactive: boolean;
}

/**
 * A lock is waited for longer than the second after which the server looks for a deadlock: whoever gives up first is
 * told of a slow database and not run again.
 */
export const interactiveLimits = { statementMs: 2_000, lockMs: 1_500 } as const;
const interactiveUpToMs = 3_000;
const jobDeadlineMs = 60_000;
const routerDeadlineMs = 2_500;

export function limitsOf({ as }: Scope, options: TransactionOptions): Limits {
  const deadlineMs = options.deadlineMs ?? (as === 'router' ? routerDeadlineMs : jobDeadlineMs);
  const interactive = deadlineMs <= interactiveUpToMs;
  return {
    deadlineMs,
    interactive,
    statementMs: options.statementMs ?? (interactive ? interactiveLimits.statementMs : deadlineMs),
    lockMs: options.lockMs ?? (interactive ? interactiveLimits.lockMs : 10_000),
  };
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Settings a transaction starts with; `app.org_id` empty means that any look at an organization's rows fails. */
export function settingsOf(scope: Scope): { role: string; orgId: string } {
  if (scope.as !== 'app') return { role: scope.as === 'owner' ? 'none' : `crm_${scope.as}`, orgId: '' };
  if (!uuidPattern.test(scope.orgId)) throw new TypeError('transaction: orgId is not a uuid');
  return { role: 'crm_app', orgId: scope.orgId };
}

const channelPattern = /^[a-z_]{1,60}$/;

export function checkChannel(channel: string): void {
  if (!channelPattern.test(channel)) throw new TypeError('channel: lower-case letters and underscores only');
}
