import { and, asc, eq, gt, isNull, notInArray, or } from 'drizzle-orm';
import type { Ctx } from '../../../runtime/context.ts';
import { members, units } from '../../../store/tables/people.ts';
import { linkedSource } from './account-queries.ts';
import type { MemberRow, UnitRow } from './record.ts';

/** Everybody but members that stand for programs or for another chat account of somebody. */
const isPerson = or(isNull(members.source), notInArray(members.source, ['api-key', linkedSource]));

export function allMembers(ctx: Pick<Ctx, 'org' | 'tx'>): Promise<MemberRow[]> {
  return ctx.tx
    .select()
    .from(members)
    .where(and(eq(members.orgId, ctx.org.id), isPerson))
    .orderBy(asc(members.id));
}

export function allUnits(ctx: Pick<Ctx, 'org' | 'tx'>): Promise<UnitRow[]> {
  return ctx.tx.select().from(units).where(eq(units.orgId, ctx.org.id));
}

export function membersAfter(
  ctx: Pick<Ctx, 'org' | 'tx'>,
  after: string | undefined,
  limit: number,
): Promise<MemberRow[]> {
  return ctx.tx
    .select()
    .from(members)
    .where(
      and(eq(members.orgId, ctx.org.id), isPerson, after === undefined ? undefined : gt(members.id, after)),
    )
    .orderBy(asc(members.id))
    .limit(limit);
}
