import { z } from 'zod';
import { stageView } from '../pipelines/api.ts';
import { amountView, dealStatuses, dealView, personView } from './model.ts';

export const funnelDimensions = ['stage', 'owner', 'group', 'region', 'product', 'account'] as const;
export type FunnelDimension = (typeof funnelDimensions)[number];

/** A period from then on has no beginning that means anything. */
export const longAgo = '1900-01-01';

/** What a deal may be without. */
export const blanks = ['account', 'product', 'amount', 'owner', 'close'] as const;
export type Blank = (typeof blanks)[number];

const amounts = z.array(amountView);
const period = z.strictObject({ from: z.string(), to: z.string() });

/**
 * Whose deals are counted. `all`: the whole organization · `below`: everybody below the reader · `team` · `own` ·
 * `person`, `unit`: as asked for; `isPartial`: some of the unit are out of the reader's sight and not counted.
 */
export const funnelScope = z.strictObject({
  kind: z.enum(['all', 'below', 'team', 'own', 'person', 'unit']),
  name: z.string().nullable(),
  isPartial: z.boolean(),
});
export type FunnelScope = z.infer<typeof funnelScope>;

/** What was asked for, as it is typed. */
const filters = z.strictObject({
  owner: personView.nullable(),
  group: z.string().nullable(),
  /** Of a branch only what belongs to none of its teams. */
  isDirect: z.boolean(),
  stage: stageView.nullable(),
  product: z.string().nullable(),
  account: z.strictObject({ number: z.string(), name: z.string() }).nullable(),
  without: z.array(z.enum(blanks)),
  /** Expected to close within. */
  closing: period.nullable(),
  /** In a stage of at least this probability. */
  likelyBasisPoints: z.int().nullable(),
});
export type FunnelFilters = z.infer<typeof filters>;

/** Open deals, deals won and deals lost; sums per currency, largest first, never added across currencies. */
const outcome = {
  openCount: z.int(),
  open: amounts,
  /** Open deals without an amount; they are counted, not summed. */
  openWithoutAmount: z.int(),
  wonCount: z.int(),
  won: amounts,
  lostCount: z.int(),
  lost: amounts,
  lostWithoutAmount: z.int(),
};
export const outcomeView = z.strictObject(outcome);
export type OutcomeView = z.infer<typeof outcomeView>;

export const stageFigures = z.strictObject({
  stage: stageView,
  count: z.int(),
  amounts,
  withoutAmount: z.int(),
  /** Amounts times the probability of the stage. */
  weighted: amounts,
  /** Came into the stage within the last seven days. */
  movedIn: z.int(),
});
export type StageFigures = z.infer<typeof stageFigures>;

export const groupFigures = z.strictObject({
  ...outcome,
  /** What finds it again: a member id, `East`, `quote`, `C-88`; `null`: deals without one. */
  key: z.string().nullable(),
  name: z.string().nullable(),
  stage: stageView.nullable(),
  /** Of a branch only what belongs to none of its teams. */
  isDirect: z.boolean(),
});
export type GroupFigures = z.infer<typeof groupFigures>;

/**
 * The funnel. Open deals are counted as they are now; won and lost ones closed within the period. With `isSpan`
 * the period was asked for, and of the open deals those count that had begun by its end.
 */
export const funnelView = z.strictObject({
  scope: funnelScope,
  filters,
  period,
  isSpan: z.boolean(),
  count: z.int(),
  ...outcome,
  weighted: amounts,
  openByStage: z.array(stageFigures),
  by: z.enum(funnelDimensions).nullable(),
  groups: z.array(groupFigures),
  /** Groups there are in all; the output holds at most a hundred. */
  groupCount: z.int(),
  page: z.int(),
});
export type FunnelView = z.infer<typeof funnelView>;

/** The deals behind a figure: what they come to in all, and ten of them. */
export const dealList = z.strictObject({
  scope: funnelScope,
  filters,
  status: z.enum(dealStatuses),
  /** As in the funnel: closed deals count when closed within, open ones, if it was asked for, when begun by its end. */
  period,
  isSpan: z.boolean(),
  count: z.int(),
  amounts,
  withoutAmount: z.int(),
  /** Of closed ones: why, the most frequent first, at most five; the same words in other capitals are one reason. */
  reasons: z.array(z.strictObject({ reason: z.string(), count: z.int() })),
  /** Closing soonest first; closed ones the latest first. */
  deals: z.array(dealView),
  page: z.int(),
  pages: z.int(),
});
export type DealList = z.infer<typeof dealList>;
