import { and, asc, between, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { Span } from '../../../kernel/fields.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { mostFigureRows } from '../../../runtime/digest.ts';
import { rowsOf } from '../../../store/tx.ts';
import { deals } from '../deals/tables.ts';
import { stages } from '../pipelines/tables.ts';
import type { Whose } from '../targets/api.ts';
import { ownedBy } from './queries.ts';
import { commitFrom, type DealSum } from './rules.ts';

type Reading = Pick<Ctx, 'org' | 'tx'>;

/** A deal as it counts. */
export interface CountedDeal {
  id: string;
  ownerId: string | null;
  amountMinor: bigint | null;
  currency: string | null;
}

const counted = {
  id: deals.id,
  ownerId: deals.ownerId,
  amountMinor: deals.amountMinor,
  currency: deals.currency,
};

/** As the index on open deals has it. */
function open(ctx: Reading, whose: Whose): SQL | undefined {
  return and(
    eq(deals.orgId, ctx.org.id),
    sql`${deals.status} = 'open'`,
    isNull(deals.archivedAt),
    ownedBy(whose),
  );
}

/** The deals behind what was won in a period, bounded by it. */
export function wonDeals(ctx: Reading, { from, to }: Span, whose: Whose): Promise<CountedDeal[]> {
  return ctx.tx
    .select(counted)
    .from(deals)
    .where(
      and(
        eq(deals.orgId, ctx.org.id),
        sql`${deals.status} <> 'open'`,
        eq(deals.status, 'won'),
        isNull(deals.archivedAt),
        between(deals.closedOn, from, to),
        ownedBy(whose),
      ),
    )
    .orderBy(asc(deals.closedOn), asc(deals.number))
    .limit(mostFigureRows + 1);
}

/** The deals behind commit: open, to close in the period, as good as sure. */
export function committedDeals(ctx: Reading, { from, to }: Span, whose: Whose): Promise<CountedDeal[]> {
  return ctx.tx
    .select(counted)
    .from(deals)
    .innerJoin(stages, and(eq(stages.orgId, deals.orgId), eq(stages.id, deals.stageId)))
    .where(
      and(
        open(ctx, whose),
        between(deals.closeOn, from, to),
        sql`${stages.probabilityBasisPoints} >= ${commitFrom}`,
      ),
    )
    .orderBy(asc(deals.closeOn), asc(deals.number))
    .limit(mostFigureRows + 1);
}

/** The open deals, whatever they are to close on. */
export function openDeals(ctx: Reading, whose: Whose): Promise<CountedDeal[]> {
  return ctx.tx
    .select(counted)
    .from(deals)
    .where(open(ctx, whose))
    .limit(mostFigureRows + 1);
}

/** Open deals by owner and currency, counted from the index alone. */
export async function openByOwner(ctx: Reading, whose: Whose): Promise<DealSum[]> {
  const rows = await rowsOf<{
    owner_id: string | null;
    currency: string | null;
    count: string;
    sum: string | null;
    blank: string;
  }>(
    ctx.tx,
    sql`select ${deals.ownerId}, ${deals.currency}, count(*) as count, sum(${deals.amountMinor})::text as sum,
        count(*) filter (where ${deals.amountMinor} is null) as blank
      from ${deals} where ${open(ctx, whose)} group by 1, 2`,
  );
  return rows.map((row) => ({
    ownerId: row.owner_id,
    currency: row.currency,
    count: Number(row.count),
    sumMinor: row.sum === null ? null : BigInt(row.sum),
    withoutAmount: Number(row.blank),
  }));
}
