import { startOf } from '../../../kernel/dates.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { decideClasses } from '../../crm/accounts/api.ts';
import { changedBy, noteApplied, periodOf, ruleRow } from './queries.ts';
import type { ValueClassRuleRow } from './record.ts';

/** Gives every customer the class the rule says; a second time it changes nothing. Without a rule nothing happens. */
export async function classifyAll(ctx: Ctx): Promise<void> {
  const rule = await lockedRule(ctx);
  if (!rule) return;
  await classify(ctx, rule);
  await noteApplied(ctx);
}

/** The same, once in a calendar month of the organization. */
export async function classifyMonthly(ctx: Ctx): Promise<void> {
  const rule = await lockedRule(ctx);
  if (!rule || (rule.appliedOn !== null && rule.appliedOn >= startOf('month', periodOf(ctx).to))) return;
  await classify(ctx, rule);
  await noteApplied(ctx);
}

export async function classifyOne(ctx: Ctx, accountId: string): Promise<void> {
  const rule = await lockedRule(ctx);
  if (rule) await classify(ctx, rule, accountId);
}

/** Two runs at once would else decide on the same customers. */
async function lockedRule(ctx: Ctx): Promise<ValueClassRuleRow | undefined> {
  const rule = await ruleRow(ctx, { lock: true });
  return rule?.archivedAt === null ? rule : undefined;
}

async function classify(ctx: Ctx, rule: ValueClassRuleRow, accountId?: string): Promise<void> {
  await decideClasses(ctx, await changedBy(ctx, rule, accountId));
}
