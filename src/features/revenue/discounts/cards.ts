import { dotted, type Inline, instant, listed, percent, record, strong } from '../../../kernel/text.ts';
import type { PresentContext } from '../../../runtime/action.ts';
import type { Block, Button, Card } from '../../../view/card.ts';
import type { ApprovalView } from '../../org/approvals/api.ts';
import { amountText } from '../../sales/deals/api.ts';
import { tenthsOf } from '../products/api.ts';
import { t } from './messages.ts';
import type { DiscountAnswer } from './model.ts';
import { offText } from './words.ts';

export function answerCard(answer: DiscountAnswer, _at: PresentContext): Card {
  const { state, deal, percentBasisPoints, base, result, approval } = answer;
  const values = {
    off: offText(percentBasisPoints),
    deal: record(deal.number, deal.name),
    base: amountText(base),
    result: amountText(result),
  };
  if (state === 'granted' || !approval) {
    return { tone: 'ok', title: t('granted', values), blocks: grantedBlocks(answer) };
  }
  const open = { a: 'approvals.show', i: { approval: approval.number } };
  const withdraw = { a: 'approvals.withdraw', i: { approval: approval.number } };
  return {
    tone: 'ok',
    title: dotted(strong(approval.number), t('asked', values)),
    blocks: [
      { t: 'text', of: whereTo(answer, approval) },
      {
        t: 'buttons',
        buttons: [
          { label: t('withdraw'), press: withdraw },
          { label: t('open'), press: open },
        ],
      },
    ],
  };
}

function whereTo({ quote, marginBasisPoints }: DiscountAnswer, approval: ApprovalView): Inline {
  const { seats, later, answerBy } = approval;
  return dotted(
    t('goes-to', { people: listed(seats.map(({ name }) => strong(name))) }),
    later.length > 0 ? t('goes-then', { people: listed(later) }) : undefined,
    quote ? t('on-quote', { quote: quote.number, version: quote.version }) : undefined,
    marginBasisPoints === null
      ? undefined
      : t('margin-after-plain', { margin: percent(tenthsOf(marginBasisPoints)) }),
    t('answer-by', { at: instant(answerBy) }),
  );
}

function grantedBlocks({ deal, quote, freeUpToBasisPoints, percentBasisPoints }: DiscountAnswer): Block[] {
  const isWithin = freeUpToBasisPoints !== null && percentBasisPoints <= freeUpToBasisPoints;
  const why = isWithin ? t('granted-free', { percent: percent(freeUpToBasisPoints) }) : t('granted-plain');
  const on = quote ? t('on-quote', { quote: quote.number, version: quote.version }) : undefined;
  return [
    { t: 'text', of: dotted(why, on) },
    { t: 'buttons', buttons: [openButton(deal.number)] },
  ];
}

function openButton(number: string): Button {
  return {
    label: t('open-record', { number }),
    press: { a: 'deals.show', i: { deal: number } },
  };
}
