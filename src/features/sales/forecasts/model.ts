import { z } from 'zod';
import { amountView, funnelScope } from '../deals/api.ts';
import { targetLevels } from '../targets/api.ts';

/** One currency of one person, team or branch; minor units. */
export const forecastLine = z.strictObject({
  currency: z.string(),
  /** `null`: no target in this currency. */
  targetMinor: z.string().nullable(),
  wonMinor: z.string(),
  /** Open deals to close in the period that are as good as sure. */
  commitMinor: z.string(),
  /** Commit and what may well be won besides. */
  bestMinor: z.string(),
  /** Target less won and commit; negative: that much over. `null` without a target. */
  gapMinor: z.string().nullable(),
});
export type ForecastLine = z.infer<typeof forecastLine>;

/** Deals behind a figure: their number, what those with an amount come to, and how many have none. */
export const counted = z.strictObject({
  count: z.int(),
  amounts: z.array(amountView),
  withoutAmount: z.int(),
});
export type Counted = z.infer<typeof counted>;

const movedDeal = z.strictObject({ number: z.string(), name: z.string(), amount: amountView.nullable() });
/** Deals of one kind of movement; the five largest by name. */
export const movement = counted.extend({ deals: z.array(movedDeal) });
export type Movement = z.infer<typeof movement>;

/** What a period will bring. Unlike currencies stand in lines of their own and are never added. */
export const forecastView = z.strictObject({
  scope: funnelScope,
  /** What was asked for, as lists take it. */
  asked: z.strictObject({ owner: z.string().optional(), group: z.string().optional() }),
  /** Whole months. */
  period: z.strictObject({ from: z.string(), to: z.string() }),
  total: z.array(forecastLine),
  won: counted,
  commit: counted,
  best: counted,
  /** All open deals to close in the period. */
  open: counted,
  /** Of these the ones whose close date has passed. */
  passed: z.int(),
  /** `open` weighted by the probability of each stage. */
  weighted: z.array(amountView),
  /** Open deals whose close date passed before the period and today; in no figure. */
  late: counted,
  /** Open deals without a close date; in no figure. */
  undated: counted,
  /** The last seven days, seen from today; won and lost as far as they lie in the period. */
  moved: z.strictObject({
    sinceOn: z.string(),
    /** Open deals that now close in the period and did not, or did not exist. */
    in: movement,
    /** Open deals that did and now close at another time. */
    out: movement,
    won: counted,
    lost: counted,
  }),
  level: z.enum(targetLevels),
  /** Ten of them; the rest on further pages. */
  rows: z.array(
    z.strictObject({
      /** What finds it again: a member id, or the name of a team or branch; `null`: in none. */
      key: z.string().nullable(),
      name: z.string().nullable(),
      lines: z.array(forecastLine),
    }),
  ),
  page: z.int(),
  pages: z.int(),
});
export type ForecastView = z.infer<typeof forecastView>;
