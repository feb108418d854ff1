import { z } from 'zod';

/** Where a message stands. `waiting`: queued, or put off for a moment. */
export const deliveryStates = [
  'waiting',
  'sent',
  'uncertain',
  'paused',
  'dead',
  'folded',
  'cancelled',
] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** One message of ours to one place; instants ISO. Work that failed in the background has no place. */
export const deliveryView = z.strictObject({
  id: z.string(),
  /** Name of the notification, or of the work. */
  what: z.string(),
  state: z.enum(deliveryStates),
  place: z
    .strictObject({
      platform: z.enum(['slack', 'teams']),
      kind: z.enum(['channel', 'person']),
      /** `null`: a channel whose name is not known. */
      name: z.string().nullable(),
    })
    .nullable(),
  queuedAt: z.string(),
  sentAt: z.string().nullable(),
  editedAt: z.string().nullable(),
  attempts: z.int(),
  /** In the platform's words, for whoever looks into it. */
  reason: z.string().nullable(),
  /** Sending again changes the message that stands there. */
  isPosted: z.boolean(),
});
export type DeliveryView = z.infer<typeof deliveryView>;

/** A place that takes no messages until it is opened again. */
export const gateView = z.strictObject({
  gate: z.string(),
  platform: z.enum(['slack', 'teams']),
  scope: z.enum(['destination', 'installation']),
  name: z.string().nullable(),
  reason: z.string(),
  pausedAt: z.string(),
  /** Messages waiting there. */
  waiting: z.int(),
});
export type GateView = z.infer<typeof gateView>;

export const handledWays = ['sent-again', 'dismissed', 'opened'] as const;
export type Handled = (typeof handledWays)[number];

/** What somebody did about a message or a place. */
export const handledView = z.strictObject({
  id: z.string(),
  at: z.string(),
  /** `null`: an operator, at the command line. */
  by: z.string().nullable(),
  did: z.enum(handledWays),
  /** Name of the notification, or of the work; of a place `null`. */
  what: z.string().nullable(),
  was: z.enum(['uncertain', 'paused', 'dead']).nullable(),
  /** Why a place was shut, in the platform's words. */
  reason: z.string().nullable(),
  /** Let through when a place was opened. */
  messages: z.int().nullable(),
  place: z
    .strictObject({
      platform: z.enum(['slack', 'teams']),
      kind: z.enum(['channel', 'person', 'installation']),
      name: z.string().nullable(),
    })
    .nullable(),
});
export type HandledView = z.infer<typeof handledView>;

export const deliveryList = z.strictObject({
  show: z.enum(['trouble', 'all', 'handled']),
  gates: z.array(gateView),
  rows: z.array(deliveryView),
  /** Empty unless shown. */
  handled: z.array(handledView),
  counts: z.strictObject({ uncertain: z.int(), paused: z.int(), dead: z.int(), waiting: z.int() }),
  page: z.int(),
  hasMore: z.boolean(),
});
export type DeliveryList = z.infer<typeof deliveryList>;

export const redriven = z.strictObject({
  /** Gates opened, and messages and work on their way again. */
  gates: z.int(),
  messages: z.int(),
});
export type Redriven = z.infer<typeof redriven>;
