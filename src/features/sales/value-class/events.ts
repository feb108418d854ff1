import { z } from 'zod';
import { defineEvent } from '../../../runtime/event.ts';

/** Thresholds were set that change more customers than can be changed while somebody waits. */
export const classesQueued = defineEvent('value-class.queued', z.strictObject({}));
