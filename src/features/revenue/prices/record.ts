import { defineRecord } from '../../../store/records.ts';
import { t } from './messages.ts';
import { bookPrices } from './tables.ts';

export const priceRecord = defineRecord({
  kind: 'price',
  table: bookPrices,
  label: ({ currency, fromQuantity, forClass }) =>
    `${currency} ≥ ${fromQuantity}${forClass === 'all' ? '' : ` · ${forClass}`}`,
  fieldLabels: {
    productId: t('product'),
    forClass: t('class'),
    fromQuantity: t('from'),
    unitMinor: t('unit-price'),
    validFromOn: t('valid-from'),
    validUntilOn: t('valid-until'),
    archivedAt: t('archived'),
  },
  valueLabels: { forClass: { all: t('for-all') } },
});

export type PriceRow = typeof bookPrices.$inferSelect;
