import { defineRecord } from '../../../store/records.ts';
import { t } from './messages.ts';
import { costRoles } from './rules.ts';
import { products } from './tables.ts';

export const productRecord = defineRecord({
  kind: 'product',
  table: products,
  label: (row) => String(row.name),
  fieldLabels: {
    name: t('name'),
    series: t('series'),
    listPriceMinor: t('price'),
    costMinor: t('cost'),
    floorBasisPoints: t('floor'),
    archivedAt: t('archived'),
  },
  restricted: { costMinor: costRoles, costCurrency: costRoles, floorBasisPoints: costRoles },
});

export type ProductRow = typeof products.$inferSelect;
