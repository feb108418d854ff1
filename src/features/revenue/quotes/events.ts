import { z } from 'zod';
import { defineEvent } from '../../../runtime/event.ts';

/** Made, edited, sent, accepted, declined or withdrawn; `version` is the one that stands now. */
export const quoteChanged = defineEvent(
  'quotes.changed',
  z.strictObject({ quoteId: z.uuid(), dealId: z.uuid(), version: z.int() }),
);
