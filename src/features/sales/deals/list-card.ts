import { dotted, strong } from '../../../kernel/text.ts';
import type { PresentContext } from '../../../runtime/action.ts';
import type { Block, Button, Card } from '../../../view/card.ts';
import { amountText, dealLine, openButton } from './cards.ts';
import { baseInput, filtersText, listButton, pageButton, periodText, scopeText } from './funnel-cards.ts';
import type { DealList } from './funnel-model.ts';
import { t } from './messages.ts';
import type { DealStatus } from './model.ts';
import { reasonText, statusTexts } from './words.ts';

/** The deals behind a figure, ten a page. */
export function listCard(view: DealList, at: PresentContext): Card {
  const { scope, status, count: deals, amounts, withoutAmount, page, pages, period, isSpan } = view;
  const title = t('list-of', { scope: scopeText(scope), status: statusTexts[status] });
  const said = filtersText(view.filters);
  const heading = dotted(
    strong(t('deal-count', { count: deals })),
    ...amounts.map(amountText),
    withoutAmount > 0 ? t('without-amount', { count: withoutAmount }) : undefined,
    status === 'open' && !isSpan ? undefined : periodText(period),
  );
  const blocks: Block[] = [{ t: 'text', of: heading }];
  if (view.reasons.length > 0) {
    const reasons = view.reasons.map(({ reason, count }) =>
      t('reason-counted', { reason: reasonText(reason), count }),
    );
    blocks.push({ t: 'context', of: dotted(...reasons) });
  }
  if (said) blocks.push({ t: 'context', of: said });
  if (scope.isPartial) blocks.push({ t: 'context', of: t('partial') });
  if (view.deals.length > 0) {
    const rows = view.deals.map((deal) => ({ text: dealLine(deal, at), buttons: [openButton(deal)] }));
    blocks.push({ t: 'rows', rows });
  }
  const buttons = listButtons(view);
  if (pages > 1) blocks.push({ t: 'context', of: t('page-of', { page, pages }) });
  return { tone: 'plain', title, blocks: [...blocks, { t: 'buttons', buttons }] };
}

function listButtons({ filters, period, isSpan, status, page, pages }: DealList): Button[] {
  const input = baseInput({ filters, period, isSpan });
  const buttons: Button[] = [];
  if (page > 1) buttons.push(pageButton('deals.list', t('previous'), { ...input, status }, page - 1));
  if (page < pages) buttons.push(pageButton('deals.list', t('next'), { ...input, status }, page + 1));
  const others: DealStatus[] = (['open', 'won', 'lost'] as const).filter((one) => one !== status);
  for (const one of others) buttons.push(listButton(statusTexts[one], { ...input, status: one }));
  buttons.push({ label: t('pipeline-title'), press: { a: 'deals.pipeline', i: input } });
  return buttons;
}
