import { z } from 'zod';
import { defineEvent } from '../../../runtime/event.ts';
import { activityKinds } from './model.ts';

/** Somebody was in touch with a customer, or noted something. */
export const activityLogged = defineEvent(
  'activities.logged',
  z.strictObject({
    activityId: z.uuid(),
    kind: z.enum(activityKinds),
    memberId: z.uuid().nullable(),
    accountId: z.uuid().nullable(),
    dealId: z.uuid().nullable(),
    leadId: z.uuid().nullable(),
  }),
);
