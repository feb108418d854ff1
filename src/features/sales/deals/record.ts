import { defineRecord } from '../../../store/records.ts';
import { deals } from './tables.ts';

export const dealRecord = defineRecord({
  kind: 'deal',
  numbered: 'deal',
  table: deals,
  label: (row) => String(row.name),
});

export type DealRow = typeof deals.$inferSelect;
