import { z } from 'zod';
import { blockShape, inlineShape } from '../../../view/card.ts';
import type { partSchema } from './policy.ts';

export const approvalStatuses = [
  'pending',
  'approved',
  'countered',
  'rejected',
  'withdrawn',
  'expired',
  'superseded',
] as const;
export type ApprovalStatus = (typeof approvalStatuses)[number];

export type Part = z.output<typeof partSchema>;
export type Need = 'any' | 'all';
export type StepState = 'waiting' | 'open' | 'passed' | 'dropped';

/** Somebody who may decide a step. */
export interface Seat {
  memberId: string;
  /** Named by the policy, standing in for somebody, or called in because it took too long. */
  why: 'policy' | 'substitute' | 'escalated';
  /** Whom a substitute stands in for. */
  forId?: string;
}

const personView = z.strictObject({ memberId: z.string(), name: z.string() });
export const seatView = personView.extend({
  why: z.enum(['policy', 'substitute', 'escalated']),
  forName: z.string().nullable(),
});
export type SeatView = z.infer<typeof seatView>;

export const logEntries = [
  'asked',
  'passed',
  'countered',
  'approved',
  'rejected',
  'withdrawn',
  'expired',
  'superseded',
  'rerouted',
  'escalated',
  'said',
] as const;
export type LogEntry = (typeof logEntries)[number];

export const logView = z.strictObject({
  at: z.string(),
  entry: z.enum(logEntries),
  name: z.string().nullable(),
  note: z.string().nullable(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
});
export type LogView = z.infer<typeof logView>;

/** A request as actions give it out; instants ISO. Also what its cards are made of, so it holds nothing per reader. */
export const approvalView = z.strictObject({
  id: z.string(),
  number: z.string(),
  kind: z.string(),
  label: inlineShape,
  headline: inlineShape,
  subject: z.strictObject({ kind: z.string(), id: z.string(), number: z.string(), name: z.string() }),
  status: z.enum(approvalStatuses),
  requester: personView,
  note: z.string().nullable(),
  requestedAt: z.string(),
  answerBy: z.string(),
  expiresAt: z.string(),
  /** Version of the terms: a button of an older card does not decide on newer ones. */
  terms: z.int(),
  /** Those asked now, open steps first to last; empty: nobody can decide, admins know. */
  seats: z.array(seatView),
  /** Steps after the open ones: "then Finance". */
  later: z.array(inlineShape),
  /** Whether something less can be offered. */
  canCounter: z.boolean(),
  blocks: z.array(blockShape),
  /** What was granted when it is not what was asked: shown after a counter-offer. */
  countered: personView.nullable(),
  decided: personView.extend({ at: z.string(), via: z.string(), note: z.string().nullable() }).nullable(),
  log: z.array(logView),
  again: z.strictObject({ action: z.string(), input: z.record(z.string(), z.unknown()) }).nullable(),
});
export type ApprovalView = z.infer<typeof approvalView>;

/** What a decision answers; `mine`: the reader's own part is done and others still decide. */
export const decisionView = approvalView.extend({ stillOpen: z.boolean() });
export type DecisionView = z.infer<typeof decisionView>;

export const approvalList = z.strictObject({
  waiting: z.array(approvalView),
  asked: z.array(approvalView),
  hasMore: z.boolean(),
});
export type ApprovalList = z.infer<typeof approvalList>;
