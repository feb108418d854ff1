import { and, eq, isNull, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { Ctx } from '../../../runtime/context.ts';
import type { DigestScope } from '../../../runtime/digest.ts';
import { recordChanges } from '../../../store/tables/trail.ts';
import { rowsOf } from '../../../store/tx.ts';
import { accounts } from '../../crm/accounts/tables.ts';
import { deals } from '../../sales/deals/tables.ts';
import type { Bought, LedgerYears } from './ledger-rules.ts';

type Reading = Pick<Ctx, 'org' | 'tx'>;
type Owners = DigestScope['owners'];

export interface LedgerCustomer {
  id: string;
  number: number;
  name: string;
  ownerId: string | null;
  isLost: boolean;
  reason: string | null;
  /** As it was when the year began; null: none. */
  valueClass: string | null;
}

const ofOwners = (owners: Owners, column: SQLWrapper): SQL =>
  'all' in owners ? sql`true` : sql`${column} = any(${sql.param(`{${owners.memberIds.join(',')}}`)}::uuid[])`;

/** Customers with a class, or one of these by id. Their class is that of `at`, from what has changed since. */
export async function customersAt(
  ctx: Reading,
  owners: Owners,
  at: Date,
  which: { withClass: true } | { ids: readonly string[] },
): Promise<LedgerCustomer[]> {
  const since = sql`${at.toISOString()}::timestamptz`;
  const classAt = sql`case when changed.before is null then ${accounts.valueClass}
    else changed.before ->> 'valueClass' end`;
  const wanted =
    'ids' in which
      ? sql`${accounts.id} = any(${sql.param(`{${which.ids.join(',')}}`)}::uuid[])`
      : sql`(${classAt}) in ('A', 'B')`;
  const rows = await rowsOf<{
    id: string;
    number: number;
    name: string;
    owner_id: string | null;
    state: string;
    reason: string | null;
    value_class: string | null;
  }>(
    ctx.tx,
    sql`select ${accounts.id}, ${accounts.number}, ${accounts.name}, ${accounts.ownerId},
        ${accounts.relationshipState} as state, ${accounts.relationshipReason} as reason,
        ${classAt} as value_class
      from ${accounts}
      left join lateral (
        select ${recordChanges.before} from ${recordChanges}
        where ${accounts.updatedAt} >= ${since}
          and ${recordChanges.orgId} = ${accounts.orgId} and ${recordChanges.recordId} = ${accounts.id}
          and ${recordChanges.at} >= ${since} and jsonb_exists(${recordChanges.before}, 'valueClass')
        order by ${recordChanges.version} limit 1
      ) as changed on true
      where ${accounts.orgId} = ${ctx.org.id} and ${accounts.archivedAt} is null
        and ${ofOwners(owners, accounts.ownerId)} and ${wanted}
      order by ${accounts.number}`,
  );
  return rows.map(({ id, number, name, owner_id, state, reason, value_class }) => ({
    id,
    number: Number(number),
    name,
    ownerId: owner_id,
    isLost: state === 'lost',
    reason,
    valueClass: value_class,
  }));
}

export async function hasClasses(ctx: Reading): Promise<boolean> {
  const rows = await ctx.tx
    .select({ id: accounts.id })
    .from(accounts)
    .where(
      and(
        eq(accounts.orgId, ctx.org.id),
        isNull(accounts.archivedAt),
        sql`${accounts.valueClass} is not null`,
      ),
    )
    .limit(1);
  return rows.length > 0;
}

/**
 * What each customer bought in the two years, per currency, from the people that count: bounded by the years through
 * the index on closed deals.
 */
export async function boughtIn(
  ctx: Reading,
  owners: Owners,
  { year, before }: LedgerYears,
): Promise<Map<string, Bought[]>> {
  const rows = await rowsOf<{
    account_id: string;
    currency: string;
    before: string | null;
    after: string | null;
  }>(
    ctx.tx,
    sql`select ${deals.accountId}, ${deals.currency},
        sum(${deals.amountMinor}) filter (where ${deals.closedOn} < ${year.from})::text as before,
        sum(${deals.amountMinor}) filter (where ${deals.closedOn} >= ${year.from})::text as after
      from ${deals}
      join ${accounts} on ${accounts.orgId} = ${deals.orgId} and ${accounts.id} = ${deals.accountId}
      where ${deals.orgId} = ${ctx.org.id} and ${deals.status} <> 'open' and ${deals.status} = 'won'
        and ${deals.archivedAt} is null and ${deals.closedOn} between ${before.from} and ${year.to}
        and ${deals.amountMinor} is not null and ${deals.currency} is not null
        and ${ofOwners(owners, accounts.ownerId)} and ${ofOwners(owners, deals.ownerId)}
      group by ${deals.accountId}, ${deals.currency}`,
  );
  const bought = new Map<string, Bought[]>();
  for (const row of rows) {
    const one = { currency: row.currency, before: BigInt(row.before ?? 0), after: BigInt(row.after ?? 0) };
    bought.set(row.account_id, [...(bought.get(row.account_id) ?? []), one]);
  }
  return bought;
}
