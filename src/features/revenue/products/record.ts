import { defineRecord } from '../../../store/records.ts';
import { t } from './messages.ts';
import { products } from './tables.ts';

export const productRecord = defineRecord({
  kind: 'product',
  table: products,
  label: (row) => String(row.name),
  fieldLabels: {
    name: t('name'),
    series: t('series'),
    listPriceMinor: t('price'),
    archivedAt: t('archived'),
  },
});

export type ProductRow = typeof products.$inferSelect;
