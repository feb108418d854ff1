import { defineRecord } from '../../../store/records.ts';
import { t } from './messages.ts';
import { discounts } from './tables.ts';

export const discountRecord = defineRecord({
  kind: 'discount',
  table: discounts,
  label: ({ percentBasisPoints }) => `${Number(percentBasisPoints) / 100}%`,
  fieldLabels: {
    percentBasisPoints: t('percent'),
    resultMinor: t('result'),
    accountId: t('account'),
    archivedAt: t('taken-back'),
  },
});

export type DiscountRow = typeof discounts.$inferSelect;
