import { z } from 'zod';
import { defineEvent } from '../event.ts';

/**
 * A chat platform has refused a place (`destination`: archived channel, bot removed) or everything (`installation`:
 * token revoked). Nothing is sent there until the gate is opened again (store/gates.ts).
 */
export const deliveryPaused = defineEvent(
  'deliveries.paused',
  z.strictObject({
    gate: z.string(),
    scope: z.enum(['destination', 'installation']),
    platform: z.enum(['slack', 'teams']),
    installation: z.string(),
    place: z.strictObject({ kind: z.enum(['channel', 'person']), id: z.string() }),
    reason: z.string(),
    /** The first message that met the refusal. */
    postId: z.uuid(),
  }),
);
