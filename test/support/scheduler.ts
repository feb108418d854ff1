import { createSchedules } from '../../src/infra/schedules.ts';
import { createScheduler, type Scheduler } from '../../src/runtime/scheduler.ts';
import type { TestApp } from './app.ts';

/** What looks for what is due in an organization, once for each `tick`. */
export function schedulerOf({ db, orgId, clock, engine: { log } }: TestApp): Scheduler {
  return createScheduler({
    schedules: createSchedules(db, log, { orgId }),
    timers: [],
    clock,
    log,
    wake: () => undefined,
    everyMinute: () => async () => undefined,
  });
}
