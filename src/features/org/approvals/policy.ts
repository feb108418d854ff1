import { z } from 'zod';
import type { ApprovalFacts } from '../../../runtime/approval-kind.ts';

/** Whoever decides one part of a step; of several people any one. */
export const partSchema = z.discriminatedUnion('who', [
  /** The nearest manager above the requester; any manager where there is none. */
  z.strictObject({ who: z.literal('manager') }),
  z.strictObject({ who: z.literal('role'), role: z.enum(['manager', 'finance']) }),
  z.strictObject({ who: z.literal('member'), memberId: z.uuid() }),
]);

/** Parts are asked at the same time; `any`: one yes is enough. */
export const stepSchema = z.strictObject({
  need: z.enum(['any', 'all']),
  parts: z.array(partSchema).min(1).max(5),
});

const amount = z.strictObject({
  amountMinor: z.string().regex(/^\d{1,18}$/),
  currency: z.string().length(3),
});

/** Conditions of one rule; all that are given must hold. What is not known of a case never holds. */
export const conditionSchema = z.strictObject({
  /** At most this much asked, this bound included. */
  percentUpTo: z.int().min(0).max(10_000).optional(),
  amountUpTo: amount.optional(),
  amountOver: amount.optional(),
  /** The margin left is below the product's floor, else the policy's. */
  belowFloor: z.literal(true).optional(),
  /** The requester works in one of these teams or regions, or below them. */
  unitIds: z.array(z.uuid()).min(1).max(50).optional(),
  productIds: z.array(z.uuid()).min(1).max(50).optional(),
  valueClasses: z
    .array(z.enum(['A', 'B', 'C']))
    .min(1)
    .optional(),
});

export const ruleSchema = z.strictObject({
  when: conditionSchema,
  /** One after the other; none: nobody needs to decide. */
  steps: z.array(stepSchema).max(5),
});

/** How much somebody may grant by role, asked alone or with others; without an entry, whatever the rules send. */
export const limitSchema = z.strictObject({
  role: z.enum(['manager', 'finance']),
  percentUpTo: z.int().min(0).max(10_000).optional(),
  amountUpTo: amount.optional(),
});

export const policyRules = z.strictObject({
  /** The first whose conditions hold decides; none holds: managers, then finance. */
  rules: z.array(ruleSchema).max(50),
  /** Each whose conditions hold adds its steps at the end, unless the same people decide already. */
  always: z.array(ruleSchema).max(20),
  marginFloorBasisPoints: z.int().min(-10_000).max(10_000).nullable(),
  limits: z.array(limitSchema).max(10),
  /** Business hours. */
  escalateAfterHours: z.int().min(1).max(400),
  expireAfterHours: z.int().min(1).max(2_000),
});
export type PolicyRules = z.output<typeof policyRules>;
export type PolicyRule = z.output<typeof ruleSchema>;
export type PolicyStep = z.output<typeof stepSchema>;
export type Condition = z.output<typeof conditionSchema>;

const manager: PolicyStep = { need: 'any', parts: [{ who: 'manager' }] };
const finance: PolicyStep = { need: 'any', parts: [{ who: 'role', role: 'finance' }] };

/** What every organization starts with: version 0. */
export const usualPolicy: PolicyRules = {
  rules: [
    { when: { percentUpTo: 500 }, steps: [] },
    { when: { percentUpTo: 2000 }, steps: [manager] },
    { when: {}, steps: [manager, finance] },
  ],
  always: [{ when: { belowFloor: true }, steps: [finance] }],
  marginFloorBasisPoints: 1500,
  limits: [],
  escalateAfterHours: 4,
  expireAfterHours: 40,
};

/** Facts of a case with what only the organization knows of whoever asks. */
export interface Measured extends ApprovalFacts {
  /** The requester's team and everything above it. */
  unitIds: readonly string[];
}

/** The steps a case has to take, in order; none: it is granted at once. */
export function stepsFor(policy: PolicyRules, facts: Measured): PolicyStep[] {
  const first = policy.rules[ruleFor(policy, facts)];
  const steps = [...(first ? first.steps : [manager, finance])];
  for (const index of alwaysFor(policy, facts)) {
    for (const step of policy.always[index]?.steps ?? []) {
      const missing = missingOf(step, steps);
      if (missing) steps.push(missing);
    }
  }
  const further = beyondLimits(policy, facts, steps);
  return further ? [...steps, further] : steps;
}

/** Those who may where by the limits of their roles nobody in these steps may grant so much; nothing else is asked. */
function beyondLimits(
  policy: PolicyRules,
  facts: ApprovalFacts,
  steps: readonly PolicyStep[],
): PolicyStep | undefined {
  if (steps.length === 0 || policy.limits.length === 0) return undefined;
  // How far a named person reaches depends on the roles they have by then.
  const may = (part: PolicyStep['parts'][number]) =>
    part.who === 'member' || reaches(policy, [part.who === 'role' ? part.role : part.who], facts);
  if (steps.some((step) => isSure(step) && step.parts.some(may))) return undefined;
  if (steps.at(-1)?.parts.some(may)) return undefined;
  const role = (['finance', 'manager'] as const).find((one) => reaches(policy, [one], facts));
  return role && { need: 'any', parts: [{ who: 'role', role }] };
}

/** Whether all of its parts have to say yes. */
function isSure({ need, parts }: PolicyStep): boolean {
  return need === 'all' || parts.length === 1;
}

/** What a step asks beyond those before it, which are all taken; nothing where their answers are its answer too. */
function missingOf(step: PolicyStep, before: readonly PolicyStep[]): PolicyStep | undefined {
  if (before.some((one) => isSameStep(one, step))) return undefined;
  const decideAnyway = before
    .filter(isSure)
    .flatMap(({ parts }) => parts.map((part) => JSON.stringify(part)));
  const parts = step.parts.filter((part) => !decideAnyway.includes(JSON.stringify(part)));
  if (parts.length === 0) return undefined;
  if (step.need === 'any') return parts.length === step.parts.length ? step : undefined;
  return { need: step.need, parts };
}

/** Index of the rule that decides a case; -1: none does. */
export function ruleFor(policy: PolicyRules, facts: Measured): number {
  const floor = floorOf(policy, facts);
  return policy.rules.findIndex(({ when }) => holds(when, facts, floor));
}

/** Indexes of the rules that hold in addition to the one that decides. */
export function alwaysFor(policy: PolicyRules, facts: Measured): number[] {
  const floor = floorOf(policy, facts);
  return policy.always.flatMap(({ when }, index) => (holds(when, facts, floor) ? [index] : []));
}

/** The floor a case is measured by; basis points. */
export function floorOf(policy: PolicyRules, facts: ApprovalFacts): number | undefined {
  return facts.floorBasisPoints ?? policy.marginFloorBasisPoints ?? undefined;
}

export function isSameStep(a: PolicyStep, b: PolicyStep): boolean {
  return a.need === b.need && JSON.stringify(a.parts) === JSON.stringify(b.parts);
}

function holds(when: Condition, facts: Measured, floor: number | undefined): boolean {
  const { percentBasisPoints, amount: at, marginBasisPoints, productIds = [], valueClass, unitIds } = facts;
  const within = (
    bound: { amountMinor: string; currency: string },
    test: (a: bigint, b: bigint) => boolean,
  ) =>
    at !== undefined &&
    at.currency === bound.currency &&
    test(BigInt(at.amountMinor), BigInt(bound.amountMinor));
  if (when.percentUpTo !== undefined) {
    if (percentBasisPoints === undefined || percentBasisPoints > when.percentUpTo) return false;
  }
  if (when.amountUpTo && !within(when.amountUpTo, (a, b) => a <= b)) return false;
  if (when.amountOver && !within(when.amountOver, (a, b) => a > b)) return false;
  if (when.belowFloor) {
    if (marginBasisPoints === undefined || floor === undefined || marginBasisPoints >= floor) return false;
  }
  if (when.unitIds && !when.unitIds.some((id) => unitIds.includes(id))) return false;
  if (when.productIds && !when.productIds.some((id) => productIds.includes(id))) return false;
  if (when.valueClasses && (!valueClass || !when.valueClasses.includes(valueClass))) return false;
  return true;
}

/** Whether the yes of somebody with these roles reaches so far: the widest of their roles counts. */
export function reaches(
  policy: Pick<PolicyRules, 'limits'>,
  roles: readonly string[],
  facts: ApprovalFacts,
): boolean {
  const deciding = roles.filter((role) => role === 'manager' || role === 'finance');
  return deciding.some((role) => {
    const limit = policy.limits.find((one) => one.role === role);
    if (!limit) return true;
    const { percentUpTo, amountUpTo } = limit;
    if (percentUpTo !== undefined && (facts.percentBasisPoints ?? 0) > percentUpTo) return false;
    if (!amountUpTo || !facts.amount) return true;
    // What cannot be compared is not within a limit.
    if (facts.amount.currency !== amountUpTo.currency) return false;
    return BigInt(facts.amount.amountMinor) <= BigInt(amountUpTo.amountMinor);
  });
}
