import { and, asc, desc, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Span } from '../../../kernel/fields.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { members, units } from '../../../store/tables/people.ts';
import { rowsOf } from '../../../store/tx.ts';
import { accounts } from '../../crm/accounts/tables.ts';
import { products } from '../../revenue/products/tables.ts';
import { stages } from '../pipelines/tables.ts';
import type { Blank } from './funnel-model.ts';
import type { ChartUnit, CountedDeals, CountedStage } from './funnel-rules.ts';
import type { DealStatus, DealView } from './model.ts';
import { isOpen, viewsOf } from './queries.ts';
import { deals } from './tables.ts';

type Reading = Pick<Ctx, 'org' | 'tx'>;

/** Which deals count. Fields left out do not matter. */
export interface DealFilter {
  /** Owners whose deals count; `all`: everybody's and nobody's. */
  owners: { all: true } | { ids: readonly string[]; orNobody: boolean };
  stageId?: string | undefined;
  productId?: string | undefined;
  accountId?: string | undefined;
  without: readonly Blank[];
  /** Expected to close within. */
  closing?: Span | undefined;
  /** In a stage of at least this probability. */
  likelyBasisPoints?: number | undefined;
  /** Closed deals: closed within. */
  period: Span;
  /** Open deals: begun by the end of the period, or nobody knows when. */
  isSpan: boolean;
}

function matching(filter: DealFilter): SQL | undefined {
  const { owners, stageId, productId, accountId, without, closing, likelyBasisPoints } = filter;
  return and(
    'all' in owners ? undefined : ofOwners(owners),
    stageId === undefined ? undefined : eq(deals.stageId, stageId),
    productId === undefined ? undefined : eq(deals.productId, productId),
    accountId === undefined ? undefined : eq(deals.accountId, accountId),
    ...without.map((blank) => isNull(blankColumns[blank])),
    closing && sql`${deals.closeOn} between ${closing.from} and ${closing.to}`,
    likelyBasisPoints === undefined ? undefined : inStageFrom(likelyBasisPoints),
  );
}

function inStageFrom(basisPoints: number): SQL {
  return sql`exists (select 1 from ${stages} where ${stages.orgId} = ${deals.orgId}
    and ${stages.id} = ${deals.stageId} and ${stages.probabilityBasisPoints} >= ${basisPoints})`;
}

const blankColumns = {
  account: deals.accountId,
  product: deals.productId,
  amount: deals.amountMinor,
  owner: deals.ownerId,
  close: deals.closeOn,
} as const satisfies Record<Blank, unknown>;

function ofOwners({ ids, orNobody }: { ids: readonly string[]; orNobody: boolean }): SQL | undefined {
  const named = ids.length === 0 ? sql`false` : inArray(deals.ownerId, [...ids]);
  return orNobody ? or(named, isNull(deals.ownerId)) : named;
}

/** Open deals that count; repeats the predicate of the index on them. */
export function openWhere(ctx: Reading, filter: DealFilter): SQL | undefined {
  const begun = filter.isSpan
    ? or(isNull(deals.engageOn), sql`${deals.engageOn} <= ${filter.period.to}`)
    : undefined;
  return and(isOpen(ctx), matching(filter), begun);
}

/** Repeats the predicate of the index on closed deals; bounded by the period, history before it is not touched. */
function closedWhere(ctx: Reading, filter: DealFilter): SQL | undefined {
  const { from, to } = filter.period;
  return and(
    eq(deals.orgId, ctx.org.id),
    sql`${deals.status} <> 'open'`,
    isNull(deals.archivedAt),
    sql`${deals.closedOn} between ${from} and ${to}`,
    matching(filter),
  );
}

const figures = sql`count(*) as count, sum(amount_minor)::text as sum,
  count(*) filter (where amount_minor is null) as blank`;

/** Said instead of read: the index on open deals does not carry it. */
const openStatus = sql`'open'::text as status`;

interface FigureRow extends Record<string, unknown> {
  status: DealStatus;
  currency: string | null;
  count: string;
  sum: string | null;
  blank: string;
}

const counted = ({ status, currency, count, sum, blank }: FigureRow): CountedDeals => ({
  status,
  currency,
  count: Number(count),
  sumMinor: sum === null ? null : BigInt(sum),
  withoutAmount: Number(blank),
});

/** Open deals now and deals closed within the period, by status, stage and currency: answered from two indexes. */
export async function countStages(
  ctx: Reading,
  filter: DealFilter,
  movedSince: Date,
): Promise<CountedStage[]> {
  const columns = sql`${deals.stageId}, ${deals.currency}, ${deals.amountMinor}`;
  const rows = await rowsOf<FigureRow & { stage_id: string; moved: string }>(
    ctx.tx,
    sql`select status, stage_id, currency, ${figures},
        count(*) filter (where stage_entered_at >= ${movedSince.toISOString()}::timestamptz) as moved
      from (
        select ${openStatus}, ${columns}, ${deals.stageEnteredAt} from ${deals} where ${openWhere(ctx, filter)}
        union all
        select ${deals.status}, ${columns}, null from ${deals} where ${closedWhere(ctx, filter)}
      ) as found
      group by status, stage_id, currency`,
  );
  return rows.map((row) => ({ ...counted(row), stageId: row.stage_id, movedIn: Number(row.moved) }));
}

export type GroupColumn = 'owner' | 'product' | 'account';
export interface CountedGroup extends CountedDeals {
  groupId: string | null;
}

const groupColumns = {
  owner: deals.ownerId,
  product: deals.productId,
  account: deals.accountId,
} as const;

/**
 * The same by owner, product or customer: the `limit` largest by open and won amount in one currency, with how
 * many there are in all.
 */
export async function countGroups(
  ctx: Reading,
  filter: DealFilter,
  by: GroupColumn,
  { currency, limit }: { currency: string; limit: number },
): Promise<{ rows: CountedGroup[]; groups: number }> {
  const columns = sql`${groupColumns[by]} as id, ${deals.currency}, ${deals.amountMinor}`;
  const rows = await rowsOf<FigureRow & { id: string | null; groups: string }>(
    ctx.tx,
    sql`with figures as (
        select id, status, currency, ${figures}, sum(amount_minor) as total
        from (
          select ${openStatus}, ${columns} from ${deals} where ${openWhere(ctx, filter)}
          union all
          select ${deals.status}, ${columns} from ${deals} where ${closedWhere(ctx, filter)}
        ) as found
        group by id, status, currency
      ), ranked as (
        select id, count(*) over () as groups,
          row_number() over (order by
            sum(total) filter (where status <> 'lost' and currency = ${currency}) desc nulls last,
            sum(count) desc, id) as place
        from figures group by id
      )
      select figures.*, ranked.groups from figures
      join ranked on ranked.id is not distinct from figures.id
      where ranked.place <= ${limit}
      order by ranked.place`,
  );
  return {
    rows: rows.map((row) => ({ ...counted(row), groupId: row.id })),
    groups: Number(rows[0]?.groups ?? 0),
  };
}

/** Count and sums of the deals of one status. */
export async function countDeals(
  ctx: Reading,
  filter: DealFilter,
  status: DealStatus,
): Promise<CountedDeals[]> {
  const rows = await rowsOf<FigureRow>(
    ctx.tx,
    sql`select currency, ${figures} from ${deals}
      where ${ofStatus(ctx, filter, status)} group by currency`,
  );
  return rows.map((row) => counted({ ...row, status }));
}

/** One page of the deals of one status: closing soonest first, closed ones the latest first. */
export function pageOfDeals(
  ctx: Ctx,
  filter: DealFilter,
  status: DealStatus,
  page: { limit: number; offset: number },
): Promise<DealView[]> {
  const order = status === 'open' ? asc(deals.closeOn) : desc(deals.closedOn);
  return viewsOf(ctx, ofStatus(ctx, filter, status), [order, asc(deals.number)], page);
}

/** Deals of one status that count. */
export function ofStatus(ctx: Reading, filter: DealFilter, status: DealStatus): SQL | undefined {
  if (status === 'open') return openWhere(ctx, filter);
  return and(closedWhere(ctx, filter), sql`${deals.status} = ${status}`);
}

/** Everybody and every unit, as far as figures by team need them. */
export async function readChart(
  ctx: Reading,
): Promise<{ members: { id: string; name: string; unitId: string | null }[]; units: ChartUnit[] }> {
  const [people, parts] = await Promise.all([
    ctx.tx
      .select({ id: members.id, name: members.name, unitId: members.unitId })
      .from(members)
      .where(eq(members.orgId, ctx.org.id)),
    ctx.tx
      .select({
        id: units.id,
        kind: units.kind,
        name: units.name,
        parentId: units.parentId,
        managerId: units.managerId,
      })
      .from(units)
      .where(and(eq(units.orgId, ctx.org.id), isNull(units.archivedAt)))
      .orderBy(asc(units.name), asc(units.id)),
  ]);
  return { members: people, units: parts };
}

/** Name of the largest unit a person manages: a branch before a team. */
export async function managedUnit(ctx: Reading, memberId: string): Promise<string | undefined> {
  const rows = await ctx.tx
    .select({ name: units.name })
    .from(units)
    .where(and(eq(units.orgId, ctx.org.id), eq(units.managerId, memberId), isNull(units.archivedAt)))
    .orderBy(asc(units.kind), asc(units.name))
    .limit(1);
  return rows[0]?.name;
}

/** Names by id of at most a hundred products or customers. */
export async function namesOf(
  ctx: Reading,
  kind: 'product' | 'account',
  ids: readonly string[],
): Promise<Map<string, { name: string; number: number | null }>> {
  if (ids.length === 0) return new Map();
  const rows =
    kind === 'product'
      ? await ctx.tx
          .select({ id: products.id, name: products.name, number: sql<number | null>`null::int` })
          .from(products)
          .where(and(eq(products.orgId, ctx.org.id), inArray(products.id, [...ids])))
      : await ctx.tx
          .select({ id: accounts.id, name: accounts.name, number: accounts.number })
          .from(accounts)
          .where(and(eq(accounts.orgId, ctx.org.id), inArray(accounts.id, [...ids])));
  return new Map(rows.map(({ id, ...named }) => [id, named]));
}
