import { AppError } from '../../../kernel/errors.ts';
import { type Inline, listed, money, percent } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { memberNames } from '../members/api.ts';
import { t } from './messages.ts';
import type { Condition, PolicyRule, PolicyRules, PolicyStep } from './policy.ts';
import { partName, peopleNamed } from './words.ts';

/** What rules name by id, as people call it. */
export type Names = ReadonlyMap<string, string>;

/** Names of every unit, product and person these rules speak of. */
export async function namesIn(ctx: Ctx, policies: readonly PolicyRules[]): Promise<Names> {
  const rules = policies.flatMap(({ rules, always }) => [...rules, ...always]);
  const people = rules.flatMap(({ steps }) => steps.flatMap(({ parts }) => peopleNamed(parts)));
  const names = new Map(await memberNames(ctx, people));
  const idsOf = (pick: (when: Condition) => readonly string[] | undefined) =>
    new Set(rules.flatMap(({ when }) => pick(when) ?? []));
  for (const id of idsOf(({ unitIds }) => unitIds)) names.set(id, await labelOf(ctx, 'unit', id));
  for (const id of idsOf(({ productIds }) => productIds)) names.set(id, await labelOf(ctx, 'product', id));
  return names;
}

/** A team or region as people call it. */
export const namedUnit = (ctx: Ctx, id: string) => labelOf(ctx, 'unit', id);

/** Features above this one own some of what rules name; their lookups know what it is called. */
async function labelOf(ctx: Ctx, lookup: string, id: string): Promise<string> {
  try {
    return (await ctx.resolve([lookup], id)).label;
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return '?';
    throw error;
  }
}

export interface Wording {
  names: Names;
  floorBasisPoints: number | null;
}

/** Every rule in words, in the order of their numbers: the ones that always add come last. */
export function ruleTexts({ rules, always, marginFloorBasisPoints }: PolicyRules, names: Names): Inline[] {
  const wording = { names, floorBasisPoints: marginFloorBasisPoints };
  return [
    ...rules.map((rule) => ruleText(rule, wording)),
    ...always.map((rule) => t('rule-always', { rule: ruleText(rule, wording) })),
  ];
}

/** "up to 20 %: their manager". */
function ruleText({ when, steps }: PolicyRule, wording: Wording): Inline {
  const parts = conditionTexts(when, wording);
  return t('rule-line', {
    when: parts.length === 0 ? t('when-else') : listed(parts),
    who: stepsText(steps, wording.names),
  });
}

function conditionTexts(when: Condition, { names, floorBasisPoints }: Wording): Inline[] {
  const { percentUpTo, amountUpTo, amountOver, belowFloor, unitIds, productIds, valueClasses } = when;
  const named = (ids: readonly string[]) => listed(ids.map((id) => names.get(id) ?? '?'));
  const amount = (of: { amountMinor: string; currency: string }) =>
    money({ amountMinor: BigInt(of.amountMinor), currency: of.currency });
  const texts: (Inline | undefined)[] = [
    percentUpTo === undefined ? undefined : t('when-up-to', { bound: percent(percentUpTo) }),
    amountOver && t('when-over', { bound: amount(amountOver) }),
    amountUpTo && t('when-up-to', { bound: amount(amountUpTo) }),
    belowFloor && floorText(floorBasisPoints),
    unitIds && t('when-units', { units: named(unitIds) }),
    valueClasses && t('when-classes', { classes: listed([...valueClasses]) }),
    productIds && t('when-products', { products: named(productIds) }),
  ];
  return texts.filter((text) => text !== undefined);
}

function floorText(floorBasisPoints: number | null): Inline {
  return floorBasisPoints === null
    ? t('when-below-floor')
    : t('when-below', { floor: percent(floorBasisPoints) });
}

/** "their manager, then Finance". */
export function stepsText(steps: readonly PolicyStep[], names: Names): Inline {
  if (steps.length === 0) return t('who-nobody');
  return chained(
    steps.map(({ need, parts }) =>
      joined(
        need,
        parts.map((part) => partName(part, names)),
      ),
    ),
  );
}

/** "A or B", "A and B". */
export function joined(need: 'any' | 'all', of: readonly Inline[]): Inline {
  return of.reduce((so, next) => t(need === 'any' ? 'one-or' : 'one-and', { one: so, other: next }));
}

/** "A, then B". */
export function chained(of: readonly Inline[]): Inline {
  return of.reduce((first, next) => t('one-then', { first, next }));
}

/** How high roles reach and how long things take. */
export function moreTexts(policy: PolicyRules): Inline[] {
  const { limits, marginFloorBasisPoints, escalateAfterHours, expireAfterHours } = policy;
  return [
    ...limits.map(({ role, percentUpTo, amountUpTo }) => {
      const bounds: Inline[] = [
        ...(percentUpTo === undefined ? [] : [percent(percentUpTo)]),
        ...(amountUpTo === undefined
          ? []
          : [money({ amountMinor: BigInt(amountUpTo.amountMinor), currency: amountUpTo.currency })]),
      ];
      return t('limit-line', { who: t(`who-role-${role}`), bounds: listed(bounds) });
    }),
    ...(marginFloorBasisPoints === null ? [] : [t('floor-line', { floor: percent(marginFloorBasisPoints) })]),
    t('escalate-line', { hours: escalateAfterHours }),
    t('expire-line', { hours: expireAfterHours }),
  ];
}
