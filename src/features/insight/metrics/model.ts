import { z } from 'zod';
import { funnelScope } from '../../sales/deals/api.ts';

/** A share of cases, beside the own share of the four weeks before. */
export const rate = z.strictObject({
  part: z.int(),
  whole: z.int(),
  /** `null`: too few cases for a rate. */
  basisPoints: z.int().nullable(),
  /** `null`: too few cases before. */
  beforeBasisPoints: z.int().nullable(),
  /** Whether it rose or fell by a whole percent; `null`: neither, or there is nothing to compare. */
  trend: z.enum(['up', 'down']).nullable(),
});
export type Rate = z.infer<typeof rate>;

/** What somebody did in a period, and how well it went. */
export const processView = z.strictObject({
  visits: z.int(),
  /** A week's visits on average of the four weeks before; only for a period of one week. */
  visitsAverage: z.int().nullable(),
  demos: z.int(),
  calls: z.int(),
  /** Quotes sent. */
  quotes: z.int(),
  /** Talks with a decision maker, of all talks face to face (visits, meetings, demos). */
  deciders: rate,
  /** Deals won, of all closed. */
  wins: rate,
  /** Deals won, of all closed that had been quoted. */
  quoteWins: rate,
  /** Follow-up plans filed in time, of those due in the period and not open still. */
  plans: rate,
  /** Leads judged an opportunity, of all judged. */
  opportunities: rate,
});
export type Process = z.infer<typeof processView>;

export const personProcess = z.strictObject({
  /** `null`: what belongs to nobody. */
  memberId: z.string().nullable(),
  name: z.string().nullable(),
  figures: processView,
});
export type PersonProcess = z.infer<typeof personProcess>;

/** Somebody who talks a lot and seldom to who decides, and customers where nobody has met a decision maker. */
export const deciderHint = z.strictObject({
  memberId: z.string(),
  name: z.string(),
  talks: z.int(),
  deciders: z.int(),
  accounts: z.array(z.strictObject({ number: z.string(), name: z.string() })),
});
export type DeciderHint = z.infer<typeof deciderHint>;

export const metricsView = z.strictObject({
  scope: funnelScope,
  /** What was asked for, as lists take it. */
  asked: z.strictObject({ owner: z.string().optional(), group: z.string().optional() }),
  period: z.strictObject({ from: z.string(), to: z.string() }),
  /** The period is not over. */
  isRunning: z.boolean(),
  total: processView,
  /** Everybody who sells, by name, also who did nothing; ten of them, the rest on further pages. */
  people: z.array(personProcess),
  hints: z.array(deciderHint),
  page: z.int(),
  pages: z.int(),
});
export type MetricsView = z.infer<typeof metricsView>;
