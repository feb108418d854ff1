import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Ctx } from '../../../runtime/context.ts';
import { rowsOf } from '../../../store/tx.ts';
import { type DealFilter, ofStatus } from './funnel-queries.ts';
import type { DealStatus } from './model.ts';
import { reasonCodes } from './rules.ts';
import { deals } from './tables.ts';

type Reading = Pick<Ctx, 'org' | 'tx'>;

/** How capitals, width and dashes fall out of a reason, as in `reasonKey` of the rules. */
const written = sql`lower(trim(normalize(${deals.reason}, NFKC)))`;
const key = sql`regexp_replace(regexp_replace(${written}, '了$', ''), '[\\s_]+', '-', 'g')`;

/** Reasons people wrote in words of their own that contain the key, the most frequent first, each in its latest spelling. */
export async function ownReasons(ctx: Reading, like: string, limit: number): Promise<string[]> {
  const rows = await rowsOf<{ reason: string }>(
    ctx.tx,
    sql`select (array_agg(${deals.reason} order by ${deals.closedOn} desc, ${deals.number} desc))[1] as reason
      from ${deals}
      where ${and(eq(deals.orgId, ctx.org.id), isNull(deals.archivedAt))}
        and ${deals.reason} is not null and ${deals.reason} not in ${[...reasonCodes]}
        and position(${like} in ${key}) > 0
      group by ${key} order by count(*) desc, ${key} limit ${limit}`,
  );
  return rows.map(({ reason }) => reason);
}

/** How often each reason was given for the deals that count, however it was written; the most frequent first. */
export async function countReasons(
  ctx: Reading,
  filter: DealFilter,
  status: Exclude<DealStatus, 'open'>,
  limit: number,
): Promise<{ reason: string; count: number }[]> {
  const rows = await rowsOf<{ reason: string; count: string }>(
    ctx.tx,
    sql`select (array_agg(${deals.reason} order by ${deals.closedOn} desc, ${deals.number} desc))[1] as reason,
        count(*) as count
      from ${deals} where ${ofStatus(ctx, filter, status)} and ${deals.reason} is not null
      group by ${key} order by count(*) desc, ${key} limit ${limit}`,
  );
  return rows.map(({ reason, count }) => ({ reason, count: Number(count) }));
}
