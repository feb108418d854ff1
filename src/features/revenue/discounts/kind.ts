import { AppError } from '../../../kernel/errors.ts';
import { command, record } from '../../../kernel/text.ts';
import { type ApprovalCase, type CounterOffer, defineApprovalKind } from '../../../runtime/approval-kind.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { createRecord } from '../../../store/records.ts';
import { handsOn } from '../../org/audit/api.ts';
import { setDealAmount } from '../../sales/deals/api.ts';
import { applyDiscount } from '../quotes/api.ts';
import { blocksFor } from './blocks.ts';
import {
  type AskedDiscount,
  askedShape,
  factsOf,
  type Ground,
  type Offer,
  offerOn,
  readGround,
  subjectOf,
} from './ground.ts';
import { t } from './messages.ts';
import { discountRecord } from './record.ts';
import { percentBetween } from './rules.ts';
import { offText, pricesText } from './words.ts';

/** Deciding on a discount sets the amount without making whoever decides an editor of it. */
const decidingActions = ['approvals.approve', 'discounts.ask'];

export const discountKind = defineApprovalKind({
  kind: 'discount',
  label: t('discount'),
  subject: 'deal',

  headline({ number, name }, { percentBasisPoints, baseMinor, resultMinor, currency }) {
    const off = offText(Number(percentBasisPoints));
    const deal = record(number, name);
    if (baseMinor === null || currency === null) return t('headline-open', { off, deal });
    const priced = {
      baseMinor: BigInt(baseMinor ?? 0),
      resultMinor: BigInt(resultMinor ?? 0),
      currency: String(currency),
    };
    return t('headline', { off, deal, ...pricesText(priced) });
  },

  async read(ctx, asked, options = {}): Promise<ApprovalCase | undefined> {
    const wanted = askedShape.parse(asked);
    const ground = await readGround(ctx, wanted, options);
    if (!ground) return undefined;
    const { deal, account, quote, costMinor, currency, productIds } = ground;
    const offer = offerOn(ground, wanted);
    return {
      subject: subjectOf(ground),
      ownerId: deal.ownerId,
      involvedIds: await involvedIn(ctx, ground),
      terms: {
        percentBasisPoints: wanted.percentBasisPoints,
        baseMinor: offer?.baseMinor.toString() ?? null,
        resultMinor: offer?.resultMinor.toString() ?? null,
        currency,
        accountId: account?.id ?? null,
        productIds: productIds.join(' '),
        quoteId: quote?.quoteId ?? null,
        quoteVersion: quote?.version ?? null,
        costMinor: costMinor?.toString() ?? null,
      },
      facts: offer ? factsOf(ground, offer) : { percentBasisPoints: wanted.percentBasisPoints },
    };
  },

  blocks: (ctx, asked) => blocksFor(ctx, askedShape.parse(asked)),

  async counter(ctx, asked, offer) {
    const wanted = askedShape.parse(asked);
    const ground = await readGround(ctx, wanted);
    const standing = ground && offerOn(ground, wanted);
    // What has lost its ground ends in the same transaction; nothing is offered on it.
    return standing ? lessThan(ground, wanted, standing, offer) : wanted;
  },

  async propose(ctx, dealId, offer) {
    const ground = await readGround(ctx, { dealId, quoteId: null });
    const baseMinor = ground?.baseMinor ?? 0n;
    const price = offer.amount?.amountMinor;
    const byPrice = price === undefined || baseMinor === 0n ? 0 : percentBetween(baseMinor, price);
    return {
      dealId,
      quoteId: ground?.quote?.quoteId ?? null,
      percentBasisPoints: offer.percentBasisPoints ?? byPrice,
      resultMinor: null,
    };
  },

  again(asked) {
    const { dealId, percentBasisPoints } = askedShape.parse(asked);
    return { action: 'discounts.ask', input: { deal: dealId, percent: percentBasisPoints } };
  },

  async grant(ctx, asked, approval) {
    const wanted = askedShape.parse(asked);
    const ground = await readGround(ctx, wanted, { lock: true });
    const offer = ground && offerOn(ground, wanted);
    if (!ground || !offer) throw new TypeError('a discount was granted on a deal that has no price');
    const { deal, account, quote } = ground;
    const { resultMinor, currency } = offer;
    if (quote) await applyDiscount(ctx, quote.quoteId, quote.version, { totalMinor: resultMinor });
    else await setDealAmount(ctx, deal.id, { amountMinor: resultMinor, currency });
    await createRecord(ctx, discountRecord, {
      approvalId: approval?.id ?? null,
      dealId: deal.id,
      accountId: account?.id ?? null,
      quoteId: quote?.quoteId ?? null,
      currency,
      baseMinor: offer.baseMinor,
      resultMinor,
      percentBasisPoints: offer.percentBasisPoints,
      grantedAt: ctx.now,
      grantedById: approval && ctx.actor.kind === 'member' ? ctx.actor.memberId : null,
    });
  },
});

/** Whoever has a hand in the price: of the deal and of its quote the owner, who made it, who changed it last. */
async function involvedIn(ctx: Ctx, { deal, quote }: Ground): Promise<string[]> {
  const { creatorId, editorId } = await handsOn(ctx, deal.id, 'amountMinor', decidingActions);
  const all = [deal.ownerId, creatorId, editorId, quote?.creatorId, quote?.lastEditorId];
  return [...new Set(all.filter((id): id is string => typeof id === 'string'))];
}

/** Less than was asked and more than is granted already. Throws AppError that says between what. */
function lessThan(
  { applied }: Ground,
  wanted: AskedDiscount,
  asked: Offer,
  { percentBasisPoints, amount }: CounterOffer,
): AskedDiscount {
  const offered = amount ? byPrice(asked, amount) : { percentBasisPoints, resultMinor: null };
  const basisPoints = offered.percentBasisPoints;
  if (basisPoints === undefined || basisPoints <= 0) {
    throw new AppError('invalid_input', t('counter-needs', { line: command('approve A-77 12%') }));
  }
  if (basisPoints >= wanted.percentBasisPoints) {
    throw refused('percent', t('counter-percent', { asked: offText(wanted.percentBasisPoints) }));
  }
  if (applied && basisPoints <= applied.percentBasisPoints) {
    throw refused('percent', t('counter-granted', { granted: offText(applied.percentBasisPoints) }));
  }
  return { ...wanted, ...offered, percentBasisPoints: basisPoints };
}

function byPrice(asked: Offer, { amountMinor, currency }: NonNullable<CounterOffer['amount']>) {
  if (currency !== asked.currency)
    throw refused('amount', t('counter-currency', { currency: asked.currency }));
  if (amountMinor <= asked.resultMinor || amountMinor >= asked.baseMinor) {
    throw refused('amount', t('counter-price', pricesText(asked)));
  }
  return {
    percentBasisPoints: percentBetween(asked.baseMinor, amountMinor),
    resultMinor: amountMinor.toString(),
  };
}

function refused(field: string, message: ReturnType<typeof t>): AppError {
  return new AppError('invalid_input', message, { fields: [{ field, message }] });
}
