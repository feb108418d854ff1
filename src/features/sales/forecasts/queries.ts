import { and, between, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import type { Span } from '../../../kernel/fields.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { audit, recordChanges } from '../../../store/tables/trail.ts';
import { rowsOf } from '../../../store/tx.ts';
import { deals } from '../deals/tables.ts';
import { stages } from '../pipelines/tables.ts';
import type { Whose } from '../targets/api.ts';
import type { DealSum, OpenSum } from './rules.ts';

type Reading = Pick<Ctx, 'org' | 'tx'>;

export function ownedBy(whose: Whose): SQL | undefined {
  if ('all' in whose) return undefined;
  return whose.ids.length === 0 ? sql`false` : inArray(deals.ownerId, [...whose.ids]);
}

const figures = sql`count(*) as count, sum(${deals.amountMinor})::text as sum,
  count(*) filter (where ${deals.amountMinor} is null) as blank`;

interface FigureRow extends Record<string, unknown> {
  owner_id: string | null;
  currency: string | null;
  count: string;
  sum: string | null;
  blank: string;
}

const summed = ({ owner_id, currency, count, sum, blank }: FigureRow): DealSum => ({
  ownerId: owner_id,
  currency,
  count: Number(count),
  sumMinor: sum === null ? null : BigInt(sum),
  withoutAmount: Number(blank),
});

/** Open deals by owner, stage, currency and where their close date lies; those beyond the period are left out. */
export async function openSums(ctx: Reading, period: Span, today: string, whose: Whose): Promise<OpenSum[]> {
  const when = sql`case when ${deals.closeOn} is null then 'undated'
    when ${deals.closeOn} < ${period.from}::date then 'late'
    when ${deals.closeOn} < ${today}::date then 'passed' else 'in' end`;
  const rows = await rowsOf<FigureRow & { stage_id: string; probability: number; when: OpenSum['when'] }>(
    ctx.tx,
    sql`select found.*, ${stages.probabilityBasisPoints} as probability from (
        select ${deals.ownerId}, ${deals.stageId}, ${deals.currency}, ${when} as when, ${figures}
        from ${deals}
        where ${and(
          eq(deals.orgId, ctx.org.id),
          sql`${deals.status} = 'open'`,
          isNull(deals.archivedAt),
          sql`(${deals.closeOn} is null or ${deals.closeOn} between ${period.from} and ${period.to}
            or ${deals.closeOn} < least(${period.from}::date, ${today}::date))`,
          ownedBy(whose),
        )}
        group by 1, 2, 3, 4
      ) as found
      join ${stages} on ${stages.orgId} = ${ctx.org.id} and ${stages.id} = found.stage_id`,
  );
  return rows.map((row) => ({
    ...summed(row),
    stageId: row.stage_id,
    probabilityBasisPoints: Number(row.probability),
    when: row.when,
  }));
}

export interface ClosedSum extends DealSum {
  status: 'won' | 'lost';
}

/** Deals won and lost within a period, from the index on closed deals: history outside it is not touched. */
export async function closedSums(ctx: Reading, period: Span, whose: Whose): Promise<ClosedSum[]> {
  const rows = await rowsOf<FigureRow & { status: 'won' | 'lost' }>(
    ctx.tx,
    sql`select ${deals.ownerId}, ${deals.status}, ${deals.currency}, ${figures}
      from ${deals}
      where ${and(
        eq(deals.orgId, ctx.org.id),
        sql`${deals.status} <> 'open'`,
        isNull(deals.archivedAt),
        between(deals.closedOn, period.from, period.to),
        ownedBy(whose),
      )}
      group by 1, 2, 3`,
  );
  return rows.map((row) => ({ ...summed(row), status: row.status }));
}

export interface Rescheduled {
  number: number;
  name: string;
  amountMinor: bigint | null;
  currency: string | null;
  /** It now closes in the period. */
  isIn: boolean;
}

/**
 * Open deals that people moved into or out of a period since an instant, or opened in it: found through the audit
 * entries since then, so that the cost is that of a week's work. What an import brought is no movement.
 */
export async function rescheduledSince(
  ctx: Reading,
  period: Span,
  since: Date,
  whose: Whose,
): Promise<Rescheduled[]> {
  const within = (on: SQL) => sql`coalesce(${on} between ${period.from}::date and ${period.to}::date, false)`;
  const rows = await rowsOf<{
    number: number;
    name: string;
    amount_minor: string | null;
    currency: string | null;
    is_in: boolean;
  }>(
    ctx.tx,
    // The offset keeps the entries of the time first and their changes looked up: the other way round all of
    // history would be read.
    sql`with entries as materialized (
        select ${audit.id} from ${audit}
        where ${audit.orgId} = ${ctx.org.id} and ${audit.at} >= ${since.toISOString()}::timestamptz
          and ${audit.actorId} is not null and ${audit.action} <> 'imports.run'
      ), changed as (
        select distinct on (change.id) change.id, change.was_on
        from entries cross join lateral (
          select ${recordChanges.recordId} as id, ${recordChanges.version} as version,
            (${recordChanges.before} ->> 'closeOn')::date as was_on
          from ${recordChanges}
          where ${recordChanges.orgId} = ${ctx.org.id} and ${recordChanges.auditId} = entries.id
            and ${recordChanges.kind} = 'deal'
            and (${recordChanges.op} = 'create' or ${recordChanges.after} ? 'closeOn')
          offset 0
        ) as change
        order by change.id, change.version
      )
      select ${deals.number}, ${deals.name}, ${deals.amountMinor}::text as amount_minor, ${deals.currency},
        ${within(sql`${deals.closeOn}`)} as is_in
      from changed join ${deals} on ${deals.orgId} = ${ctx.org.id} and ${deals.id} = changed.id
      where ${deals.status} = 'open' and ${deals.archivedAt} is null
        and ${within(sql`changed.was_on`)} <> ${within(sql`${deals.closeOn}`)}
        and ${ownedBy(whose) ?? sql`true`}
      order by ${deals.amountMinor} desc nulls last, ${deals.number}`,
  );
  return rows.map((row) => ({
    number: Number(row.number),
    name: row.name,
    amountMinor: row.amount_minor === null ? null : BigInt(row.amount_minor),
    currency: row.currency,
    isIn: row.is_in,
  }));
}
