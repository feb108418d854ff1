import { count, type Inline, percent } from '../../../kernel/text.ts';
import type { Block, Field } from '../../../view/card.ts';
import { amountText } from '../../sales/deals/api.ts';
import { t } from './messages.ts';
import type { LineView, TermsView } from './model.ts';

/** `40 × GTX Pro`, with its price per unit where it has one. */
export function lineWhat({ productId, name, quantity, unit }: LineView): Inline {
  if (productId === null && quantity === 1) return name;
  const values = { quantity: count(quantity), product: name };
  return unit ? t('line-unit', { ...values, unit: amountText(unit) }) : t('times-product', values);
}

export function linesTable({ lines }: TermsView): Block {
  return {
    t: 'table',
    columns: [
      { label: '#', align: 'right' },
      { label: t('product') },
      { label: t('quantity'), align: 'right' },
      { label: t('price'), align: 'right' },
      { label: t('total'), align: 'right' },
    ],
    cells: lines.map(({ position, name, quantity, unit, amount }) => [
      count(position),
      name,
      count(quantity),
      unit ? amountText(unit) : '',
      amountText(amount),
    ]),
  };
}

/** Lines, discount, total and, for those who may know, what is left of it. */
export function sumFields({ net, discount, discountBasisPoints, total, margin }: TermsView): Field[] {
  const off = BigInt(discount.amountMinor);
  const fields: Field[] = [];
  if (off !== 0n) {
    const isOff = off > 0n;
    const amount = amountText({ ...discount, amountMinor: (isOff ? off : -off).toString() });
    fields.push({ label: t('net'), value: amountText(net) });
    fields.push({
      label: t(isOff ? 'discount' : 'surcharge'),
      value: t(isOff ? 'discount-is' : 'surcharge-is', {
        amount,
        percent: percent(Math.abs(discountBasisPoints)),
      }),
    });
  }
  fields.push({ label: t('total'), value: amountText(total) });
  if (margin) {
    const values = { percent: percent(margin.basisPoints), amount: amountText(margin.margin) };
    fields.push({ label: t('margin'), value: t('margin-is', values) });
  }
  return fields;
}
