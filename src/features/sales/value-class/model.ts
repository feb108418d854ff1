import { z } from 'zod';
import { valueClasses } from '../../crm/accounts/api.ts';

const amount = z.strictObject({ amountMinor: z.string(), currency: z.string() });

/** Won value of twelve months from which on a customer is of class A or B. */
export const thresholds = z.strictObject({ aFrom: amount, bFrom: amount });
export type ThresholdsView = z.infer<typeof thresholds>;

/** Customers whose class would change, or has changed; `fresh` had none. */
export const movement = z.strictObject({ up: z.int(), down: z.int(), fresh: z.int() });
export type Movement = z.infer<typeof movement>;

/** Won value in other currencies, which no class counts. */
const notCounted = z.array(
  z.strictObject({ currency: z.string(), amountMinor: z.string(), accounts: z.int() }),
);

export const classesView = z.strictObject({
  /** `null`: no rule, classes are set by hand alone. */
  rule: thresholds.nullable(),
  /** Both days count. */
  period: z.strictObject({ from: z.string(), to: z.string() }),
  classes: z.array(
    z.strictObject({ valueClass: z.enum(valueClasses).nullable(), byHand: z.int(), byRule: z.int() }),
  ),
  /** What the rule would change now. */
  wouldChange: movement.nullable(),
  notCounted,
  /** Without a rule: what the customers' own figures suggest; `null` when nothing was won. */
  proposal: thresholds.nullable(),
});
export type ClassesView = z.infer<typeof classesView>;

export const classesSet = z.strictObject({
  rule: thresholds,
  before: thresholds.nullable(),
  moved: movement,
  /** The classes follow in the background: too many to change while somebody waits. */
  isQueued: z.boolean(),
  notCounted,
});
export type ClassesSet = z.infer<typeof classesSet>;

export const classesStopped = z.strictObject({ before: thresholds.nullable() });
export type ClassesStopped = z.infer<typeof classesStopped>;
