import { daysBetween } from '../../../kernel/dates.ts';
import { day, dotted, type Inline, money, record } from '../../../kernel/text.ts';
import {
  countText,
  type DigestFigure,
  defineDigestPart,
  figuresOf,
  mostFigureRows,
  mostNames,
  namesText,
} from '../../../runtime/digest.ts';
import type { Button } from '../../../view/card.ts';
import { sumsText } from '../../sales/deals/api.ts';
import { type ExpiringQuote, expiringQuotes } from './api.ts';
import { openButton } from './cards.ts';
import { t } from './messages.ts';
import { quoteRecord } from './record.ts';

const most = mostFigureRows + 1;

/** Listed as their deals: whose a deal is decides who sees the amount. */
function figure(name: string, label: Inline, quotes: readonly ExpiringQuote[]): DigestFigure[] {
  const rows = quotes.map(({ deal, ownerId, totalMinor, currency, number, validUntil }) => ({
    kind: 'deal',
    id: deal.id,
    ownerId,
    amount: { amountMinor: totalMinor, currency },
    note: t('digest-until', { quote: number, on: day(validUntil) }),
  }));
  return figuresOf({ name, label, rows });
}

const headOf = (quotes: readonly ExpiringQuote[]): Inline =>
  t('digest-expiring', { few: quotes.length, count: countText(quotes) });

/** A quote by its number and what it is for: the customer, else the deal. */
const labelOf = ({ number, account, deal }: ExpiringQuote): Inline =>
  record(number, account?.name ?? deal.name);

/** A person's own quotes that can soon be accepted no longer, the soonest first. */
const ownExpiring = defineDigestPart({
  kind: 'morning',
  section: 'decide',
  order: 30,
  async read(ctx, { memberId, on }) {
    if (memberId === undefined) return [];
    const quotes = await expiringQuotes(ctx, { memberIds: [memberId] }, { on, limit: most });
    return quotes.slice(0, mostNames).map((quote, index) => ({
      text: t('digest-row-expiring', {
        quote: dotted(
          labelOf(quote),
          quote.deal.number,
          money({ amountMinor: quote.totalMinor, currency: quote.currency }),
        ),
        on: day(quote.validUntil),
        days: daysBetween(on, quote.validUntil),
      }),
      record: { kind: quoteRecord.kind, id: quote.quoteId },
      buttons: [extendButton(quote), openButton(quote)],
      ...(index === 0 ? { figures: figure('quotes-expiring', headOf(quotes), quotes) } : {}),
    }));
  },
});

/** Those of a team in one line. */
const teamExpiring = defineDigestPart({
  kind: 'team',
  section: 'follow-ups',
  order: 30,
  async read(ctx, { owners, on }) {
    const quotes = await expiringQuotes(ctx, owners, { on, limit: most });
    const [first] = quotes;
    if (!first) return [];
    const head = headOf(quotes);
    const amounts = quotes.map(({ totalMinor, currency }) => ({ amountMinor: totalMinor, currency }));
    const names = namesText(quotes, (quote) =>
      t('digest-until', { quote: labelOf(quote), on: day(quote.validUntil) }),
    );
    return [
      {
        text: dotted(head, sumsText(amounts), names),
        buttons: [openButton(first)],
        figures: figure('quotes-expiring', head, quotes),
      },
    ];
  },
});

function extendButton({ number }: Pick<ExpiringQuote, 'number'>): Button {
  return { label: t('extend'), press: { a: 'quotes.extend', i: { quote: number, valid: '+30d' } } };
}

export const digestParts = [ownExpiring, teamExpiring];
