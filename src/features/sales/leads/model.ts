import { z } from 'zod';
import { blockShape } from '../../../view/card.ts';

export const leadStates = ['new', 'opportunity', 'nurture', 'dropped'] as const;
export type LeadState = (typeof leadStates)[number];

/** The one written standard: what a lead must pass to be an opportunity, the same for everybody. */
export const leadTests = ['budget', 'need', 'authority', 'time'] as const;
export type LeadTest = (typeof leadTests)[number];

/** What judging a lead can end in, as people type it. */
export const outcomes = ['opp', 'potential', 'drop'] as const;
export type Outcome = (typeof outcomes)[number];

/** Coded reasons of a state; what an import brought stays as it is. */
export const leadReasons = [
  'no-budget',
  'no-need',
  'wrong-contact',
  'competitor',
  'duplicate',
  'not-yet',
  'other',
] as const;
export type LeadReason = (typeof leadReasons)[number];

const amount = z.strictObject({ amountMinor: z.string(), currency: z.string() });
const person = z.strictObject({ memberId: z.string(), name: z.string() });
const named = z.strictObject({ number: z.string(), name: z.string() });

/**
 * A lead as actions give it out. Amounts in minor units; instants ISO; days `YYYY-MM-DD`. Outside the reader's
 * scope (`restricted`) only number, company, owner and state are told; the rest is empty.
 */
export const leadView = z.strictObject({
  number: z.string(),
  company: z.string(),
  restricted: z.boolean(),
  contactName: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  source: z.string().nullable(),
  amount: amount.nullable(),
  note: z.string().nullable(),
  owner: person.nullable(),
  state: z.enum(leadStates),
  /** A code, or words that came with an import. */
  stateReason: z.string().nullable(),
  stateNote: z.string().nullable(),
  testsPassed: z.array(z.enum(leadTests)),
  reviewOn: z.string().nullable(),
  planDueAt: z.string().nullable(),
  planFiledAt: z.string().nullable(),
  account: named.nullable(),
  contact: named.nullable(),
  deal: named.nullable(),
  createdAt: z.string(),
  archivedAt: z.string().nullable(),
});
export type LeadView = z.infer<typeof leadView>;

/** The full card: the lead and what other features know about it. */
export const leadCard = leadView.extend({ sections: z.array(blockShape) });
export type LeadCard = z.infer<typeof leadCard>;

export const leadList = z.strictObject({
  /** Whose leads; `null`: nobody's. */
  owner: person.nullable(),
  state: z.enum(leadStates),
  leads: z.array(leadView),
  hasMore: z.boolean(),
});
export type LeadList = z.infer<typeof leadList>;

export const leadFields = ['company', 'contactName', 'email', 'phone', 'source', 'amount', 'note'] as const;
export type LeadField = (typeof leadFields)[number];

const value = z.union([z.string(), amount]).nullable();
export const leadChanges = z.strictObject({
  number: z.string(),
  company: z.string(),
  changes: z.array(z.strictObject({ field: z.enum(leadFields), before: value, after: value })),
});
export type LeadChanges = z.infer<typeof leadChanges>;
export type LeadChange = LeadChanges['changes'][number];

export const leadAssignment = leadView.extend({ previousOwner: z.string().nullable(), told: z.boolean() });
export type LeadAssignment = z.infer<typeof leadAssignment>;

/** How judging came by a record: what sign told that it was known, or that it is new. */
export const howFound = z.enum(['created', 'chosen', 'phone', 'domain', 'email', 'name']);
export type HowFound = z.infer<typeof howFound>;

export const judgement = z.strictObject({
  lead: leadView,
  /** Set when the lead became an opportunity. */
  account: named.extend({ how: howFound }).nullable(),
  contact: named.extend({ how: howFound }).nullable(),
  deal: named.nullable(),
});
export type Judgement = z.infer<typeof judgement>;
