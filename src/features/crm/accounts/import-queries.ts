import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import type { Ctx } from '../../../runtime/context.ts';
import type { AccountRow } from './record.ts';
import { accounts } from './tables.ts';

export function allAccounts(ctx: Pick<Ctx, 'org' | 'tx'>): Promise<AccountRow[]> {
  return ctx.tx.select().from(accounts).where(eq(accounts.orgId, ctx.org.id)).orderBy(asc(accounts.id));
}

export function accountsAfter(
  ctx: Pick<Ctx, 'org' | 'tx'>,
  after: string | undefined,
  limit: number,
): Promise<AccountRow[]> {
  return ctx.tx
    .select()
    .from(accounts)
    .where(
      and(
        eq(accounts.orgId, ctx.org.id),
        isNull(accounts.archivedAt),
        after === undefined ? undefined : gt(accounts.id, after),
      ),
    )
    .orderBy(asc(accounts.id))
    .limit(limit);
}
