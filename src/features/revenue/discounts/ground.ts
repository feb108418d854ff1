import { z } from 'zod';
import { dayIn } from '../../../kernel/dates.ts';
import { formatNumber } from '../../../kernel/ids.ts';
import type { ApprovalFacts, ApprovalSubject } from '../../../runtime/approval-kind.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { type AccountRow, readAccount } from '../../crm/accounts/api.ts';
import type { DealRow } from '../../sales/deals/api.ts';
import { floorsOf, pricesOf } from '../prices/api.ts';
import { marginBasisPoints } from '../products/api.ts';
import { currentQuoteOf, type QuoteTerms, quoteTerms } from '../quotes/api.ts';
import { grantedOnDeal, lockQuote, readDealRow } from './queries.ts';
import type { DiscountRow } from './record.ts';
import { costShareMinor, restsOn, resultMinor } from './rules.ts';

/** What is asked, as approvals keep it. */
export const askedShape = z.strictObject({
  dealId: z.uuid(),
  /** Null: on the amount of the deal, as long as nothing is quoted. */
  quoteId: z.uuid().nullable(),
  percentBasisPoints: z.int(),
  /** The exact price where one was said; else it follows from the percentage. */
  resultMinor: z.string().nullable(),
});
export type AskedDiscount = z.output<typeof askedShape>;

/** What a discount on a deal stands on at this instant. */
export interface Ground {
  deal: DealRow;
  account: AccountRow | undefined;
  quote: QuoteTerms | undefined;
  currency: string | null;
  /** The price before any discount; null: the deal has no amount. */
  baseMinor: bigint | null;
  /** What the whole costs us; null: not known. */
  costMinor: bigint | null;
  /** The least it costs us: what is known of it. */
  leastCostMinor: bigint;
  productIds: string[];
  /** Highest of the products; undefined: the policy's. */
  floorBasisPoints: number | undefined;
  /** Which one brought the price to where it is; undefined: none did. */
  applied: DiscountRow | undefined;
  granted: readonly DiscountRow[];
}

/**
 * Reads what a discount rests on. Undefined: the deal is closed or gone, or the quote is not open any more. `lock`:
 * keeps both from changing until the commit.
 */
export async function readGround(
  ctx: Ctx,
  { dealId, quoteId }: Pick<AskedDiscount, 'dealId' | 'quoteId'>,
  { lock = false }: { lock?: boolean | undefined } = {},
): Promise<Ground | undefined> {
  const deal = await readDealRow(ctx, dealId, { lock });
  if (deal?.status !== 'open' || deal.archivedAt !== null) return undefined;
  const found = await openQuote(ctx, dealId, quoteId);
  if (!found && quoteId !== null) return undefined;
  if (found && lock) await lockQuote(ctx, found.quoteId);
  const quote = found && lock ? await quoteTerms(ctx, found.quoteId) : found;
  const account = deal.accountId === null ? undefined : await readAccount(ctx, deal.accountId);
  const granted = await grantedOnDeal(ctx, dealId);
  const priced = quote ? priceOfQuote(quote, granted) : priceOfDeal(deal, granted);
  const productIds = quote ? quote.productIds : deal.productId === null ? [] : [deal.productId];
  const costMinor = quote ? quote.costMinor : await costOfDeal(ctx, deal, priced);
  const floors = [...(await floorsOf(ctx, productIds)).values()].filter((one) => one !== null);
  return {
    ...priced,
    deal,
    account,
    quote,
    granted,
    productIds: [...productIds].sort(),
    costMinor,
    leastCostMinor: quote?.leastCostMinor ?? costMinor ?? 0n,
    floorBasisPoints: floors.length > 0 ? Math.max(...floors) : undefined,
  };
}

async function openQuote(ctx: Ctx, dealId: string, quoteId: string | null): Promise<QuoteTerms | undefined> {
  if (quoteId === null) return currentQuoteOf(ctx, dealId);
  const quote = await quoteTerms(ctx, quoteId);
  const isOpen = quote?.status === 'draft' || quote?.status === 'sent';
  return isOpen && quote.dealId === dealId ? quote : undefined;
}

type Priced = Pick<Ground, 'currency' | 'baseMinor' | 'applied'>;

function priceOfQuote(
  { currency, bookMinor, totalMinor }: QuoteTerms,
  granted: readonly DiscountRow[],
): Priced {
  const applied = granted.find(
    (one) => one.currency === currency && one.baseMinor === bookMinor && one.resultMinor === totalMinor,
  );
  return { currency, baseMinor: bookMinor, applied };
}

/**
 * An amount that a discount brought about is not where the next one starts, nor is one that was set by hand close to
 * it: else a discount nobody has to decide on would be there for the asking, again and again.
 */
function priceOfDeal({ amountMinor, currency }: DealRow, granted: readonly DiscountRow[]): Priced {
  if (amountMinor === null) return { currency, baseMinor: null, applied: undefined };
  const ofAmount = granted.filter((one) => one.currency === currency && one.quoteId === null);
  const applied = ofAmount.find((one) => one.resultMinor === amountMinor);
  const near = applied ?? ofAmount.find((one) => restsOn(amountMinor, one));
  return { currency, baseMinor: near?.baseMinor ?? amountMinor, applied };
}

/** Without lines the product of the deal has to speak for the whole: its cost as a share of its list price. */
async function costOfDeal(
  ctx: Ctx,
  { productId }: DealRow,
  { currency, baseMinor }: Priced,
): Promise<bigint | null> {
  if (productId === null || currency === null || baseMinor === null) return null;
  const on = dayIn(ctx.now, ctx.org.timeZone);
  const [price] = await pricesOf(ctx, [{ productId, quantity: 1, currency, valueClass: null, on }]);
  if (!price || price.costMinor === null) return null;
  return costShareMinor(baseMinor, { ...price, costMinor: price.costMinor });
}

/** A discount with its price, of a deal that has one. */
export interface Offer {
  percentBasisPoints: number;
  baseMinor: bigint;
  resultMinor: bigint;
  currency: string;
  /** Of the sale, once it is granted; null: not known. */
  marginBasisPoints: number | null;
  /** No more than this can be left, by the costs that are known; null: none is. */
  mostMarginBasisPoints: number | null;
}

/** Undefined: the deal has no amount. */
export function offerOn(
  { baseMinor, currency, costMinor, leastCostMinor }: Ground,
  { percentBasisPoints, resultMinor: said }: Pick<AskedDiscount, 'percentBasisPoints' | 'resultMinor'>,
): Offer | undefined {
  if (baseMinor === null || currency === null) return undefined;
  const result = said === null ? resultMinor(baseMinor, percentBasisPoints) : BigInt(said);
  const margin = costMinor === null ? null : marginBasisPoints(result, costMinor);
  return {
    percentBasisPoints,
    baseMinor,
    resultMinor: result,
    currency,
    marginBasisPoints: margin,
    mostMarginBasisPoints: margin ?? (leastCostMinor > 0n ? marginBasisPoints(result, leastCostMinor) : null),
  };
}

/** What policies look at: a floor that cannot be kept counts as not kept, also where some cost is not known. */
export function factsOf({ productIds, floorBasisPoints, account }: Ground, offer: Offer): ApprovalFacts {
  const { percentBasisPoints, baseMinor, currency, mostMarginBasisPoints: margin } = offer;
  return {
    percentBasisPoints,
    amount: { amountMinor: baseMinor.toString(), currency },
    ...(margin === null ? {} : { marginBasisPoints: margin }),
    ...(floorBasisPoints === undefined ? {} : { floorBasisPoints }),
    productIds,
    ...(account?.valueClass ? { valueClass: account.valueClass } : {}),
  };
}

/** A deal as a request names it: by its customer, where it has one. */
export function subjectOf({ deal, account }: Pick<Ground, 'deal' | 'account'>): ApprovalSubject {
  const number = formatNumber('deal', deal.number);
  return { kind: 'deal', id: deal.id, number, name: account?.name ?? deal.name };
}
