import { and, desc, eq, gte, inArray, sql } from 'drizzle-orm';
import type { Ctx } from '../../../runtime/context.ts';
import { audit, recordChanges } from '../../../store/tables/trail.ts';

export interface HandledRow {
  id: string;
  kind: string;
  at: Date;
  /** `null`: an operator. */
  by: string | null;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
}

/** What people and operators did about deliveries in the last days, the latest first. */
export function handledRows(
  ctx: Pick<Ctx, 'org' | 'tx' | 'now'>,
  { days, limit, offset }: { days: number; limit: number; offset: number },
): Promise<HandledRow[]> {
  return ctx.tx
    .select({
      id: recordChanges.id,
      kind: recordChanges.kind,
      at: audit.at,
      by: sql<string | null>`case when ${audit.actorId} is not null then ${audit.actorName} end`,
      before: recordChanges.before,
      after: recordChanges.after,
    })
    .from(audit)
    .innerJoin(recordChanges, and(eq(recordChanges.orgId, audit.orgId), eq(recordChanges.auditId, audit.id)))
    .where(
      and(
        eq(audit.orgId, ctx.org.id),
        gte(audit.at, new Date(ctx.now.getTime() - days * 86_400_000)),
        inArray(recordChanges.kind, ['delivery', 'gate']),
      ),
    )
    .orderBy(desc(audit.at), desc(recordChanges.id))
    .offset(offset)
    .limit(limit);
}
