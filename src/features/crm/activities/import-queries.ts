import { and, asc, eq, gt } from 'drizzle-orm';
import type { Ctx } from '../../../runtime/context.ts';
import { accounts } from '../accounts/tables.ts';
import type { ActivityRow } from './record.ts';
import { activities } from './tables.ts';

type Reading = Pick<Ctx, 'org' | 'tx'>;

export function allActivities(ctx: Reading): Promise<ActivityRow[]> {
  return ctx.tx.select().from(activities).where(eq(activities.orgId, ctx.org.id));
}

export function activitiesAfter(
  ctx: Reading,
  after: string | undefined,
  limit: number,
): Promise<{ activity: ActivityRow; account: string | null }[]> {
  return ctx.tx
    .select({ activity: activities, account: accounts.name })
    .from(activities)
    .leftJoin(accounts, and(eq(accounts.orgId, activities.orgId), eq(accounts.id, activities.accountId)))
    .where(and(eq(activities.orgId, ctx.org.id), after === undefined ? undefined : gt(activities.id, after)))
    .orderBy(asc(activities.id))
    .limit(limit);
}
