import { AppError } from '../../../kernel/errors.ts';
import type { Ref } from '../../../kernel/fields.ts';
import type { Money } from '../../../kernel/money.ts';
import { record } from '../../../kernel/text.ts';
import type { ApprovalCase } from '../../../runtime/approval-kind.ts';
import { type Ctx, memberOf } from '../../../runtime/context.ts';
import { memberNames, requireSight } from '../members/api.ts';
import { t } from './messages.ts';
import { alwaysFor, floorOf, type Measured, type PolicyRules, ruleFor, stepsFor } from './policy.ts';
import type { RouteStep, TriedView } from './policy-model.ts';
import { leftOutOf, routeOf } from './policy-route.ts';
import { namesIn, ruleTexts } from './policy-words.ts';
import { askingOf, requireKind } from './process.ts';
import { unitsOver } from './queries.ts';
import { anyReaches } from './routing.ts';

/** A case as somebody describes it. */
export interface Tried {
  deal?: Ref | undefined;
  percent?: number | undefined;
  amount?: Money | undefined;
  by?: Ref | undefined;
  class?: 'A' | 'B' | 'C' | undefined;
  product?: Ref | undefined;
  margin?: number | undefined;
}

export function isTried(tried: Tried): boolean {
  return Object.values(tried).some((value) => value !== undefined);
}

/** What the rules say about a case, asked by somebody or, without a name, by the actor. Throws AppError. */
export async function tryCase(ctx: Ctx, kind: string, rules: PolicyRules, tried: Tried): Promise<TriedView> {
  const found = tried.deal && (await caseOf(ctx, kind, tried.deal, tried));
  const requesterId = tried.by?.id ?? found?.ownerId ?? memberOf(ctx).memberId;
  const asking = found
    ? await askingOf(ctx, requesterId, found, ctx.now)
    : { requesterId, excluded: new Set([requesterId]) };
  const facts: Measured = {
    ...(found?.facts ?? {}),
    ...figuresOf(tried),
    unitIds: await unitsOver(ctx, requesterId),
  };
  const steps = stepsFor(rules, facts);
  const index = ruleFor(rules, facts);
  const texts = ruleTexts(rules, await namesIn(ctx, [rules]));
  const ruleAt = (at: number) => ({ number: at + 1, text: texts[at] ?? '' });
  const route = await routeOf(ctx, steps, asking);
  const names = await memberNames(ctx, [requesterId]);
  const mayReadMargin = memberOf(ctx).roles.some((role) => marginRoles.includes(role));
  const margin = facts.marginBasisPoints;
  return {
    percentBasisPoints: facts.percentBasisPoints ?? null,
    amount: facts.amount ?? null,
    by: names.get(requesterId) ?? '?',
    subject: found ? { number: found.subject.number, name: found.subject.name } : null,
    marginBasisPoints: margin === undefined || !(mayReadMargin || tried.margin !== undefined) ? null : margin,
    floorBasisPoints: mayReadMargin ? (floorOf(rules, facts) ?? null) : null,
    rule: index < 0 ? null : ruleAt(index),
    // Told and numbered after the rules of which one decides.
    also: alwaysFor(rules, facts).map((at) => ruleAt(rules.rules.length + at)),
    route,
    leftOut: (await leftOutOf(ctx, steps, asking, found?.ownerId ?? null)).map(({ name, why }) => ({
      name,
      why,
    })),
    isBeyondLimit: await isBeyond(ctx, rules, facts, route),
  };
}

/** Who is told the margin of a deal; the same as read what products cost. */
const marginRoles: readonly string[] = ['manager', 'finance', 'admin'];

/** What was said of the case by itself counts before what its deal tells. */
function figuresOf({ percent, amount, class: valueClass, product, margin }: Tried): Partial<Measured> {
  return {
    ...(percent === undefined ? {} : { percentBasisPoints: percent }),
    ...(amount === undefined
      ? {}
      : { amount: { amountMinor: amount.amountMinor.toString(), currency: amount.currency } }),
    ...(valueClass === undefined ? {} : { valueClass }),
    ...(product === undefined ? {} : { productIds: [product.id] }),
    ...(margin === undefined ? {} : { marginBasisPoints: margin }),
  };
}

async function caseOf(
  ctx: Ctx,
  kindName: string,
  subject: Ref,
  { percent, amount }: Tried,
): Promise<ApprovalCase & { ownerId: string | null }> {
  const kind = requireKind(ctx, kindName);
  if (!kind.propose || kind.subject !== subject.kind) {
    throw new AppError('rule', t('try-no-subject', { kind: kind.label }));
  }
  if (percent === undefined && amount === undefined) {
    const message = t('try-needs');
    throw new AppError('invalid_input', message, { fields: [{ field: 'percent', message, missing: true }] });
  }
  const asked = await kind.propose(ctx, subject.id, { percentBasisPoints: percent, amount });
  const found = await kind.read(ctx, asked);
  if (!found) throw new AppError('rule', t('nothing-to-decide'));
  const { number, name } = found.subject;
  await requireSight(ctx, { kind: subject.kind, ownerId: found.ownerId, label: record(number, name) });
  return found;
}

/** Whether nobody on the way may grant so much. */
async function isBeyond(
  ctx: Ctx,
  rules: PolicyRules,
  facts: Measured,
  route: readonly RouteStep[],
): Promise<boolean> {
  const people = route.flatMap(({ parts }) => parts.flatMap((part) => part.people));
  const ids = people.map(({ memberId }) => memberId);
  return ids.length > 0 && !(await anyReaches(ctx, rules, facts, ids));
}
