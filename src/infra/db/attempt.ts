import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseUnavailableError, DeadlineError, isRetryable, leavingError } from './errors.ts';

interface Running {
  open: boolean;
}

const running = new AsyncLocalStorage<Running>();

/**
 * Fails when called from within a transaction's callback. A second transaction in there would wait for ever on
 * the embedded database (one connection), and on Postgres could exhaust the pool against itself.
 */
export function refuseInsideTransaction(what: string): void {
  if (running.getStore()?.open) {
    throw new Error(
      `${what} inside a transaction: use tx, the transaction you were given, or do it after it`,
    );
  }
}

/** Runs a transaction's callback so that `refuseInsideTransaction` sees it, until `work` has settled. */
export async function insideTransaction<T>(work: () => Promise<T>): Promise<T> {
  // Flagged, not just absent: timers and listeners made in the callback keep this store after the commit.
  const state = { open: true };
  try {
    return await running.run(state, work);
  } finally {
    state.open = false;
  }
}

/** A point in time shared by all attempts of one transaction. */
export class Deadline {
  readonly #at: number;
  constructor(ms: number) {
    this.#at = performance.now() + ms;
  }

  remainingMs(): number {
    return Math.max(0, this.#at - performance.now());
  }

  /** Calls once when the time is up; returns how to stop that. */
  onExpiry(expired: () => void): () => void {
    // Longer waits overflow setTimeout and would fire at once.
    const timer = setTimeout(expired, Math.min(this.remainingMs(), 2 ** 31 - 1));
    return () => clearTimeout(timer);
  }
}

/**
 * Runs whole attempts until one succeeds, fails for good, or `retries` are used up, which counts as a database that
 * cannot serve now. Errors leave redacted. `onLost` is called after each attempt that lost against others.
 */
export async function withRetries<T>(
  deadline: Deadline,
  retries: number,
  attempt: () => Promise<T>,
  onLost: (error: unknown, isTriedAgain: boolean) => void = () => {},
): Promise<T> {
  for (let used = 0; ; used++) {
    try {
      return await attempt();
    } catch (error) {
      if (!isRetryable(error)) throw leavingError(error);
      const waitMs = 2 ** used * 10 * (0.5 + Math.random());
      const isInTime = waitMs < deadline.remainingMs();
      onLost(error, used < retries && isInTime);
      if (used >= retries) throw new DatabaseUnavailableError('others were in the way', { cause: error });
      if (!isInTime) throw new DeadlineError(false);
      await sleep(waitMs);
    }
  }
}
