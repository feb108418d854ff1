import { moneyToDecimal } from '../../../kernel/money.ts';
import { day, dotted, type Inline } from '../../../kernel/text.ts';
import { t } from './messages.ts';
import type { BookPrice, ForClass } from './rules.ts';

interface Terms {
  fromQuantity: number;
  forClass: ForClass;
}

/** `from 10 units · class A`. */
export function termsText({ fromQuantity, forClass }: Terms): Inline {
  return dotted(t('from-units', { count: fromQuantity }), classText(forClass));
}

export function classText(forClass: ForClass): Inline {
  return forClass === 'all' ? t('for-all') : t('of-class', { class: forClass });
}

export function periodText(price: Pick<BookPrice, 'validFromOn' | 'validUntilOn'>): Inline {
  const from = day(price.validFromOn);
  return price.validUntilOn === null
    ? t('since', { from })
    : t('since-until', { from, until: day(price.validUntilOn) });
}

/** The line that sets a price of a product, or takes it away: `price "GTX Pro" 4500 from:10 class:A`. */
export function priceLine(
  product: string,
  what: { unitMinor: bigint; currency: string } | 'off',
  terms: Terms,
  period?: string,
): string {
  const amount =
    what === 'off'
      ? 'off'
      : `${what.currency} ${moneyToDecimal({ amountMinor: what.unitMinor, currency: what.currency })}`;
  return [
    `price "${product}" ${amount}`,
    terms.fromQuantity === 1 ? '' : ` from:${terms.fromQuantity}`,
    terms.forClass === 'all' ? '' : ` class:${terms.forClass}`,
    period === undefined ? '' : ` ${period}`,
  ].join('');
}
