import { z } from 'zod';
import { defineEvent } from '../../../runtime/event.ts';

/** Somebody has undone what they did; the records are as they were before. Of bulk changes only the first are named. */
export const changesUndone = defineEvent(
  'changes.undone',
  z.strictObject({ records: z.array(z.strictObject({ kind: z.string(), id: z.uuid() })) }),
);
