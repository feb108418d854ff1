import { z } from 'zod';
import { inlineShape } from '../../../view/card.ts';
import { deskList } from './desk-model.ts';
import { approvalStatuses, seatView } from './model.ts';

/** The rules of one kind of request as they are told. */
export const policyView = z.strictObject({
  kind: z.string(),
  label: inlineShape,
  /** 0: what every organization starts with. */
  version: z.int(),
  setAt: z.string().nullable(),
  setBy: z.string().nullable(),
  /** In the order of their numbers, from 1. */
  rules: z.array(inlineShape),
  /** Limits, floor and times. */
  more: z.array(inlineShape),
});
export type PolicyView = z.infer<typeof policyView>;

/** One step of the way a case takes, with those who would be asked now. */
const routeStep = z.strictObject({
  need: z.enum(['any', 'all']),
  parts: z.array(
    z.strictObject({
      label: inlineShape,
      /** The label is a person's name or stands for exactly one. */
      isPerson: z.boolean(),
      people: z.array(seatView),
    }),
  ),
});
export type RouteStep = z.infer<typeof routeStep>;

const numberedRule = z.strictObject({ number: z.int(), text: inlineShape });

/** A case tried on the rules. */
export const triedView = z.strictObject({
  percentBasisPoints: z.int().nullable(),
  amount: z.strictObject({ amountMinor: z.string(), currency: z.string() }).nullable(),
  by: z.string(),
  subject: z.strictObject({ number: z.string(), name: z.string() }).nullable(),
  /** Told only to those who read costs. */
  marginBasisPoints: z.int().nullable(),
  floorBasisPoints: z.int().nullable(),
  /** The rule that decides; null: none does, so managers and then finance. */
  rule: numberedRule.nullable(),
  /** Rules that hold in addition. */
  also: z.array(numberedRule),
  route: z.array(routeStep),
  leftOut: z.array(z.strictObject({ name: z.string(), why: z.enum(['requester', 'owner', 'involved']) })),
  /** Nobody of the last step may grant so much. */
  isBeyondLimit: z.boolean(),
});
export type TriedView = z.infer<typeof triedView>;

/** Channels that get the cards of requests are told with the rules, not with a case. */
export const policyShown = deskList.extend({ policy: policyView, tried: triedView.nullable() });
export type PolicyShown = z.infer<typeof policyShown>;

const moved = z.strictObject({
  number: z.string(),
  headline: inlineShape,
  by: z.string(),
  status: z.enum(approvalStatuses),
  before: z.array(routeStep),
  after: z.array(routeStep),
});
export type Moved = z.infer<typeof moved>;

/** What a change of rules means: what is said anew and whom it would have asked. */
export const policyChange = z.strictObject({
  policy: policyView,
  /** The version it was made from. */
  base: z.int(),
  added: z.array(inlineShape),
  removed: z.array(inlineShape),
  /** Of the last requests, those that would have gone another way. */
  moved: z.array(moved),
  unchanged: z.int(),
  /** Requests that wait now and go another way. */
  pendingMoved: z.int(),
});
export type PolicyChange = z.infer<typeof policyChange>;
