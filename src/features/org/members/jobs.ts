import { z } from 'zod';
import { scheduledRun } from '../../../kernel/schedule.ts';
import { defineJob } from '../../../runtime/job.ts';
import type { Timer } from '../../../runtime/scheduler.ts';
import { connectedPlaces } from './account-state-queries.ts';
import { accountsDue } from './events.ts';

/** Has every platform asked who is still there: what it told when somebody left may have got lost. */
export const askWhoIsThere = defineJob({
  name: 'members.ask-who-is-there',
  payload: z.object({ schedule: scheduledRun.optional() }),
  run: async (ctx) => {
    for (const place of await connectedPlaces(ctx)) {
      ctx.emit(accountsDue, { ...place, userId: null, cursor: null });
    }
  },
});

/** At night: platforms let few such questions through, and nobody waits for the answers. */
export const dailyTimer: Timer = { job: askWhoIsThere.name, rule: { every: 'day', at: '03:30' } };
