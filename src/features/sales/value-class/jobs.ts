import { z } from 'zod';
import { scheduledRun } from '../../../kernel/schedule.ts';
import { defineJob } from '../../../runtime/job.ts';
import type { Timer } from '../../../runtime/scheduler.ts';
import { classifyMonthly } from './classify.ts';

/** Wins grow older than twelve months without anybody doing anything. */
export const classifyByTime = defineJob({
  name: 'value-class.monthly',
  payload: z.object({ schedule: scheduledRun.optional() }),
  run: (ctx) => classifyMonthly(ctx),
});

/**
 * Before people look. It looks daily and classes once a month: a run that is hours late is not made up for, and a
 * service that was down on the first must not leave the classes as they are for another month.
 */
export const monthlyTimer: Timer = { job: classifyByTime.name, rule: { every: 'day', at: '05:00' } };
