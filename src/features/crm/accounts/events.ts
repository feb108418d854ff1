import { z } from 'zod';
import { defineEvent } from '../../../runtime/event.ts';

/** A person left the value class of a customer to the rule. */
export const accountClassReleased = defineEvent(
  'accounts.class-released',
  z.strictObject({ accountId: z.uuid() }),
);
