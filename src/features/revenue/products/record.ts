import { defineRecord } from '../../../store/records.ts';
import { products } from './tables.ts';

export const productRecord = defineRecord({
  kind: 'product',
  table: products,
  label: (row) => String(row.name),
});

export type ProductRow = typeof products.$inferSelect;
