import { z } from 'zod';
import { defineEvent } from '../../../runtime/event.ts';

export const leadCreated = defineEvent('leads.created', z.strictObject({ leadId: z.uuid() }));

export const leadJudged = defineEvent(
  'leads.judged',
  z.strictObject({
    leadId: z.uuid(),
    outcome: z.enum(['opportunity', 'nurture', 'dropped']),
    dealId: z.uuid().nullable(),
  }),
);
