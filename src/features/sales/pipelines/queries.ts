import { and, asc, count, eq, isNull, sql } from 'drizzle-orm';
import type { Ctx } from '../../../runtime/context.ts';
import { deals } from '../deals/tables.ts';
import type { Stage } from './model.ts';
import type { StageRow } from './record.ts';
import { stages } from './tables.ts';

type Reading = Pick<Ctx, 'org' | 'tx'>;

/** Stages in use, in pipeline order. */
export function liveStages(ctx: Reading): Promise<StageRow[]> {
  return ctx.tx
    .select()
    .from(stages)
    .where(and(eq(stages.orgId, ctx.org.id), isNull(stages.archivedAt)))
    .orderBy(asc(stages.position), asc(stages.nameKey));
}

/** Stages in use in pipeline order, then those removed. */
export function everyStage(ctx: Reading): Promise<StageRow[]> {
  return ctx.tx
    .select()
    .from(stages)
    .where(eq(stages.orgId, ctx.org.id))
    .orderBy(sql`${stages.archivedAt} is not null`, asc(stages.position), asc(stages.nameKey));
}

/** The stage of exactly this key, removed ones included. */
export async function stageByKey(ctx: Reading, key: string): Promise<StageRow | undefined> {
  const rows = await ctx.tx
    .select()
    .from(stages)
    .where(and(eq(stages.orgId, ctx.org.id), eq(stages.nameKey, key)));
  return rows[0];
}

export function toStage(row: StageRow): Stage {
  return {
    id: row.id,
    key: row.nameKey,
    name: row.name,
    nameZh: row.nameZh,
    position: row.position,
    probabilityBasisPoints: row.probabilityBasisPoints,
    normalDays: row.normalDays,
  };
}

/** Open deals in a stage, archived ones included: restored they would stand in it again. */
export async function openDealsIn(ctx: Reading, stageId: string): Promise<number> {
  const rows = await ctx.tx
    .select({ all: count() })
    .from(deals)
    .where(and(eq(deals.orgId, ctx.org.id), eq(deals.stageId, stageId), sql`${deals.status} = 'open'`));
  return rows[0]?.all ?? 0;
}
