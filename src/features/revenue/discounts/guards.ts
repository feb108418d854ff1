import { AppError } from '../../../kernel/errors.ts';
import type { Ref } from '../../../kernel/fields.ts';
import { formatNumber } from '../../../kernel/ids.ts';
import type { Money } from '../../../kernel/money.ts';
import { command, type Inline, percent, strong } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { defineGuard } from '../../../runtime/guard.ts';
import { approvalNumber, needsNobody, pendingOf } from '../../org/approvals/api.ts';
import { canSee } from '../../org/members/api.ts';
import { dealLabel } from '../../sales/deals/api.ts';
import { quoteTerms } from '../quotes/api.ts';
import { factsOf, type Ground, type Offer, offerOn, readGround } from './ground.ts';
import { t } from './messages.ts';
import { agreedTerms } from './queries.ts';
import { percentBetween, percentWord } from './rules.ts';
import { pricesText } from './words.ts';

/** No quote goes to the customer, or is taken for accepted, below what the rules or somebody's word allow; nor is a deal won. */
export const discountGuards = [
  ...['quotes.send', 'quotes.accept'].map((action) =>
    defineGuard({ action, name: 'discounts.granted', check: requireGranted }),
  ),
  defineGuard({ action: 'deals.won', name: 'discounts.decided', check: requireDecided }),
];

/**
 * A deal is not won while a discount on it waits, nor below the price book where it is quoted by it. An amount without
 * a quote is what somebody expects, and may turn out to be another.
 */
async function requireDecided(ctx: Ctx, input: Record<string, unknown>): Promise<void> {
  const { id: dealId } = input.deal as Ref;
  if (ctx.actor.kind !== 'member') return;
  const ground = await readGround(ctx, { dealId, quoteId: null }, { lock: true });
  if (!ground || !(await canSee(ctx, ground.deal.ownerId))) return;
  const { deal, quote, baseMinor, currency } = ground;
  const pending = await pendingOf(ctx, 'discount', dealId);
  if (pending) throw stillOpen(approvalNumber(pending), dealLabel(deal));
  const price = (input.amount as Money | undefined) ?? amountOf(deal);
  if (!quote || !price || price.currency !== currency || baseMinor === null || baseMinor === 0n) return;
  const percentBasisPoints = percentBetween(baseMinor, price.amountMinor);
  if (percentBasisPoints <= 0) return;
  const offer = await offerToAskFor(ctx, ground, percentBasisPoints, price.amountMinor);
  if (!offer) return;
  const { line, waysOut } = askingFor(deal, offer);
  const values = { deal: dealLabel(deal), percent: percent(percentBasisPoints), line, ...pricesText(offer) };
  throw new AppError('rule', t('won-below', values), { waysOut });
}

function amountOf({ amountMinor, currency }: Ground['deal']): Money | undefined {
  return amountMinor === null || currency === null ? undefined : { amountMinor, currency };
}

function stillOpen(approval: string, deal: Inline): AppError {
  return new AppError('rule', t('still-open', { approval: strong(approval), deal }), {
    waysOut: [
      { label: t('open'), action: 'approvals.show', input: { approval } },
      { label: t('withdraw'), action: 'approvals.withdraw', input: { approval } },
    ],
  });
}

async function requireGranted(ctx: Ctx, input: Record<string, unknown>): Promise<void> {
  const { id: quoteId } = input.quote as Ref;
  if (ctx.actor.kind !== 'member') return;
  const seen = await quoteTerms(ctx, quoteId);
  // Held, so that what was checked is what goes out. What is closed the action itself refuses.
  const ground = seen && (await readGround(ctx, { dealId: seen.dealId, quoteId }, { lock: true }));
  if (!ground?.quote || ground.baseMinor === null) return;
  const { quote, deal, baseMinor } = ground;
  const percentBasisPoints = baseMinor > 0n ? percentBetween(baseMinor, quote.totalMinor) : 0;
  if (percentBasisPoints === 0) return;
  const offer = await offerToAskFor(ctx, ground, percentBasisPoints, quote.totalMinor);
  // Whoever may not see the deal is refused by the action, without hearing prices.
  if (!offer || !(await canSee(ctx, deal.ownerId))) return;
  throw await notGranted(ctx, ground, quote.number, offer);
}

/** A price as the discount it is, where neither somebody's word nor the rules allow it. */
async function offerToAskFor(
  ctx: Ctx,
  ground: Ground,
  percentBasisPoints: number,
  priceMinor: bigint,
): Promise<Offer | undefined> {
  const offer = offerOn(ground, { percentBasisPoints, resultMinor: priceMinor.toString() });
  if (!offer || (await isGranted(ctx, ground, offer))) return undefined;
  return (await needsNobody(ctx, 'discount', factsOf(ground, offer))) ? undefined : offer;
}

/** How to ask for it: typed, and by one button. */
function askingFor(deal: Ground['deal'], { percentBasisPoints: asked }: Offer, of: { quote?: string } = {}) {
  const number = formatNumber('deal', deal.number);
  return {
    line: command(`discount ${number} ${percentWord(asked)}`),
    waysOut: [{ label: t('ask'), action: 'discounts.ask', input: { deal: number, percent: asked, ...of } }],
  };
}

/**
 * Whether somebody has agreed to this price or a lower one, of just this: what was agreed of a quote is for the same
 * products at the same cost, or its margin is another one.
 */
async function isGranted(
  ctx: Ctx,
  { granted, productIds, costMinor }: Ground,
  { baseMinor, resultMinor, currency }: Offer,
): Promise<boolean> {
  const fitting = granted.filter(
    (one) => one.currency === currency && one.baseMinor === baseMinor && one.resultMinor <= resultMinor,
  );
  const ids = fitting.flatMap(({ quoteId, approvalId }) => (quoteId === null ? [] : (approvalId ?? [])));
  const agreed = await agreedTerms(ctx, ids);
  return fitting.some(({ quoteId, approvalId }) => {
    const terms = quoteId === null || approvalId === null ? undefined : agreed.get(approvalId);
    if (!terms) return true;
    return terms.productIds === productIds.join(' ') && terms.costMinor === (costMinor?.toString() ?? null);
  });
}

async function notGranted(ctx: Ctx, { deal }: Ground, quote: string, offer: Offer): Promise<AppError> {
  const values = {
    quote: strong(quote),
    percent: percent(offer.percentBasisPoints),
    ...pricesText(offer),
  };
  const pending = await pendingOf(ctx, 'discount', deal.id);
  if (pending) {
    const approval = approvalNumber(pending);
    return new AppError('rule', t('not-yet-covered', { ...values, approval: strong(approval) }), {
      waysOut: [{ label: t('open'), action: 'approvals.show', input: { approval } }],
    });
  }
  const { line, waysOut } = askingFor(deal, offer, { quote });
  const set = command(`set ${quote} total …`, `修改 ${quote} 合计 …`);
  return new AppError('rule', t('not-covered', { ...values, line, set }), { waysOut });
}
