import { z } from 'zod';
import { defineEvent } from '../../../runtime/event.ts';

/** People of another company began to read along in a channel in which something is set up, or ceased to. */
export const audienceChanged = defineEvent(
  'channels.audience-changed',
  z.strictObject({ channelId: z.uuid(), isShared: z.boolean() }),
);
