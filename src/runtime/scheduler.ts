import type { ScheduleRule } from '../kernel/schedule.ts';
import type { Clock, Log } from './ports.ts';

/** A recurring job that every organization has, in its zone; the job's payload is `{ schedule }` alone. */
export interface Timer {
  /** Name of a job of the same feature. */
  job: string;
  rule: ScheduleRule;
}

/** Recurring jobs of all organizations. All instants are business time. */
export interface Schedules {
  /**
   * Queues what has come due, each run once whoever claims it, and moves its schedule on; up to `limit` schedules.
   * `claimed` counts those moved on, `queued` the jobs queued.
   */
  claimDue(now: Date, limit: number): Promise<{ claimed: number; queued: number }>;
  /** When the next run of a rule in days is due. */
  nextAt(): Promise<Date | undefined>;
  ensureTimers(timers: readonly Timer[], now: Date): Promise<void>;
}

export interface SchedulerOptions {
  schedules: Schedules;
  timers: readonly Timer[];
  clock: Clock;
  log: Log;
  /** Jobs were queued: the relay looks now. */
  wake(): void;
  /** Calls back about once a minute until stopped. */
  everyMinute(run: () => void): () => Promise<void>;
}

export interface Scheduler {
  /** Sees that every organization has its timers, looks once and from then on every minute. */
  start(): Promise<void>;
  /** Queues all that is due now. Returns how many jobs that were. */
  tick(): Promise<number>;
  nextAt(): Promise<Date | undefined>;
  /** Lets a running look finish and takes no more. */
  stop(): Promise<void>;
}

const batch = 50;

/** Turns what is due into queued jobs. The timer is only a tick; what is due is decided by the rows. */
export function createScheduler(options: SchedulerOptions): Scheduler {
  const { schedules, timers, clock, log, wake } = options;
  let stopTicking: (() => Promise<void>) | undefined;
  let stopped = false;
  let running: Promise<number> = Promise.resolve(0);

  async function round(): Promise<number> {
    let total = 0;
    while (!stopped) {
      const { claimed, queued } = await schedules.claimDue(clock.now(), batch);
      total += queued;
      if (queued > 0) wake();
      if (claimed < batch) break;
    }
    return total;
  }

  // One after the other: a tick after the clock was moved must not be answered by a look from before.
  function tick(): Promise<number> {
    running = running.catch(() => 0).then(round);
    return running;
  }

  const inBackground = () => {
    tick().catch((error) => log.error({ err: error }, 'scheduler tick failed'));
  };
  return {
    tick,
    nextAt: () => schedules.nextAt(),
    start: async () => {
      stopped = false;
      await schedules.ensureTimers(timers, clock.now());
      stopTicking = options.everyMinute(inBackground);
      inBackground();
    },
    stop: async () => {
      stopped = true;
      await stopTicking?.();
      await running.catch(() => undefined);
    },
  };
}
