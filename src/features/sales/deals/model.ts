import { z } from 'zod';
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
