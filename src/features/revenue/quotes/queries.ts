import { and, asc, desc, eq, gte, inArray, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import type { Ctx } from '../../../runtime/context.ts';
import { contains } from '../../../store/find.ts';
import { members } from '../../../store/tables/people.ts';
import { accounts } from '../../crm/accounts/tables.ts';
import { deals } from '../../sales/deals/tables.ts';
import type { QuoteRow } from './record.ts';
import { quotes } from './tables.ts';

type Reading = Pick<Ctx, 'org' | 'tx'>;

/** What a quote needs to know of its deal. */
export interface DealFacts {
  id: string;
  number: number;
  name: string;
  status: 'open' | 'won' | 'lost';
  archivedAt: Date | null;
  ownerId: string | null;
  ownerName: string | null;
  amountMinor: bigint | null;
  currency: string | null;
  account: { number: number; name: string; valueClass: 'A' | 'B' | 'C' | null } | null;
}

const dealColumns = {
  id: deals.id,
  number: deals.number,
  name: deals.name,
  status: deals.status,
  archivedAt: deals.archivedAt,
  ownerId: deals.ownerId,
  ownerName: members.name,
  amountMinor: deals.amountMinor,
  currency: deals.currency,
};
const accountColumns = { number: accounts.number, name: accounts.name, valueClass: accounts.valueClass };

const ownerOfDeal = and(eq(members.orgId, deals.orgId), eq(members.id, deals.ownerId));
const accountOfDeal = and(eq(accounts.orgId, deals.orgId), eq(accounts.id, deals.accountId));
const dealOfQuote = and(eq(deals.orgId, quotes.orgId), eq(deals.id, quotes.dealId));

export async function readDealFacts(ctx: Reading, dealId: string): Promise<DealFacts | undefined> {
  const rows = await ctx.tx
    .select({ deal: dealColumns, account: accountColumns })
    .from(deals)
    .leftJoin(members, ownerOfDeal)
    .leftJoin(accounts, accountOfDeal)
    .where(and(eq(deals.orgId, ctx.org.id), eq(deals.id, dealId)));
  return rows.map(({ deal, account }) => ({ ...deal, account }))[0];
}

/** Whoever accepts a quote of a deal, or makes one, waits for the others to be done. */
export async function lockDeal(ctx: Reading, dealId: string): Promise<void> {
  await ctx.tx
    .select({ id: deals.id })
    .from(deals)
    .where(and(eq(deals.orgId, ctx.org.id), eq(deals.id, dealId)))
    .for('update');
}

/** The quote, held until the end of the transaction. */
export async function lockQuote(ctx: Reading, id: string): Promise<QuoteRow | undefined> {
  const rows = await ctx.tx
    .select()
    .from(quotes)
    .where(and(eq(quotes.orgId, ctx.org.id), eq(quotes.id, id)))
    .for('update');
  return rows[0];
}

/** Live quotes of a deal, held until the end of the transaction. */
export function lockQuotesOf(ctx: Reading, dealId: string): Promise<QuoteRow[]> {
  return ctx.tx
    .select()
    .from(quotes)
    .where(and(eq(quotes.orgId, ctx.org.id), eq(quotes.dealId, dealId), isNull(quotes.archivedAt)))
    .orderBy(asc(quotes.id))
    .for('update');
}

/** The newest draft or sent quote of a deal that is valid on `today`. */
export async function newestPending(
  ctx: Reading,
  dealId: string,
  today: string,
): Promise<QuoteRow | undefined> {
  const rows = await ctx.tx
    .select()
    .from(quotes)
    .where(and(isPendingQuote(ctx), eq(quotes.dealId, dealId), gte(quotes.validUntil, today)))
    .orderBy(desc(quotes.number))
    .limit(1);
  return rows[0];
}

/** Repeats the predicate of the index on pending quotes. */
function isPendingQuote(ctx: Reading): SQL | undefined {
  return and(
    eq(quotes.orgId, ctx.org.id),
    sql`${quotes.status} in ('draft', 'sent')`,
    isNull(quotes.archivedAt),
  );
}

export interface FoundQuote {
  quote: QuoteRow;
  deal: DealFacts;
}

function selectQuotes(ctx: Reading) {
  return ctx.tx
    .select({ quote: quotes, deal: dealColumns, account: accountColumns })
    .from(quotes)
    .innerJoin(deals, dealOfQuote)
    .leftJoin(members, ownerOfDeal)
    .leftJoin(accounts, accountOfDeal)
    .$dynamic();
}

function foundOf({ quote, deal, account }: Awaited<ReturnType<typeof selectQuotes>>[number]): FoundQuote {
  return { quote, deal: { ...deal, account } };
}

export async function readQuote(ctx: Reading, id: string): Promise<FoundQuote | undefined> {
  const rows = await selectQuotes(ctx).where(and(eq(quotes.orgId, ctx.org.id), eq(quotes.id, id)));
  return rows.map(foundOf)[0];
}

export interface QuoteFilter {
  dealId?: string | undefined;
  ownerId?: string | undefined;
  /** As it counts on `today`. */
  status?: QuoteRow['status'] | 'expired' | undefined;
}

/**
 * Quotes that are not archived: what still is to be decided first, the soonest to expire first, then the newest. Of
 * one deal the accepted one is not lost among the others.
 */
export async function listQuotes(
  ctx: Reading,
  { dealId, ownerId, status }: QuoteFilter,
  today: string,
  { limit, offset }: { limit: number; offset: number },
): Promise<FoundQuote[]> {
  const pending = sql`${quotes.status} in ('draft', 'sent')`;
  // Of a deal that is won or lost nothing is decided any more.
  const live = sql`${pending} and ${quotes.validUntil} >= ${today} and ${deals.status} = 'open'`;
  const rows = await selectQuotes(ctx)
    .where(
      and(
        eq(quotes.orgId, ctx.org.id),
        isNull(quotes.archivedAt),
        dealId === undefined ? undefined : eq(quotes.dealId, dealId),
        ownerId === undefined ? undefined : eq(deals.ownerId, ownerId),
        statusIs(status, today),
      ),
    )
    .orderBy(
      sql`(${live}) desc`,
      sql`case when ${live} then ${quotes.validUntil} end asc nulls last`,
      ...(dealId === undefined ? [] : [sql`(${quotes.status} = 'accepted') desc`]),
      desc(quotes.number),
    )
    .limit(limit)
    .offset(offset);
  return rows.map(foundOf);
}

function statusIs(status: QuoteFilter['status'], today: string): SQL | undefined {
  if (status === undefined) return undefined;
  if (status === 'expired') {
    return and(sql`${quotes.status} in ('draft', 'sent')`, sql`${quotes.validUntil} < ${today}`);
  }
  const isPendingOne = status === 'draft' || status === 'sent';
  return and(eq(quotes.status, status), isPendingOne ? gte(quotes.validUntil, today) : undefined);
}

/** Sent quotes of open deals that expire from `from` to `to`, both days included; the soonest first. */
export async function sentUntil(
  ctx: Reading,
  owners: { all: true } | { memberIds: readonly string[] },
  { from, to, dealId }: { from: string; to: string; dealId?: string | undefined },
  limit: number,
): Promise<FoundQuote[]> {
  if ('memberIds' in owners && owners.memberIds.length === 0) return [];
  const rows = await selectQuotes(ctx)
    .where(
      and(
        isPendingQuote(ctx),
        eq(quotes.status, 'sent'),
        gte(quotes.validUntil, from),
        lte(quotes.validUntil, to),
        dealId === undefined ? undefined : eq(quotes.dealId, dealId),
        eq(deals.status, 'open'),
        isNull(deals.archivedAt),
        'all' in owners ? undefined : inArray(deals.ownerId, [...owners.memberIds]),
      ),
    )
    .orderBy(asc(quotes.validUntil), asc(quotes.number))
    .limit(limit);
  return rows.map(foundOf);
}

/** Quotes by number or id, or of deals and customers whose names hold the text, of deals of these owners; newest first. */
export async function findQuotes(
  ctx: Reading,
  by: { number: number } | { id: string } | { dealNumber: number } | { text: string },
  limit: number,
  owners: { all: true } | { memberIds: readonly string[] } = { all: true },
): Promise<FoundQuote[]> {
  const ofOwners =
    'all' in owners ? undefined : or(isNull(deals.ownerId), inArray(deals.ownerId, [...owners.memberIds]));
  const rows = await selectQuotes(ctx)
    .where(and(eq(quotes.orgId, ctx.org.id), foundBy(by), ofOwners))
    .orderBy(sql`(${quotes.status} in ('draft', 'sent')) desc`, desc(quotes.number))
    .limit(limit);
  return rows.map(foundOf);
}

function foundBy(by: Parameters<typeof findQuotes>[1]): SQL | undefined {
  if ('number' in by) return eq(quotes.number, by.number);
  if ('id' in by) return eq(quotes.id, by.id);
  const live = isNull(quotes.archivedAt);
  if ('dealNumber' in by) return and(live, eq(deals.number, by.dealNumber));
  if (by.text === '') return live;
  return and(live, or(contains(deals.nameKey, by.text), contains(accounts.nameKey, by.text)));
}
