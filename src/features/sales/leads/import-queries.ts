import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import type { Ctx } from '../../../runtime/context.ts';
import type { LeadRow } from './record.ts';
import { leads } from './tables.ts';

/** Leads after `after` in the order of their ids; without bounds all of them. */
export function leadsAfter(ctx: Pick<Ctx, 'org' | 'tx'>, after?: string, limit?: number): Promise<LeadRow[]> {
  const rows = ctx.tx
    .select()
    .from(leads)
    .where(
      and(
        eq(leads.orgId, ctx.org.id),
        limit === undefined ? undefined : isNull(leads.archivedAt),
        after === undefined ? undefined : gt(leads.id, after),
      ),
    )
    .orderBy(asc(leads.id));
  return limit === undefined ? rows : rows.limit(limit);
}
