import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Ctx } from '../../../runtime/context.ts';
import type { ClassDecider, ValueClass } from './model.ts';
import { numberOf } from './queries.ts';
import { accountRecord } from './record.ts';
import { accounts } from './tables.ts';

/** A customer, the class it was found with and the one the rule decided on. */
export interface ClassDecision {
  id: string;
  before: ValueClass | null;
  beforeBy: ClassDecider | null;
  after: ValueClass;
}

const rowsPerStatement = 5000;

/**
 * Gives customers the class the rule decided on, thousands in one statement, and notes each change as changeRecord
 * would. Whose class somebody has changed since it was found keeps that.
 */
export async function decideClasses(ctx: Ctx, decisions: readonly ClassDecision[]): Promise<void> {
  const alike = new Map<string, ClassDecision[]>();
  for (const decision of decisions) {
    const key = `${decision.before} ${decision.beforeBy} ${decision.after}`;
    const group = alike.get(key);
    if (group) group.push(decision);
    else alike.set(key, [decision]);
  }
  for (const group of alike.values()) {
    for (let at = 0; at < group.length; at += rowsPerStatement) {
      await decideAlike(ctx, group.slice(at, at + rowsPerStatement));
    }
  }
}

/** All with the same class before and after. */
async function decideAlike(ctx: Ctx, decisions: readonly ClassDecision[]): Promise<void> {
  const [first] = decisions;
  if (!first) return;
  const { before, beforeBy, after } = first;
  const rows = await ctx.tx
    .update(accounts)
    .set({
      valueClass: after,
      valueClassBy: 'rule',
      version: sql`${accounts.version} + 1`,
      updatedAt: ctx.now,
    })
    .where(
      and(
        eq(accounts.orgId, ctx.org.id),
        inArray(
          accounts.id,
          decisions.map(({ id }) => id),
        ),
        before === null ? isNull(accounts.valueClass) : eq(accounts.valueClass, before),
        beforeBy === null ? isNull(accounts.valueClassBy) : eq(accounts.valueClassBy, beforeBy),
      ),
    )
    .returning({ id: accounts.id, number: accounts.number, version: accounts.version });
  for (const { id, number, version } of rows) {
    ctx.changed({
      kind: accountRecord.kind,
      recordId: id,
      number: numberOf({ number }),
      op: 'update',
      version,
      before: { valueClass: before, valueClassBy: beforeBy },
      after: { valueClass: after, valueClassBy: 'rule' },
    });
  }
}
