import { z } from 'zod';
import { blockShape } from '../../../view/card.ts';
import { stageView } from '../pipelines/api.ts';

export const dealStatuses = ['open', 'won', 'lost'] as const;
export type DealStatus = (typeof dealStatuses)[number];

export const amountView = z.strictObject({ amountMinor: z.string(), currency: z.string() });
export type AmountView = z.infer<typeof amountView>;
export const personView = z.strictObject({ memberId: z.string(), name: z.string() });
const named = z.strictObject({ number: z.string(), name: z.string() });

/**
 * A deal as actions give it out. Amounts in minor units; instants ISO; days `YYYY-MM-DD`. Outside the reader's
 * scope (`restricted`) only number, name, owner, stage and status are told; the rest is empty.
 */
export const dealView = z.strictObject({
  number: z.string(),
  name: z.string(),
  restricted: z.boolean(),
  account: named.nullable(),
  product: z.string().nullable(),
  owner: personView.nullable(),
  stage: stageView,
  stageEnteredAt: z.string(),
  daysInStage: z.int(),
  status: z.enum(dealStatuses),
  amount: amountView.nullable(),
  /** Amount times the stage's probability; only while open. */
  weighted: amountView.nullable(),
  engageOn: z.string().nullable(),
  /** Expected while open. */
  closeOn: z.string().nullable(),
  /** Times the expected close date moved later. */
  pushCount: z.int(),
  closedOn: z.string().nullable(),
  reason: z.string().nullable(),
  rival: z.string().nullable(),
  note: z.string().nullable(),
  archivedAt: z.string().nullable(),
  createdAt: z.string(),
});
export type DealView = z.infer<typeof dealView>;

/** The deal with what other features know about it. */
export const dealCard = dealView.extend({ sections: z.array(blockShape) });
export type DealCard = z.infer<typeof dealCard>;

export const movedDeal = dealView.extend({
  from: stageView,
  /** To an earlier stage. */
  isBack: z.boolean(),
});
export type MovedDeal = z.infer<typeof movedDeal>;

export const lostDeal = dealView.extend({
  /** The customer to try again with, and when; without a customer there is nobody to plan for. */
  revisit: z.strictObject({ account: z.string(), on: z.string() }).nullable(),
});
export type LostDeal = z.infer<typeof lostDeal>;

export const reopenedDeal = dealView.extend({ was: z.enum(['won', 'lost']) });
export type ReopenedDeal = z.infer<typeof reopenedDeal>;

export const dealAssignment = dealView.extend({
  previousOwner: z.string().nullable(),
  /** The new owner gets a message. */
  told: z.boolean(),
});
export type DealAssignment = z.infer<typeof dealAssignment>;

export const changedFields = ['name', 'amount', 'close', 'account', 'product', 'rival', 'note'] as const;
export type ChangedField = (typeof changedFields)[number];

const changedValue = z.union([z.string(), amountView]).nullable();
/** What `set` answers. Days `YYYY-MM-DD`, a customer by its name. */
export const dealChanges = z.strictObject({
  number: z.string(),
  name: z.string(),
  changes: z.array(
    z.strictObject({ field: z.enum(changedFields), before: changedValue, after: changedValue }),
  ),
  /** How many times the close date was pushed, when this change pushed it. */
  push: z.int().nullable(),
});
export type DealChanges = z.infer<typeof dealChanges>;
export type ChangedValue = z.infer<typeof changedValue>;
