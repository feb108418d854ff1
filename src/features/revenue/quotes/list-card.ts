import { command, day, dotted, type Inline, record, strong } from '../../../kernel/text.ts';
import type { PresentContext } from '../../../runtime/action.ts';
import type { Button, Card, Row } from '../../../view/card.ts';
import { amountText } from '../../sales/deals/api.ts';
import { openButton } from './cards.ts';
import { t } from './messages.ts';
import type { QuoteList, QuoteRowView } from './model.ts';
import { statusTexts } from './words.ts';

export function listCard(list: QuoteList, at: PresentContext): Card {
  const { deal, owner, status, quotes, page, hasMore } = list;
  if (quotes.length === 0) {
    const line = command(`quote ${deal?.number ?? 'D-142'} 40x"GTX Pro" 95k`);
    return { tone: 'info', title: t('list-none', { line }), blocks: [] };
  }
  const title = dotted(
    strong(t('section')),
    deal ? record(deal.number, deal.name) : undefined,
    owner && !isReader(owner, at) ? owner.name : undefined,
    status ? statusTexts[status] : undefined,
  );
  const next: Button = {
    label: t('page-next'),
    press: {
      a: 'quotes.list',
      i: {
        ...(deal ? { deal: deal.number } : {}),
        ...(owner ? { owner: owner.memberId } : {}),
        ...(status ? { status } : {}),
        page: page + 1,
      },
    },
  };
  return {
    tone: 'plain',
    title,
    blocks: [
      { t: 'rows', rows: quotes.map((quote) => quoteRowOf(quote, { deal: deal === null })) },
      ...(hasMore ? [{ t: 'buttons' as const, buttons: [next] }] : []),
    ],
  };
}

function isReader({ memberId }: { memberId: string }, { actor }: PresentContext): boolean {
  return actor.kind === 'member' && actor.memberId === memberId;
}

/** A quote as one row; `deal`: it is not said above. */
export function quoteRowOf(quote: QuoteRowView, { deal: saysDeal }: { deal: boolean }): Row {
  const { number, version, status, deal, account, owner, total, validUntil, restricted } = quote;
  if (restricted)
    return { text: dotted(strong(number), owner?.name ?? undefined), buttons: [openButton(quote)] };
  const isOpen = status === 'draft' || status === 'sent';
  const text: Inline = dotted(
    strong(version === null ? number : `${number} v${version}`),
    saysDeal && deal ? record(deal.number, account ?? deal.name) : undefined,
    total ? amountText(total) : undefined,
    status ? statusTexts[status] : undefined,
    isOpen && validUntil ? t('valid-to', { on: day(validUntil) }) : undefined,
    status === 'expired' && validUntil ? t('expired-on', { on: day(validUntil) }) : undefined,
  );
  return { text, buttons: [openButton(quote)] };
}
