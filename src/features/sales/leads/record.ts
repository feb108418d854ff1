import { defineRecord } from '../../../store/records.ts';
import { leads } from './tables.ts';

export const leadRecord = defineRecord({
  kind: 'lead',
  numbered: 'lead',
  table: leads,
  label: (row) => String(row.company),
});

export type LeadRow = typeof leads.$inferSelect;
