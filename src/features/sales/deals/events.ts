import { z } from 'zod';
import { defineEvent } from '../../../runtime/event.ts';

const deal = { dealId: z.uuid(), accountId: z.uuid().nullable(), ownerId: z.uuid().nullable() };

export const dealCreated = defineEvent('deals.created', z.strictObject(deal));

/** `back`: to an earlier stage. */
export const dealMoved = defineEvent(
  'deals.moved',
  z.strictObject({ ...deal, fromStageId: z.uuid(), toStageId: z.uuid(), back: z.boolean() }),
);

export const dealWon = defineEvent(
  'deals.won',
  z.strictObject({ ...deal, amountMinor: z.string(), currency: z.string(), reason: z.string() }),
);

export const dealLost = defineEvent(
  'deals.lost',
  z.strictObject({ ...deal, reason: z.string(), rival: z.string().nullable() }),
);

export const dealReassigned = defineEvent(
  'deals.reassigned',
  z.strictObject({ ...deal, fromOwnerId: z.uuid().nullable() }),
);

export const dealReopened = defineEvent(
  'deals.reopened',
  z.strictObject({ ...deal, was: z.enum(['won', 'lost']) }),
);

/** The expected close date moved later; `pushCount`: for the how manieth time. */
export const dealPushed = defineEvent(
  'deals.close-pushed',
  z.strictObject({ ...deal, closeOn: z.string(), pushCount: z.int() }),
);

/** What it is about was changed by hand or by an accepted quote: column names (`amountMinor`, `accountId`, …). */
export const dealChanged = defineEvent(
  'deals.changed',
  z.strictObject({ ...deal, fields: z.array(z.string()) }),
);
