import net from 'node:net';
import postgres from 'postgres';
import { arrayHandlers } from './array-types.ts';
import { DatabaseUnavailableError, type DeadlineError } from './errors.ts';

export interface ConnectionOptions {
  url: string;
  /** Server settings of this connection, from the first byte on. */
  settings?: Record<string, string>;
  onNotify?: (channel: string, payload: string) => void;
  /** Called once, when the connection is lost or dropped. */
  onDeath?: () => void;
}

/** The answer to one statement: an array of rows that also carries the command tag. */
export type Answer = readonly Record<string, unknown>[] & { command?: string };

/** What drizzle's session awaits: rows as objects, or as arrays after `values()`. */
export interface PendingAnswer extends Promise<Answer> {
  values(): PendingAnswer;
}

/**
 * Distinct statements kept prepared on one connection. Generated SQL (lists of varying length) would otherwise
 * pile up on the server; past this, unseen ones run unprepared.
 */
const maxPrepared = 400;

/**
 * One TCP connection to Postgres that never comes back: once lost it refuses everything, and everything under way
 * on it rejects. The driver (3.4.9) re-opens connections by itself and then runs the rest of a broken transaction
 * on the new one, in autocommit or inside somebody else's transaction; the socket factory below makes that
 * impossible by handing out one socket and no second.
 */
export class Connection {
  readonly bornAt = performance.now();
  readonly options: postgres.ParsedOptions;
  readonly #sql: postgres.Sql;
  readonly #waiting = new Set<(error: Error) => void>();
  readonly #prepared = new Set<string>();
  readonly #onDeath: (() => void) | undefined;
  #socket: net.Socket | undefined;
  #death: DatabaseUnavailableError | DeadlineError | undefined;
  #closing = false;

  constructor(options: ConnectionOptions) {
    this.#onDeath = options.onDeath;
    const settings: postgres.Options<typeof arrayHandlers> & Record<string, unknown> = {
      max: 1,
      connect_timeout: 5,
      // Both would close the connection between two statements of a transaction; the pool retires by age instead.
      idle_timeout: 0,
      max_lifetime: 0,
      fetch_types: false,
      types: arrayHandlers,
      connection: { application_name: 'parley', TimeZone: 'UTC', ...options.settings },
      onnotice: () => {},
      onnotify: options.onNotify,
      onclose: () => this.#die(new DatabaseUnavailableError('connection closed')),
      socket: (target: { host: string[]; port: number[]; path: string | false }) => this.#connect(target),
    };
    this.#sql = postgres(options.url, settings);
    this.options = this.#sql.options;
  }

  get dead(): boolean {
    return this.#death !== undefined;
  }

  /** Why the connection is dead. */
  get death(): DatabaseUnavailableError | DeadlineError | undefined {
    return this.#death;
  }

  /** Sends a statement, prepared on first sight. Statements sent without waiting travel together, in order. */
  send(text: string, parameters: readonly unknown[] = []): PendingAnswer {
    const prepare = this.#prepared.has(text) || this.#prepared.size < maxPrepared;
    if (prepare) this.#prepared.add(text);
    return this.#run(text, parameters, { prepare, simple: false });
  }

  /** Sends SQL without parameters as it is: BEGIN, COMMIT, several statements at once. */
  exec(text: string): PendingAnswer {
    return this.#run(text, [], { prepare: false, simple: true });
  }

  #run(
    text: string,
    parameters: readonly unknown[],
    options: { prepare: boolean; simple: boolean },
  ): PendingAnswer {
    if (this.#death) return refused(this.#death);
    const query = this.#sql.unsafe(text, [...parameters] as postgres.ParameterOrJSON<never>[], options);
    // The driver sends a statement when it is first awaited; starting it here keeps the order of the calls.
    query.execute();
    const settled = new Promise<Answer>((resolve, reject) => {
      this.#waiting.add(reject);
      query.then(
        (rows) => {
          this.#waiting.delete(reject);
          resolve(rows);
        },
        (error: Error) => {
          this.#waiting.delete(reject);
          reject(this.#death ?? error);
        },
      );
    });
    // A statement nobody awaits any more (its neighbour failed first) must not end the process; its failure still
    // shows when COMMIT answers ROLLBACK.
    settled.catch(() => {});
    return Object.assign(settled, {
      values: () => {
        void query.values();
        return settled as PendingAnswer;
      },
    }) as PendingAnswer;
  }

  /** Resolves never, rejects when the connection dies; stop it when no longer interested. */
  watch(): { died: Promise<never>; stop: () => void } {
    let stop = () => {};
    const died = new Promise<never>((_, reject) => {
      if (this.#death) return reject(this.#death);
      this.#waiting.add(reject);
      stop = () => this.#waiting.delete(reject);
    });
    died.catch(() => {});
    return { died, stop };
  }

  /** Drops the connection at once; everything under way on it rejects with `reason`. */
  kill(reason: DatabaseUnavailableError | DeadlineError): void {
    this.#die(reason);
    // Not `sql.end()`: it waits for answers, and may leave queued statements waiting for ever.
    this.#socket?.destroy();
  }

  /** Says goodbye to the server and closes. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#sql.end({ timeout: 1 });
    this.kill(new DatabaseUnavailableError('closed'));
  }

  #die(reason: DatabaseUnavailableError | DeadlineError): void {
    if (this.#death) return;
    this.#death = reason;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const reject of waiting) reject(reason);
    if (!this.#closing) this.#onDeath?.();
  }

  #connect(target: { host: string[]; port: number[]; path: string | false }): net.Socket {
    if (this.#socket || this.#death) {
      // The driver reports no close when a connection is lost before it was ready; it just tries again, here.
      const reason = this.#death ?? new DatabaseUnavailableError('connection closed');
      this.#die(reason);
      throw reason;
    }
    const host = target.host[0] ?? 'localhost';
    const port = target.port[0] ?? 5432;
    const socket = target.path ? net.connect({ path: target.path }) : net.connect({ host, port });
    socket.setNoDelay(true);
    this.#socket = socket;
    // The driver reads these for the server name of TLS.
    return Object.assign(socket, { host, port });
  }
}

function refused(reason: Error): PendingAnswer {
  const rejection = Promise.reject(reason);
  rejection.catch(() => {});
  const pending: PendingAnswer = Object.assign(rejection, { values: () => pending });
  return pending;
}
