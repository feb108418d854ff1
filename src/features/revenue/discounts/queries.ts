import { and, desc, eq, inArray, isNull } from 'drizzle-orm';
import type { Terms } from '../../../runtime/approval-kind.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { repointRecords } from '../../../store/repoint.ts';
import { approvals } from '../../org/approvals/tables.ts';
import type { DealRow } from '../../sales/deals/api.ts';
import { deals } from '../../sales/deals/tables.ts';
import { quotes } from '../quotes/tables.ts';
import { type DiscountRow, discountRecord } from './record.ts';
import { discounts } from './tables.ts';

type Reading = Pick<Ctx, 'org' | 'tx'>;

const own = (ctx: Reading) => and(eq(discounts.orgId, ctx.org.id), isNull(discounts.archivedAt));

/** A deal; `lock`: held until the end of the transaction. */
export async function readDealRow(
  ctx: Reading,
  id: string,
  { lock = false }: { lock?: boolean | undefined } = {},
): Promise<DealRow | undefined> {
  const query = ctx.tx
    .select()
    .from(deals)
    .where(and(eq(deals.orgId, ctx.org.id), eq(deals.id, id)));
  const rows = lock ? await query.for('update') : await query;
  return rows[0];
}

/** Keeps a quote from changing until the end of the transaction; after its deal, as everybody does. */
export async function lockQuote(ctx: Reading, id: string): Promise<void> {
  await ctx.tx
    .select({ id: quotes.id })
    .from(quotes)
    .where(and(eq(quotes.orgId, ctx.org.id), eq(quotes.id, id)))
    .for('update');
}

/** What was granted on a deal, newest first. */
export function grantedOnDeal(ctx: Reading, dealId: string, limit = 50): Promise<DiscountRow[]> {
  return ctx.tx
    .select()
    .from(discounts)
    .where(and(own(ctx), eq(discounts.dealId, dealId)))
    .orderBy(desc(discounts.grantedAt), desc(discounts.id))
    .limit(limit);
}

/** The terms somebody agreed to, by request. */
export async function agreedTerms(
  ctx: Reading,
  approvalIds: readonly string[],
): Promise<ReadonlyMap<string, Terms>> {
  if (approvalIds.length === 0) return new Map();
  const rows = await ctx.tx
    .select({ id: approvals.id, terms: approvals.terms })
    .from(approvals)
    .where(and(eq(approvals.orgId, ctx.org.id), inArray(approvals.id, [...approvalIds])));
  return new Map(rows.map(({ id, terms }) => [id, terms]));
}

/** What a customer was granted, newest first. */
export function grantedToAccount(ctx: Reading, accountId: string, limit: number): Promise<DiscountRow[]> {
  return ctx.tx
    .select()
    .from(discounts)
    .where(and(own(ctx), eq(discounts.accountId, accountId)))
    .orderBy(desc(discounts.grantedAt), desc(discounts.id))
    .limit(limit);
}

/** Lets the discounts of a customer belong to another one; answers how many. */
export function discountsIntoAccount(ctx: Ctx, fromId: string, intoId: string): Promise<number> {
  return repointRecords(ctx, discountRecord, 'accountId', fromId, intoId);
}
