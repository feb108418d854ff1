import { formatNumber } from '../../../kernel/ids.ts';
import { sumByCurrency } from '../../../kernel/money.ts';
import { dotted, type Inline, listed, money, record } from '../../../kernel/text.ts';
import { type DigestRow, mostFigureRows } from '../../../runtime/digest.ts';
import type { ListedDeal } from './digest-queries.ts';
import { t } from './messages.ts';

export function dealText({ number, name }: Pick<ListedDeal, 'number' | 'name'>): Inline {
  return record(formatNumber('deal', number), name);
}

/** A deal as it counts in a figure. */
export function dealRow({
  id,
  ownerId,
  amountMinor,
  currency,
}: Omit<ListedDeal, 'number' | 'name'>): DigestRow {
  return {
    kind: 'deal',
    id,
    ownerId,
    ...(amountMinor === null || currency === null ? {} : { amount: { amountMinor, currency } }),
  };
}

/** What deals come to, one sum per currency, and how many have no amount. Nothing when not all of them were read. */
export function sumsText(deals: readonly Pick<ListedDeal, 'amountMinor' | 'currency'>[]): Inline | undefined {
  if (deals.length > mostFigureRows) return undefined;
  const valued = deals.flatMap(({ amountMinor, currency }) =>
    amountMinor === null || currency === null ? [] : [{ amountMinor, currency }],
  );
  const without = deals.length - valued.length;
  return dotted(
    valued.length === 0 ? undefined : listed(sumByCurrency(valued).map(money)),
    without === 0 ? undefined : t('without-amount', { count: without }),
  );
}
