import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { formatNumber } from '../../../../kernel/ids.ts';
import { mostMinor } from '../../../../kernel/money.ts';
import { command, money, percent as percentText, record } from '../../../../kernel/text.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { type Ctx, memberOf } from '../../../../runtime/context.ts';
import {
  alreadyOpen,
  approvalViewOf,
  currentPolicy,
  pendingOf,
  requestApproval,
} from '../../../org/approvals/api.ts';
import { dealLabel, writableOpen } from '../../../sales/deals/api.ts';
import { mayReadCosts } from '../../products/api.ts';
import { answerCard } from '../cards.ts';
import { type Ground, type Offer, offerOn, readGround } from '../ground.ts';
import { t } from '../messages.ts';
import { type DiscountAnswer, discountAnswer } from '../model.ts';
import { askTwiceFromBasisPoints, percentBetween, percentWord } from '../rules.ts';
import { offText, pricesText } from '../words.ts';

export const ask = defineAction({
  name: 'discounts.ask',
  title: t('ask-title'),
  summary: t('ask-summary'),
  submit: t('ask'),
  effect: 'write',
  input: z.strictObject({
    deal: f.ref('deal', t('deal'), { placeholder: 'D-142' }),
    percent: f.percent(t('percent'), { placeholder: '15%', discount: true }),
    note: f.note(t('note')).optional(),
    quote: f.ref('quote', t('quote')).optional(),
  }),
  output: discountAnswer,
  roles: sellingRoles,
  hidden: ['quote'],
  noUndo: t('no-undo'),
  command: {
    verb: 'discount',
    aliases: ['折扣申请', '特价申请', '折扣'],
    args: ['deal', 'percent'],
    note: 'note',
    group: 'deals',
    examples: {
      en: ['discount D-142 15% -- match Grundfos bid', 'discount D-142 85折'],
      'zh-CN': ['折扣申请 D-142 85折 -- 对标格兰富报价', '折扣 D-142 15%'],
    },
    top: 8,
  },
  example: { as: 'rep', input: { deal: 'D-1', percent: 1500, note: 'match the Grundfos bid' } },

  mayOpen: async (ctx, { deal }) => deal && writableOpen(ctx, deal.id, t('doing-ask')),
  async confirm(ctx, { deal, percent }) {
    if (percent < askTwiceFromBasisPoints || percent >= 10_000) return undefined;
    const row = await writableOpen(ctx, deal.id, t('doing-ask'));
    const off = offText(percent);
    const title = t('sure', { off, deal: dealLabel(row) });
    const ground = await readGround(ctx, { dealId: row.id, quoteId: null });
    const offer = ground && offerOn(ground, { percentBasisPoints: percent, resultMinor: null });
    return {
      tone: 'warn',
      title,
      blocks: offer ? [{ t: 'text', of: t('sure-result', pricesText(offer)) }] : [],
    };
  },

  async run(ctx, { deal, percent, note, quote }) {
    const row = await writableOpen(ctx, deal.id, t('doing-ask'));
    const number = formatNumber('deal', row.number);
    if (percent <= 0 || percent >= 10_000) {
      const message = t('too-little', { line: command(`discount ${number} 15%`) });
      throw new AppError('invalid_input', message, { fields: [{ field: 'percent', message }] });
    }
    const open = await pendingOf(ctx, 'discount', row.id);
    if (open) throw alreadyOpen(open);
    const ground = await readGround(ctx, { dealId: row.id, quoteId: quote?.id ?? null });
    if (!ground) {
      const values = { quote: quote?.key ?? '', deal: record(number, row.name) };
      throw new AppError('rule', t('not-that-quote', values));
    }
    const asked = {
      dealId: row.id,
      quoteId: ground.quote?.quoteId ?? null,
      percentBasisPoints: percent,
      resultMinor: quotedAt(ground, percent),
    };
    const offer = requireOffer(ground, offerOn(ground, asked), number);
    const requested = await requestApproval(ctx, {
      kind: 'discount',
      subjectId: row.id,
      asked,
      note: note ?? null,
    });
    if (requested.state === 'already') throw alreadyOpen(requested.row);
    const approval = requested.state === 'pending' ? await approvalViewOf(ctx, requested.row.id) : null;
    return answerOf(ctx, ground, offer, approval);
  },
  present: answerCard,
});

/** A quote that stands at this discount already keeps its total to the cent. */
function quotedAt({ quote, baseMinor }: Ground, percent: number): string | null {
  if (!quote || baseMinor === null || baseMinor === 0n) return null;
  return percentBetween(baseMinor, quote.totalMinor) === percent ? quote.totalMinor.toString() : null;
}

/** Throws AppError for a deal without a price, one beyond all amounts, a discount of nothing, and one that is granted already. */
function requireOffer({ deal, applied }: Ground, offer: Offer | undefined, number: string): Offer {
  if (!offer) {
    const line = command(`set ${number} amount 95k`, `修改 ${number} 金额 9.5万`);
    throw new AppError('rule', t('no-amount', { deal: dealLabel(deal), line }));
  }
  const { percentBasisPoints, baseMinor, resultMinor, currency } = offer;
  // What a quote rests on may be priced anew since, at whatever the price book says by now.
  if (baseMinor > mostMinor) {
    throw new AppError('rule', t('too-large', { most: money({ amountMinor: mostMinor, currency }) }));
  }
  if (resultMinor >= baseMinor) {
    const { base } = pricesText(offer);
    const line = command(`discount ${number} 15%`);
    throw new AppError(
      'invalid_input',
      t('no-difference', { percent: percentText(percentBasisPoints), base, line }),
    );
  }
  if (applied && applied.percentBasisPoints >= percentBasisPoints) {
    const whole = Math.min(9_900, applied.percentBasisPoints + percentBasisPoints);
    throw new AppError(
      'rule',
      t('already-granted', {
        granted: offText(applied.percentBasisPoints),
        deal: dealLabel(deal),
        line: command(`discount ${number} ${percentWord(whole)}`),
        ...pricesText(applied),
      }),
    );
  }
  return offer;
}

async function answerOf(
  ctx: Ctx,
  { deal, quote }: Ground,
  offer: Offer,
  approval: DiscountAnswer['approval'],
): Promise<DiscountAnswer> {
  const { percentBasisPoints, baseMinor, resultMinor, currency, marginBasisPoints } = offer;
  return {
    state: approval ? 'pending' : 'granted',
    deal: { number: formatNumber('deal', deal.number), name: deal.name },
    quote: quote ? { number: quote.number, version: quote.version } : null,
    percentBasisPoints,
    base: { amountMinor: baseMinor.toString(), currency },
    result: { amountMinor: resultMinor.toString(), currency },
    marginBasisPoints: mayReadCosts(memberOf(ctx)) ? marginBasisPoints : null,
    freeUpToBasisPoints: await freeUpTo(ctx),
    approval,
  };
}

/** What the rules let pass by the percentage alone. */
async function freeUpTo(ctx: Ctx): Promise<number | null> {
  const { rules } = (await currentPolicy(ctx, 'discount')).rules;
  const free = rules.flatMap(({ when, steps }) => {
    const { percentUpTo, ...others } = when;
    return steps.length === 0 && percentUpTo !== undefined && Object.keys(others).length === 0
      ? [percentUpTo]
      : [];
  });
  return free[0] ?? null;
}
