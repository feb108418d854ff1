import { AppError } from '../../../kernel/errors.ts';
import { command, type Inline } from '../../../kernel/text.ts';
import { type Ctx, memberOf } from '../../../runtime/context.ts';
import { memberNames } from '../members/api.ts';
import { policyChanged } from './events.ts';
import { t } from './messages.ts';
import { type PolicyRules, policyRules, stepsFor } from './policy.ts';
import { hiddenRule, isImpossible } from './policy-edit.ts';
import type { Moved, PolicyChange, PolicyView } from './policy-model.ts';
import { unitsAbove } from './policy-queries.ts';
import { routeOf, seatsRemembered } from './policy-route.ts';
import { moreTexts, type Names, namesIn, ruleTexts } from './policy-words.ts';
import { requireKind } from './process.ts';
import {
  approvalsById,
  currentPolicy,
  insertPolicy,
  numberOf,
  type PolicyFound,
  pendingIds,
  requestsLately,
  unitsOver,
} from './queries.ts';

/** So many requests tell what a change means. */
const looked = 20;
/** Requests that wait, beyond those. */
const mostPending = 40;

/** The kind of request that is meant; without a name the first there is. Throws AppError `invalid_input`. */
export function kindMeant(ctx: Ctx, text: string | undefined): string {
  const kinds = ctx.catalog.approvalKinds();
  const found = text === undefined ? kinds[0] : kinds.find(({ kind }) => kind === text.trim().toLowerCase());
  if (found) return found.kind;
  const message = t('no-such-kind', { kinds: kinds.map(({ kind }) => kind).join(', ') });
  throw new AppError('invalid_input', message, { fields: [{ field: 'kind', message }] });
}

/** Which rules are changed, and the version somebody looked at before; without it that of now. */
export interface Based {
  kind?: string | undefined;
  base?: number | undefined;
}

/** A change worked out and not made. */
export interface Plan {
  kind: string;
  rules: PolicyRules;
  isChanged: boolean;
  told: PolicyChange;
}

/**
 * Works out a change of the rules and what it means. Throws AppError `conflict` when somebody else changed them in
 * between, `rule` for rules of which one could never decide.
 */
export async function plan(
  ctx: Ctx,
  { kind: named, base }: Based,
  change: (rules: PolicyRules) => PolicyRules,
): Promise<Plan> {
  const kind = kindMeant(ctx, named);
  const current = await currentPolicy(ctx, kind);
  if (base !== undefined && base !== current.version) throw await changedMeanwhile(ctx, kind, current);
  const rules = policyRules.parse(change(current.rules));
  const names = await namesIn(ctx, [current.rules, rules]);
  await requireSense(ctx, current.rules, rules, names);
  const told = await meaning(ctx, { kind, current, rules, names });
  return { kind, rules, isChanged: JSON.stringify(rules) !== JSON.stringify(current.rules), told };
}

/** Makes it the next version. Of two at once the second finds the first one's version taken. */
export async function put(ctx: Ctx, { kind, rules, isChanged, told }: Plan): Promise<PolicyChange> {
  if (!isChanged) return told;
  const { memberId, name } = memberOf(ctx);
  const policyVersion = told.base + 1;
  await insertPolicy(ctx, { kind, policyVersion, rules, setById: memberId });
  ctx.emit(policyChanged, { kind, policyVersion });
  return {
    ...told,
    policy: { ...told.policy, version: policyVersion, setAt: ctx.now.toISOString(), setBy: name },
  };
}

async function changedMeanwhile(ctx: Ctx, kind: string, current: PolicyFound): Promise<AppError> {
  const name = (await memberNames(ctx, [current.setById])).get(current.setById ?? '') ?? '?';
  return new AppError('conflict', t('policy-meanwhile', { name, version: current.version }), {
    waysOut: [{ label: t('btn-rules'), action: 'approvals.policy', input: { kind } }],
  });
}

/** Numbers are those of the rules as they are: what is only about to be has none anybody could type. */
async function requireSense(ctx: Ctx, current: PolicyRules, rules: PolicyRules, names: Names): Promise<void> {
  if ([...rules.rules, ...rules.always].some(isImpossible)) throw new AppError('rule', t('rule-impossible'));
  const hidden = hiddenRule(rules, await unitsAbove(ctx));
  if (!hidden) return;
  const [texts, known] = [ruleTexts(rules, names), ruleTexts(current, names).map(keyOf)];
  const found = (number: number) => {
    const rule = texts[number - 1] ?? '';
    return { rule, number: known.indexOf(keyOf(rule)) + 1 };
  };
  const [lost, behind] = [found(hidden.number), found(hidden.behind)];
  const way = behind.number > 0 ? behind : lost;
  const line = command(`policy-rule off ${way.number}`, `增加审批规则 删除 ${way.number}`);
  const values = { rule: lost.rule, other: behind.rule, number: way.number, line };
  throw new AppError('rule', t(behind.number > 0 ? 'rule-hidden' : 'rule-hides', values));
}

const keyOf = (text: Inline) => JSON.stringify(text);

interface Change {
  kind: string;
  current: PolicyFound;
  rules: PolicyRules;
  names: Names;
}

async function meaning(ctx: Ctx, { kind, current, rules, names }: Change): Promise<PolicyChange> {
  const lines = (of: PolicyRules) => [...ruleTexts(of, names), ...moreTexts(of)];
  const [before, after] = [lines(current.rules), lines(rules)];
  const { moved, unchanged } = await movedBy(ctx, kind, current.rules, rules);
  return {
    policy: await viewOfRules(ctx, kind, { ...current, rules }, names),
    base: current.version,
    added: notIn(after, before),
    removed: notIn(before, after),
    moved,
    unchanged,
    pendingMoved: moved.filter(({ status }) => status === 'pending').length,
  };
}

function notIn(lines: readonly Inline[], others: readonly Inline[]): Inline[] {
  const known = new Set(others.map(keyOf));
  return lines.filter((line) => !known.has(keyOf(line)));
}

/** Requests that would have asked others: of the last ones and of all that wait now. */
async function movedBy(
  ctx: Ctx,
  kindName: string,
  before: PolicyRules,
  after: PolicyRules,
): Promise<{ moved: Moved[]; unchanged: number }> {
  const kind = requireKind(ctx, kindName);
  const lately = await requestsLately(ctx, kindName, looked);
  const known = new Set(lately.map(({ id }) => id));
  const waiting = (await pendingIds(ctx, { kind: kindName }, mostPending)).filter((id) => !known.has(id));
  const rows = [...lately, ...(await approvalsById(ctx, waiting))];
  const names = await memberNames(
    ctx,
    rows.map(({ requesterId }) => requesterId),
  );
  const seatsOf = seatsRemembered(ctx);
  const moved: Moved[] = [];
  for (const row of rows) {
    const facts = { ...row.facts, unitIds: await unitsOver(ctx, row.requesterId) };
    const [was, is] = [stepsFor(before, facts), stepsFor(after, facts)];
    if (JSON.stringify(was) === JSON.stringify(is)) continue;
    const asking = {
      requesterId: row.requesterId,
      excluded: new Set([row.requesterId, ...row.involvedIds]),
    };
    moved.push({
      number: numberOf(row),
      headline: kind.headline(row.subject, row.terms),
      by: names.get(row.requesterId) ?? '?',
      status: row.status,
      before: await routeOf(ctx, was, asking, seatsOf),
      after: await routeOf(ctx, is, asking, seatsOf),
    });
  }
  return { moved, unchanged: rows.length - moved.length };
}

export async function viewOfRules(
  ctx: Ctx,
  kind: string,
  { version, rules, setById, setAt }: PolicyFound,
  known?: Names,
): Promise<PolicyView> {
  const names = known ?? (await namesIn(ctx, [rules]));
  return {
    kind,
    label: requireKind(ctx, kind).label,
    version,
    setAt: setAt?.toISOString() ?? null,
    setBy: setById === null ? null : ((await memberNames(ctx, [setById])).get(setById) ?? '?'),
    rules: ruleTexts(rules, names),
    more: moreTexts(rules),
  };
}
