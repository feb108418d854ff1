import { and, asc, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import { nameKey } from '../../../kernel/names.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { rowsOf } from '../../../store/tx.ts';
import { accounts } from '../../crm/accounts/tables.ts';
import type { VisibleOwners } from '../../org/members/api.ts';
import { type DealFilter, openWhere } from './funnel-queries.ts';
import type { CountedStage } from './funnel-rules.ts';
import type { DealView } from './model.ts';
import { viewsOf } from './queries.ts';
import { deals } from './tables.ts';

type Reading = Pick<Ctx, 'org' | 'tx'>;

/** Which open deals stand on the board, and which of them the reader sees in full. */
export interface BoardFilter {
  filter: DealFilter;
  search: string | undefined;
  visible: VisibleOwners;
}

function seenInFull(visible: VisibleOwners): SQL {
  if ('all' in visible) return sql`true`;
  return or(isNull(deals.ownerId), inArray(deals.ownerId, visible.memberIds)) ?? sql`false`;
}

/** By number, by part of the name, and, where the reader may know it, by part of the customer's name. */
function searched(ctx: Reading, search: string, visible: VisibleOwners): SQL | undefined {
  const number = /^d-?(\d{1,9})$/i.exec(search.trim())?.[1];
  if (number !== undefined) return eq(deals.number, Number(number));
  const key = nameKey(search);
  const ofCustomer = ctx.tx
    .select({ one: sql`1` })
    .from(accounts)
    .where(
      and(
        eq(accounts.orgId, deals.orgId),
        eq(accounts.id, deals.accountId),
        sql`position(${key} in ${accounts.nameKey}) > 0`,
      ),
    );
  return or(
    sql`position(${key} in ${deals.nameKey}) > 0`,
    and(seenInFull(visible), sql`exists (${ofCustomer})`),
  );
}

function onBoard(ctx: Reading, { filter, search, visible }: BoardFilter): SQL | undefined {
  return and(openWhere(ctx, filter), search === undefined ? undefined : searched(ctx, search, visible));
}

/** Open deals by stage and currency; of deals out of the reader's sight only how many there are. */
export async function countBoard(
  ctx: Reading,
  board: BoardFilter,
  movedSince: Date,
): Promise<{ seen: CountedStage[]; restricted: Map<string, number> }> {
  const rows = await rowsOf<{
    stage_id: string;
    seen: boolean;
    currency: string | null;
    count: string;
    sum: string | null;
    blank: string;
    moved: string;
  }>(
    ctx.tx,
    sql`select ${deals.stageId}, ${seenInFull(board.visible)} as seen, ${deals.currency}, count(*) as count,
        sum(${deals.amountMinor})::text as sum,
        count(*) filter (where ${deals.amountMinor} is null) as blank,
        count(*) filter (where ${deals.stageEnteredAt} >= ${movedSince.toISOString()}::timestamptz) as moved
      from ${deals} where ${onBoard(ctx, board)} group by 1, 2, 3`,
  );
  const restricted = new Map<string, number>();
  const seen: CountedStage[] = [];
  for (const row of rows) {
    if (!row.seen) {
      restricted.set(row.stage_id, (restricted.get(row.stage_id) ?? 0) + Number(row.count));
      continue;
    }
    seen.push({
      status: 'open',
      stageId: row.stage_id,
      currency: row.currency,
      count: Number(row.count),
      sumMinor: row.sum === null ? null : BigInt(row.sum),
      withoutAmount: Number(row.blank),
      movedIn: Number(row.moved),
    });
  }
  return { seen, restricted };
}

/**
 * The same page of every stage: closing soonest first. Deals out of the reader's sight stand last, by number: their
 * place would tell their close date.
 */
export function pageOfBoard(
  ctx: Ctx,
  board: BoardFilter,
  { perStage, page, stages }: { perStage: number; page: number; stages: number },
): Promise<DealView[]> {
  const isSeen = seenInFull(board.visible);
  const order =
    'all' in board.visible
      ? [asc(deals.closeOn), asc(deals.number)]
      : [sql`${isSeen} desc`, sql`case when ${isSeen} then ${deals.closeOn} end`, asc(deals.number)];
  const from = (page - 1) * perStage;
  const places = sql`select id from (
      select ${deals.id}, row_number() over (partition by ${deals.stageId} order by ${sql.join(order, sql`, `)}) as place
      from ${deals} where ${onBoard(ctx, board)}
    ) as placed where place > ${from} and place <= ${from + perStage}`;
  return viewsOf(ctx, sql`${deals.id} in (${places})`, order, { limit: perStage * stages, offset: 0 });
}
