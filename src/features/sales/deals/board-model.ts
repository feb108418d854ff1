import { z } from 'zod';
import { funnelScope, funnelView, stageFigures } from './funnel-model.ts';
import { dealView } from './model.ts';

/** A deal as the board shows it. */
const boardDeal = dealView.extend({
  /** Longer in its stage than twice the stage's normal time. */
  isStuck: z.boolean(),
  /** The expected close date is past. */
  isLate: z.boolean(),
});

/**
 * Figures count the deals the reader sees in full, `restricted` the others; `total` both. `deals`: closing soonest
 * first, those without figures last, a page of at most fifty.
 */
const boardStage = stageFigures.extend({
  total: z.int(),
  restricted: z.int(),
  deals: z.array(boardDeal),
});
export type BoardStage = z.infer<typeof boardStage>;

export const whoseDeals = ['mine', 'team', 'all'] as const;

export const boardView = z.strictObject({
  scope: funnelScope,
  filters: funnelView.shape.filters,
  search: z.string().nullable(),
  /** The reader sees every deal of the organization in full. */
  seesAll: z.boolean(),
  /** Deals in all stages, with those without figures. */
  count: z.int(),
  stages: z.array(boardStage),
  page: z.int(),
});
export type BoardView = z.infer<typeof boardView>;
