import { z } from 'zod';
import { scheduledRun } from '../../../kernel/schedule.ts';
import { defineJob } from '../../../runtime/job.ts';
import type { Timer } from '../../../runtime/scheduler.ts';
import { watch } from './watch.ts';

/** Looks for what comes true by time, and tells what had to wait. */
export const watchAlerts = defineJob({
  name: 'alerts.watch',
  payload: z.object({ schedule: scheduledRun.optional() }),
  run: (ctx) => watch(ctx),
});

/** Twice an hour: quiet hours usually end at half past. */
export const watchTimer: Timer = { job: watchAlerts.name, rule: { every: 'minutes', minutes: 30 } };
