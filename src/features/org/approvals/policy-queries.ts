import { and, asc, eq, gte, isNull, lte } from 'drizzle-orm';
import type { Ctx } from '../../../runtime/context.ts';
import { units } from '../../../store/tables/people.ts';
import type { DeskRow, SubstituteRow } from './record.ts';
import { approvalDesks, approvalSubstitutes } from './tables.ts';

type Reading = Pick<Ctx, 'org' | 'tx'>;

/** Every team and region with all it belongs to, itself included. */
export async function unitsAbove(ctx: Reading): Promise<Map<string, string[]>> {
  const rows = await ctx.tx
    .select({ id: units.id, parentId: units.parentId })
    .from(units)
    .where(eq(units.orgId, ctx.org.id));
  const parents = new Map(rows.map(({ id, parentId }) => [id, parentId]));
  return new Map(
    rows.map(({ id }) => {
      const above: string[] = [];
      for (let at: string | null | undefined = id; at && !above.includes(at); at = parents.get(at))
        above.push(at);
      return [id, above];
    }),
  );
}

/** What a channel is as a desk, also if it was switched off. */
export async function deskRow(ctx: Reading, channelId: string): Promise<DeskRow | undefined> {
  const rows = await ctx.tx
    .select()
    .from(approvalDesks)
    .where(and(eq(approvalDesks.orgId, ctx.org.id), eq(approvalDesks.channelId, channelId)));
  return rows[0];
}

/** Substitutes whose days are not over, the first to begin first; of one person or of all. */
export function substitutesFrom(
  ctx: Reading,
  on: string,
  of: { memberId?: string; limit?: number } = {},
): Promise<SubstituteRow[]> {
  const { memberId, limit = 500 } = of;
  return ctx.tx
    .select()
    .from(approvalSubstitutes)
    .where(
      and(
        eq(approvalSubstitutes.orgId, ctx.org.id),
        isNull(approvalSubstitutes.archivedAt),
        gte(approvalSubstitutes.untilOn, on),
        memberId === undefined ? undefined : eq(approvalSubstitutes.memberId, memberId),
      ),
    )
    .orderBy(asc(approvalSubstitutes.fromOn), asc(approvalSubstitutes.id))
    .limit(limit);
}

/** Who stands in for somebody on any of these days, both included. */
export async function substituteBetween(
  ctx: Reading,
  memberId: string,
  { from, to }: { from: string; to: string },
): Promise<SubstituteRow | undefined> {
  const rows = await ctx.tx
    .select()
    .from(approvalSubstitutes)
    .where(
      and(
        eq(approvalSubstitutes.orgId, ctx.org.id),
        eq(approvalSubstitutes.memberId, memberId),
        isNull(approvalSubstitutes.archivedAt),
        lte(approvalSubstitutes.fromOn, to),
        gte(approvalSubstitutes.untilOn, from),
      ),
    )
    .orderBy(asc(approvalSubstitutes.fromOn))
    .limit(1);
  return rows[0];
}
