import { and, eq, sql } from 'drizzle-orm';
import type { Ctx } from '../../../runtime/context.ts';
import { organizations } from '../../../store/tables/organizations.ts';
import { recordChanges } from '../../../store/tables/trail.ts';
import type { SettingsView } from './model.ts';

type Patch = Partial<Omit<SettingsView, 'locale'>> & { locale?: string };

export async function writeSettings(ctx: Pick<Ctx, 'org' | 'tx'>, patch: Patch): Promise<void> {
  await ctx.tx.update(organizations).set(patch).where(eq(organizations.orgId, ctx.org.id));
}

/** Number of the next change; the organization's row has no version of its own. */
export async function nextVersion(ctx: Pick<Ctx, 'org' | 'tx'>): Promise<number> {
  const rows = await ctx.tx
    .select({ next: sql<number>`coalesce(max(${recordChanges.version}), 0) + 1` })
    .from(recordChanges)
    .where(and(eq(recordChanges.orgId, ctx.org.id), eq(recordChanges.recordId, ctx.org.id)));
  return Number(rows[0]?.next ?? 1);
}
