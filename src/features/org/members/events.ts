import { z } from 'zod';
import { defineEvent } from '../../../runtime/event.ts';

/** A member's roles, team, manager or presence changed; who decides on what may be somebody else now. */
export const memberChanged = defineEvent(
  'members.changed',
  z.strictObject({ memberId: z.uuid(), hasLeft: z.boolean() }),
);

/** A platform is to be asked about the chat accounts of a workspace or tenant, or about one, from `cursor` on. */
export const accountsDue = defineEvent(
  'members.accounts-due',
  z.strictObject({
    platform: z.enum(['slack', 'teams']),
    installation: z.string(),
    /** Null: everybody. */
    userId: z.string().nullable(),
    cursor: z.string().nullable(),
  }),
);
