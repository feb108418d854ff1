import type { Connection } from './connection.ts';
import type { DatabaseStats } from './database.ts';
import { DatabaseUnavailableError } from './errors.ts';

export interface PoolOptions {
  size: number;
  open: (onDeath: () => void) => Connection;
  /** Connections older than this are replaced when they come back; default 45 minutes, spread by a third. */
  lifetimeMs?: number;
}

interface Waiter {
  resolve: (connection: Connection) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

/**
 * Connections handed out to one transaction at a time. A dead one is not mended but replaced; those who wait are
 * served in the order they came, for a bounded time.
 */
export class Pool {
  readonly #options: Required<PoolOptions>;
  readonly #idle: Connection[] = [];
  readonly #out = new Set<Connection>();
  readonly #waiters: Waiter[] = [];
  #lost = 0;
  #closed = false;

  constructor(options: PoolOptions) {
    this.#options = { lifetimeMs: 45 * 60_000, ...options };
  }

  /** A connection for the caller alone, to be given back with `release`. Throws DatabaseUnavailableError. */
  acquire(waitMs: number): Promise<Connection> {
    if (this.#closed) return Promise.reject(new DatabaseUnavailableError('shutting down'));
    const free = this.#take();
    if (free) return Promise.resolve(free);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        const at = this.#waiters.findIndex((waiter) => waiter.timer === timer);
        if (at >= 0) this.#waiters.splice(at, 1);
        reject(new DatabaseUnavailableError('all connections busy'));
      }, waitMs);
      this.#waiters.push({ resolve, reject, timer });
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
    return { size: active + idle, active, idle, waiting: this.#waiters.length, lost: this.#lost };
  }

  /** Refuses newcomers, lets transactions under way finish for `graceMs`, then drops them. */
  async close(graceMs = 5_000): Promise<void> {
    this.#closed = true;
    for (const waiter of this.#waiters.splice(0)) {
      clearTimeout(waiter.timer);
      waiter.reject(new DatabaseUnavailableError('shutting down'));
    }
    const until = performance.now() + graceMs;
    while (this.#out.size > 0 && performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    for (const connection of this.#out) connection.kill(new DatabaseUnavailableError('shutting down'));
    await Promise.all(this.#idle.splice(0).map((connection) => connection.close()));
  }

  /** The most recently used one first: its statements are prepared and its caches warm. */
  #take(): Connection | undefined {
    if (this.#out.size >= this.#options.size) return undefined;
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
    this.#out.add(connection);
    return connection;
  }

  #serve(): void {
    while (this.#waiters.length > 0) {
      const connection = this.#take();
      if (!connection) return;
      const waiter = this.#waiters.shift();
      if (!waiter) return;
      clearTimeout(waiter.timer);
      waiter.resolve(connection);
    }
  }
}
