import { addDays, dayIn } from '../../../kernel/dates.ts';
import { formatNumber } from '../../../kernel/ids.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { readRecord } from '../../../store/records.ts';
import { pricesOf } from '../prices/api.ts';
import type { QuoteStatus } from './model.ts';
import { newestPending, readDealFacts, sentUntil } from './queries.ts';
import { type QuoteRow, quoteRecord } from './record.ts';
import { expiringDays, leastCostMinor, type PricedLine, statusOn, times, type Whole } from './rules.ts';
import { changeTerms, openForChange, termsOf as standingTerms } from './terms.ts';
import type { Terms } from './terms-queries.ts';

export { quoteChanged } from './events.ts';
export type { QuoteStatus } from './model.ts';

export interface QuoteTerms {
  quoteId: string;
  /** `Q-57`. */
  number: string;
  version: number;
  dealId: string;
  status: QuoteStatus;
  currency: string;
  /** Sum of the lines at list price, neither class nor quantity considered; null when a line has none. */
  listMinor: bigint | null;
  /**
   * The lines at what the price book asks of this customer for these quantities on the day the terms were made; a
   * line the book has nothing for as it is quoted. What is below it is a discount.
   */
  bookMinor: bigint;
  /** Sum of the lines as quoted, before the discount on the whole. */
  netMinor: bigint;
  /** Off the whole; negative: the total is above the lines. */
  discountBasisPoints: number;
  totalMinor: bigint;
  /** What it costs us; null when a line's cost is not known. */
  costMinor: bigint | null;
  /** What the lines of known cost cost us: the least the whole does. */
  leastCostMinor: bigint;
  productIds: string[];
  validUntil: string;
  lastEditorId: string | null;
  creatorId: string | null;
}

/** The newest quote of a deal that is draft or sent and still valid. */
export async function currentQuoteOf(ctx: Ctx, dealId: string): Promise<QuoteTerms | undefined> {
  const row = await newestPending(ctx, dealId, dayIn(ctx.now, ctx.org.timeZone));
  return row && termsOf(ctx, row);
}

/** A quote as it stands; undefined if this organization has none of that id. */
export async function quoteTerms(ctx: Ctx, quoteId: string): Promise<QuoteTerms | undefined> {
  const row = await readRecord(ctx, quoteRecord, quoteId);
  return row && termsOf(ctx, row);
}

/**
 * Gives the quote a new version with this discount on the whole, or with this total, whatever was off it before; a
 * total it has already changes nothing. Rights are the caller's. Locks the quote. Emits quotes.changed. Throws
 * AppError `conflict` when the terms are no longer those of `expectedVersion`, `rule` for a quote that is decided.
 */
export async function applyDiscount(
  ctx: Ctx,
  quoteId: string,
  expectedVersion: number,
  whole: Whole,
): Promise<QuoteTerms> {
  const row = await openForChange(ctx, quoteId, { version: expectedVersion });
  if ('totalMinor' in whole && whole.totalMinor === row.totalMinor) return termsOf(ctx, row);
  const changed = await changeTerms(ctx, row, 'discount', { whole });
  return termsOf(ctx, changed);
}

/** A sent quote of an open deal that is about to expire. */
export interface ExpiringQuote {
  quoteId: string;
  number: string;
  deal: { id: string; number: string; name: string };
  account: { number: string; name: string } | null;
  ownerId: string | null;
  totalMinor: bigint;
  currency: string;
  validUntil: string;
}

/**
 * Sent quotes of open deals that expire from `on` (a local day of the organization; default today) to three days
 * later, the soonest first; `dealId`: of one deal. Whose deals count, the caller decides.
 */
export async function expiringQuotes(
  ctx: Ctx,
  owners: { all: true } | { memberIds: readonly string[] },
  {
    on = dayIn(ctx.now, ctx.org.timeZone),
    limit = 50,
    dealId,
  }: { on?: string; limit?: number; dealId?: string | undefined } = {},
): Promise<ExpiringQuote[]> {
  const found = await sentUntil(ctx, owners, { from: on, to: addDays(on, expiringDays), dealId }, limit);
  return found.map(({ quote, deal }) => ({
    quoteId: quote.id,
    number: formatNumber('quote', quote.number),
    deal: { id: deal.id, number: formatNumber('deal', deal.number), name: deal.name },
    account: deal.account && {
      number: formatNumber('account', deal.account.number),
      name: deal.account.name,
    },
    ownerId: deal.ownerId,
    totalMinor: quote.totalMinor,
    currency: quote.currency,
    validUntil: quote.validUntil,
  }));
}

async function termsOf(ctx: Ctx, row: QuoteRow): Promise<QuoteTerms> {
  const terms = await standingTerms(ctx, row);
  const { version, currency, listMinor, netMinor, discountBasisPoints, totalMinor, costMinor, validUntil } =
    terms.row;
  return {
    quoteId: row.id,
    number: formatNumber('quote', row.number),
    version,
    dealId: row.dealId,
    status: statusOn(row.status, validUntil, dayIn(ctx.now, ctx.org.timeZone)),
    currency,
    listMinor,
    bookMinor: await bookMinor(ctx, row, terms),
    netMinor,
    discountBasisPoints,
    totalMinor,
    costMinor,
    leastCostMinor: leastCostMinor(terms.lines),
    productIds: [...new Set(terms.lines.flatMap(({ productId }) => productId ?? []))],
    validUntil,
    lastEditorId: row.lastEditorId,
    creatorId: row.creatorId,
  };
}

async function bookMinor(ctx: Ctx, { dealId, currency }: QuoteRow, { row, lines }: Terms): Promise<bigint> {
  const deal = await readDealFacts(ctx, dealId);
  const valueClass = deal?.account?.valueClass ?? null;
  const on = dayIn(row.at, ctx.org.timeZone);
  const known = lines.filter((line): line is PricedLine & { productId: string } => line.productId !== null);
  const wanted = known.map(({ productId, quantity }) => ({ productId, quantity, currency, valueClass, on }));
  const prices = await pricesOf(ctx, wanted);
  const unitOf = new Map(known.map((line, index) => [line as PricedLine, prices[index]?.unitMinor ?? null]));
  return lines.reduce((sum, line) => {
    const atBook = times(unitOf.get(line) ?? null, line.quantity);
    return sum + (atBook ?? line.amountMinor);
  }, 0n);
}
