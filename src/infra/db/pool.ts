import type { Connection } from './connection.ts';
import type { DatabaseStats } from './database.ts';
import { DatabaseUnavailableError } from './errors.ts';

export interface PoolOptions {
  size: number;
  open: (onDeath: () => void) => Connection;
  /** Connections older than this are replaced when they come back; default 45 minutes, spread by a third. */
  lifetimeMs?: number;
}

/** Who a connection is for: somebody who waits for an answer, or work that is done after it. */
export type Purpose = 'answer' | 'background';

interface Waiter {
  resolve: (connection: Connection) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

/**
 * Connections handed out to one transaction at a time. A dead one is not mended but replaced; those who wait are
 * served in the order they came, for a bounded time, people before background work: that never takes more than three
 * quarters of the connections, and never less than a fifth if it needs them.
 */
export class Pool {
  readonly #options: Required<PoolOptions>;
  readonly #idle: Connection[] = [];
  readonly #out = new Map<Connection, Purpose>();
  readonly #waiting: Record<Purpose, Waiter[]> = { answer: [], background: [] };
  readonly #mostForBackground: number;
  readonly #fewestForBackground: number;
  #lost = 0;
  #closed = false;

  constructor(options: PoolOptions) {
    this.#options = { lifetimeMs: 45 * 60_000, ...options };
    const { size } = options;
    this.#mostForBackground = Math.max(1, Math.floor((size * 3) / 4));
    this.#fewestForBackground = Math.max(1, Math.floor(size / 5));
  }

  /** A connection for the caller alone, to be given back with `release`. Throws DatabaseUnavailableError. */
  acquire(waitMs: number, purpose: Purpose = 'answer'): Promise<Connection> {
    if (this.#closed) return Promise.reject(new DatabaseUnavailableError('shutting down'));
    // Nobody waits while there is one they could have, so whoever comes now is first.
    const free = this.#next([purpose]) && this.#take(purpose);
    if (free) return Promise.resolve(free);
    return new Promise((resolve, reject) => {
      const waiters = this.#waiting[purpose];
      const timer = setTimeout(() => {
        const at = waiters.findIndex((waiter) => waiter.timer === timer);
        if (at >= 0) waiters.splice(at, 1);
        reject(new DatabaseUnavailableError('all connections busy'));
      }, waitMs);
      waiters.push({ resolve, reject, timer });
    });
  }

  release(connection: Connection): void {
    if (!this.#out.delete(connection)) return;
    const { lifetimeMs } = this.#options;
    const isOld = performance.now() - connection.bornAt > lifetimeMs * (1 - Math.random() / 3);
    if (connection.dead) {
      // Gone already.
    } else if (this.#closed || isOld) {
      void connection.close();
    } else {
      this.#idle.push(connection);
    }
    this.#serve();
  }

  stats(): DatabaseStats {
    const active = this.#out.size;
    const idle = this.#idle.length;
    const waiting = this.#waiting.answer.length + this.#waiting.background.length;
    return { size: active + idle, active, idle, waiting, lost: this.#lost };
  }

  /** Refuses newcomers, lets transactions under way finish for `graceMs`, then drops them. */
  async close(graceMs = 5_000): Promise<void> {
    this.#closed = true;
    for (const waiters of Object.values(this.#waiting)) {
      for (const waiter of waiters.splice(0)) {
        clearTimeout(waiter.timer);
        waiter.reject(new DatabaseUnavailableError('shutting down'));
      }
    }
    const until = performance.now() + graceMs;
    while (this.#out.size > 0 && performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    for (const connection of this.#out.keys()) connection.kill(new DatabaseUnavailableError('shutting down'));
    await Promise.all(this.#idle.splice(0).map((connection) => connection.close()));
  }

  /** Whose turn it is of those who want a connection. */
  #next(wanted: readonly Purpose[]): Purpose | undefined {
    if (this.#out.size >= this.#options.size) return undefined;
    const inBackground = [...this.#out.values()].filter((purpose) => purpose === 'background').length;
    if (wanted.includes('background') && inBackground < this.#fewestForBackground) return 'background';
    if (wanted.includes('answer')) return 'answer';
    return wanted.includes('background') && inBackground < this.#mostForBackground ? 'background' : undefined;
  }

  /** The most recently used one first: its statements are prepared and its caches warm. */
  #take(purpose: Purpose): Connection {
    let connection = this.#idle.pop();
    while (connection?.dead) connection = this.#idle.pop();
    if (!connection) {
      const opened: Connection = this.#options.open(() => {
        this.#lost += 1;
        const at = this.#idle.indexOf(opened);
        if (at >= 0) this.#idle.splice(at, 1);
      });
      connection = opened;
    }
    this.#out.set(connection, purpose);
    return connection;
  }

  #serve(): void {
    for (;;) {
      const wanted = (['answer', 'background'] as const).filter((one) => this.#waiting[one].length > 0);
      const purpose = this.#next(wanted);
      const waiter = purpose && this.#waiting[purpose].shift();
      if (!waiter) return;
      clearTimeout(waiter.timer);
      waiter.resolve(this.#take(purpose));
    }
  }
}
