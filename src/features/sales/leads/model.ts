import { z } from 'zod';

/** A lead as actions give it out. Amounts in minor units; instants ISO; days `YYYY-MM-DD`. */
export const leadView = z.strictObject({
  number: z.string(),
  company: z.string(),
  contactName: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  source: z.string(),
  amount: z.strictObject({ amountMinor: z.string(), currency: z.string() }).nullable(),
  note: z.string().nullable(),
  owner: z.strictObject({ memberId: z.string(), name: z.string() }).nullable(),
  state: z.enum(['new', 'opportunity', 'nurture', 'dropped']),
  stateReason: z.string().nullable(),
  reviewOn: z.string().nullable(),
  planDueAt: z.string().nullable(),
  planFiledAt: z.string().nullable(),
  createdAt: z.string(),
});
export type LeadView = z.infer<typeof leadView>;
