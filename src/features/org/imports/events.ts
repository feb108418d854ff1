import { z } from 'zod';
import { defineEvent } from '../../../runtime/event.ts';

/** One per import instead of thousands: records created or changed, by kind. */
export const importsFinished = defineEvent(
  'imports.finished',
  z.strictObject({ kinds: z.record(z.string(), z.number()) }),
);
