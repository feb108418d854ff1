import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import type { Ctx } from '../../../runtime/context.ts';
import { accounts } from '../../crm/accounts/tables.ts';
import { products } from '../../revenue/products/tables.ts';
import type { DealRow } from './record.ts';
import { deals } from './tables.ts';

type Reading = Pick<Ctx, 'org' | 'tx'>;

export function allDeals(ctx: Reading): Promise<DealRow[]> {
  return ctx.tx.select().from(deals).where(eq(deals.orgId, ctx.org.id));
}

export function dealsAfter(
  ctx: Reading,
  after: string | undefined,
  limit: number,
): Promise<{ deal: DealRow; account: string | null; product: string | null }[]> {
  return ctx.tx
    .select({ deal: deals, account: accounts.name, product: products.name })
    .from(deals)
    .leftJoin(accounts, and(eq(accounts.orgId, deals.orgId), eq(accounts.id, deals.accountId)))
    .leftJoin(products, and(eq(products.orgId, deals.orgId), eq(products.id, deals.productId)))
    .where(
      and(
        eq(deals.orgId, ctx.org.id),
        isNull(deals.archivedAt),
        after === undefined ? undefined : gt(deals.id, after),
      ),
    )
    .orderBy(asc(deals.id))
    .limit(limit);
}

/** Products by their name without spaces: files write `GTXPro` for `GTX Pro`. */
export async function productsBySqueezedName(
  ctx: Reading,
): Promise<Map<string, { id: string; name: string }>> {
  const rows = await ctx.tx
    .select({ id: products.id, name: products.name, nameKey: products.nameKey })
    .from(products)
    .where(and(eq(products.orgId, ctx.org.id), isNull(products.archivedAt)));
  return new Map(rows.map(({ id, name, nameKey }) => [nameKey.replaceAll(' ', ''), { id, name }]));
}
