import { eq, type SQL, sql } from 'drizzle-orm';
import { dayIn } from '../../../kernel/dates.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { rowsOf } from '../../../store/tx.ts';
import type { ClassDecider, ClassDecision, ValueClass } from '../../crm/accounts/api.ts';
import { accounts } from '../../crm/accounts/tables.ts';
import { deals } from '../deals/tables.ts';
import type { ClassesView } from './model.ts';
import type { ValueClassRuleRow } from './record.ts';
import { lastTwelveMonths, type Moved, type Thresholds } from './rules.ts';
import { valueClassRules } from './tables.ts';

type Reading = Pick<Ctx, 'org' | 'tx' | 'now'>;

/** The twelve months that count, in the organization's zone. */
export function periodOf({ org, now }: Pick<Ctx, 'org' | 'now'>): { from: string; to: string } {
  return lastTwelveMonths(dayIn(now, org.timeZone));
}

/** The rule, one that was switched off included. `lock`: until the commit nobody else changes or applies it. */
export async function ruleRow(
  ctx: Pick<Ctx, 'org' | 'tx'>,
  { lock = false } = {},
): Promise<ValueClassRuleRow | undefined> {
  const query = ctx.tx.select().from(valueClassRules).where(eq(valueClassRules.orgId, ctx.org.id));
  const rows = await (lock ? query.for('update') : query);
  return rows[0];
}

/** Notes that all customers have been classed today. */
export async function noteApplied(ctx: Reading): Promise<void> {
  await ctx.tx
    .update(valueClassRules)
    .set({ appliedOn: periodOf(ctx).to })
    .where(eq(valueClassRules.orgId, ctx.org.id));
}

/** Deals won in the period; the first condition is what the index on closed deals is about. */
function wonDeals(ctx: Reading): SQL {
  const { from, to } = periodOf(ctx);
  return sql`${deals.orgId} = ${ctx.org.id} and ${deals.status} <> 'open' and ${deals.status} = 'won'
    and ${deals.archivedAt} is null and ${deals.closedOn} between ${from} and ${to}
    and ${deals.accountId} is not null and ${deals.amountMinor} is not null`;
}

/**
 * Customers whose class changes under the rule, as rows (`id`, `before`, `before_by`, `after`). Who bought in other currencies
 * alone is left alone; who bought nothing falls to C, but gets no class by that.
 */
function changesUnder(ctx: Reading, rule: Thresholds, accountId?: string): SQL {
  const one = accountId === undefined ? sql`` : sql`and ${accounts.id} = ${accountId}`;
  const oneDeals = accountId === undefined ? sql`` : sql`and ${deals.accountId} = ${accountId}`;
  return sql`
    with won as (
      select ${deals.accountId} as account_id,
        sum(${deals.amountMinor}) filter (where ${deals.currency} = ${rule.currency}) as minor
      from ${deals} where ${wonDeals(ctx)} ${oneDeals} group by ${deals.accountId}),
    decided as (
      select ${accounts.id} as id, ${accounts.valueClass} as before,
        ${accounts.valueClassBy} as before_by,
        case when won.minor >= ${rule.aFromMinor.toString()}::bigint then 'A'
          when won.minor >= ${rule.bFromMinor.toString()}::bigint then 'B' else 'C' end as after
      from ${accounts} left join won on won.account_id = ${accounts.id}
      where ${accounts.orgId} = ${ctx.org.id} and ${accounts.archivedAt} is null ${one}
        and (${accounts.valueClass} is null or ${accounts.valueClassBy} = 'rule')
        and (won.minor is not null or (won.account_id is null and ${accounts.valueClass} is not null))),
    changes as (select * from decided where before is distinct from after)`;
}

/** How many customers would change, by where from and where to. */
export async function countChanges(ctx: Reading, rule: Thresholds): Promise<Moved[]> {
  return rowsOf<{ before: ValueClass | null; after: ValueClass; count: number }>(
    ctx.tx,
    sql`${changesUnder(ctx, rule)}
      select before, after, count(*)::int as count from changes group by before, after`,
  );
}

/** The changes themselves, of all customers or one. */
export function changedBy(ctx: Reading, rule: Thresholds, accountId?: string): Promise<ClassDecision[]> {
  return rowsOf<ClassDecision & Record<string, unknown>>(
    ctx.tx,
    sql`${changesUnder(ctx, rule, accountId)} 
      select id, before, before_by as "beforeBy", after from changes order by id`,
  );
}

/** Customers per class and who decided on it. */
export async function countClasses(ctx: Reading): Promise<ClassesView['classes']> {
  return rowsOf<ClassesView['classes'][number]>(
    ctx.tx,
    sql`select ${accounts.valueClass} as "valueClass",
        (count(*) filter (where ${accounts.valueClassBy} is distinct from 'rule'))::int as "byHand",
        (count(*) filter (where ${accounts.valueClassBy} = 'rule'))::int as "byRule"
      from ${accounts} where ${accounts.orgId} = ${ctx.org.id} and ${accounts.archivedAt} is null
      group by ${accounts.valueClass} order by ${accounts.valueClass} nulls last`,
  );
}

/** What was won in the period in other currencies than this one, the most customers first. */
export function wonElsewhere(ctx: Reading, currency: string): Promise<ClassesView['notCounted']> {
  return rowsOf(
    ctx.tx,
    sql`select ${deals.currency} as currency, sum(${deals.amountMinor})::text as "amountMinor",
        count(distinct ${deals.accountId})::int as accounts
      from ${deals} where ${wonDeals(ctx)} and ${deals.currency} <> ${currency}
      group by ${deals.currency} order by accounts desc, currency`,
  );
}

/** The won value that the best fifth and the better half of the buying customers reach; `undefined` without any. */
export async function wonQuantiles(
  ctx: Reading,
  currency: string,
): Promise<{ top: bigint; middle: bigint } | undefined> {
  const rows = await rowsOf<{ top: string | null; middle: string | null }>(
    ctx.tx,
    sql`with won as (
        select sum(${deals.amountMinor}) as minor from ${deals}
        where ${wonDeals(ctx)} and ${deals.currency} = ${currency} group by ${deals.accountId})
      select (percentile_disc(0.2) within group (order by minor desc))::text as top,
        (percentile_disc(0.5) within group (order by minor desc))::text as middle from won`,
  );
  const { top, middle } = rows[0] ?? {};
  return top && middle ? { top: BigInt(top), middle: BigInt(middle) } : undefined;
}

/** The class of one customer and what it bought in the period, per currency. */
export async function standingOf(ctx: Reading, accountId: string) {
  const [rows, won] = await Promise.all([
    ctx.tx
      .select({ number: accounts.number, valueClass: accounts.valueClass, by: accounts.valueClassBy })
      .from(accounts)
      .where(sql`${accounts.orgId} = ${ctx.org.id} and ${accounts.id} = ${accountId}`),
    rowsOf<{ currency: string; minor: string }>(
      ctx.tx,
      sql`select ${deals.currency} as currency, sum(${deals.amountMinor})::text as minor from ${deals}
        where ${wonDeals(ctx)} and ${deals.accountId} = ${accountId}
        group by ${deals.currency} order by ${deals.currency}`,
    ),
  ]);
  const row = rows[0];
  if (!row) return undefined;
  const by: ClassDecider | null = row.valueClass === null ? row.by : (row.by ?? 'hand');
  const amounts = won.map(({ currency, minor }) => ({ currency, amountMinor: BigInt(minor) }));
  return { number: row.number, valueClass: row.valueClass, by, won: amounts };
}
