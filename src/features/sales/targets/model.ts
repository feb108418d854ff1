import { z } from 'zod';
import { funnelScope } from '../deals/api.ts';

const amount = z.strictObject({ amountMinor: z.string(), currency: z.string() });
const person = z.strictObject({ memberId: z.string(), name: z.string() });

export const targetLevels = ['person', 'group', 'region'] as const;
export type TargetLevel = (typeof targetLevels)[number];

/** One currency of one person, team or branch. A negative gap is what was won beyond the target. */
export const targetLine = z.strictObject({
  currency: z.string(),
  /** `null`: won without a target in this currency. */
  targetMinor: z.string().nullable(),
  wonMinor: z.string(),
  gapMinor: z.string().nullable(),
  /** Share of the target that is won; 10,000 = all of it. */
  reachedBasisPoints: z.int().nullable(),
});
export type TargetLine = z.infer<typeof targetLine>;

/** Target, won and gap of a month. Unlike currencies stand in lines of their own. */
export const targetView = z.strictObject({
  scope: funnelScope,
  /** First day of the month. */
  monthOn: z.string(),
  level: z.enum(targetLevels),
  rows: z.array(
    z.strictObject({
      person: person.nullable(),
      /** Team or branch by name; `null` where rows are people, or for those in none. */
      unit: z.string().nullable(),
      lines: z.array(targetLine),
    }),
  ),
  total: z.array(targetLine),
  /** People who sell and have no target. */
  withoutTarget: z.int(),
});
export type TargetView = z.infer<typeof targetView>;

export const targetSet = z.strictObject({
  person,
  monthOn: z.string(),
  amount,
  before: amount.nullable(),
});
export type TargetSet = z.infer<typeof targetSet>;
