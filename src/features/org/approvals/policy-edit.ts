import { isSameStep, type PolicyRule, type PolicyRules, type PolicyStep, usualPolicy } from './policy.ts';

const nobody: PolicyStep[] = [];
const manager: PolicyStep[] = [{ need: 'any', parts: [{ who: 'manager' }] }];
const everythingElse = usualPolicy.rules.at(-1) as PolicyRule;

/** Up to where nobody, and up to where the manager alone decides; basis points, null: there is no such bound. */
export interface Tiers {
  nobodyUpTo: number | null;
  managerUpTo: number | null;
}

/** Where the bounds begin, which come after all rules an admin wrote. */
export function tiersFrom({ rules }: Pick<PolicyRules, 'rules'>): number {
  let from = rules.length;
  const last = rules[from - 1];
  if (last && isEmpty(last)) from--;
  if (isTier(rules[from - 1], manager)) from--;
  if (isTier(rules[from - 1], nobody)) from--;
  return from;
}

export function tiersOf(policy: Pick<PolicyRules, 'rules'>): Tiers {
  const tail = policy.rules.slice(tiersFrom(policy));
  const bound = (steps: readonly PolicyStep[]) =>
    tail.find((rule) => isTier(rule, steps))?.when.percentUpTo ?? null;
  return { nobodyUpTo: bound(nobody), managerUpTo: bound(manager) };
}

/** The same rules with other bounds; 0 takes one away, what is not given stays. */
export function withTiers(policy: PolicyRules, wanted: Partial<Tiers>): PolicyRules {
  const from = tiersFrom(policy);
  const tiers = { ...tiersOf(policy), ...wanted };
  const tier = (percentUpTo: number | null, steps: PolicyStep[]): PolicyRule[] =>
    percentUpTo === null || percentUpTo === 0 ? [] : [{ when: { percentUpTo }, steps }];
  const last = policy.rules.slice(from).find(isEmpty) ?? everythingElse;
  const rules = [
    ...policy.rules.slice(0, from),
    ...tier(tiers.nobodyUpTo, nobody),
    ...tier(tiers.managerUpTo, manager),
    last,
  ];
  return { ...policy, rules };
}

export interface Placing {
  /** Adds its steps to whatever the other rules say. */
  isAlways: boolean;
  /** Number of the rule it goes before; without it, the last before the bounds. */
  before?: number | undefined;
}

export function withRule(policy: PolicyRules, rule: PolicyRule, { isAlways, before }: Placing): PolicyRules {
  if (isAlways) return { ...policy, always: [...policy.always, rule] };
  const at = before === undefined ? tiersFrom(policy) : before - 1;
  return { ...policy, rules: [...policy.rules.slice(0, at), rule, ...policy.rules.slice(at)] };
}

/** Rules and then those that always add, numbered through from 1. */
export function withoutRule(policy: PolicyRules, number: number): PolicyRules {
  const at = number - 1;
  const first = policy.rules.length;
  return at < first
    ? { ...policy, rules: policy.rules.filter((_, index) => index !== at) }
    : { ...policy, always: policy.always.filter((_, index) => index !== at - first) };
}

export function ruleCount({ rules, always }: PolicyRules): number {
  return rules.length + always.length;
}

/** A rule behind one that takes everything it is about; both by number. */
export interface Hidden {
  number: number;
  behind: number;
}

/**
 * The first rule that can never decide, because one before it takes all its cases. `unitsAbove` says what a team or
 * region belongs to, itself included.
 */
export function hiddenRule(
  { rules }: Pick<PolicyRules, 'rules'>,
  unitsAbove: ReadonlyMap<string, readonly string[]> = new Map(),
): Hidden | undefined {
  for (const [index, rule] of rules.entries()) {
    const behind = rules.slice(0, index).findIndex((earlier) => takesAll(earlier, rule, unitsAbove));
    if (behind >= 0) return { number: index + 1, behind: behind + 1 };
  }
  return undefined;
}

/** Bounds between which no amount lies. */
export function isImpossible({ when: { amountOver, amountUpTo } }: PolicyRule): boolean {
  if (!amountOver || !amountUpTo) return false;
  if (amountOver.currency !== amountUpTo.currency) return true;
  return BigInt(amountOver.amountMinor) >= BigInt(amountUpTo.amountMinor);
}

type When = PolicyRule['when'];

function takesAll(
  { when: a }: PolicyRule,
  { when: b }: PolicyRule,
  unitsAbove: ReadonlyMap<string, readonly string[]>,
): boolean {
  const percent =
    a.percentUpTo === undefined || (b.percentUpTo !== undefined && b.percentUpTo <= a.percentUpTo);
  const floor = !a.belowFloor || b.belowFloor === true;
  const isAmong = (of: readonly string[] | undefined, some: readonly string[] | undefined) =>
    of === undefined || (some?.every((one) => of.includes(one)) ?? false);
  const { unitIds } = a;
  const units =
    unitIds === undefined ||
    (b.unitIds?.every((id) => (unitsAbove.get(id) ?? [id]).some((above) => unitIds.includes(above))) ??
      false);
  return (
    percent &&
    floor &&
    units &&
    takesAmounts(a, b) &&
    isAmong(a.productIds, b.productIds) &&
    isAmong(a.valueClasses, b.valueClasses)
  );
}

function takesAmounts(a: When, b: When): boolean {
  const isWithin = (
    outer: When['amountUpTo'],
    inner: When['amountUpTo'],
    test: (a: bigint, b: bigint) => boolean,
  ) =>
    outer === undefined ||
    (inner !== undefined &&
      inner.currency === outer.currency &&
      test(BigInt(outer.amountMinor), BigInt(inner.amountMinor)));
  return (
    isWithin(a.amountUpTo, b.amountUpTo, (outer, inner) => inner <= outer) &&
    isWithin(a.amountOver, b.amountOver, (outer, inner) => inner >= outer)
  );
}

function isEmpty({ when }: PolicyRule): boolean {
  return Object.values(when).every((value) => value === undefined);
}

function isTier(rule: PolicyRule | undefined, steps: readonly PolicyStep[]): boolean {
  if (
    rule?.when.percentUpTo === undefined ||
    !isEmpty({ ...rule, when: { ...rule.when, percentUpTo: undefined } })
  )
    return false;
  return (
    rule.steps.length === steps.length &&
    steps.every((step, index) => isSameStep(step, rule.steps[index] as PolicyStep))
  );
}
