import { defineRecord } from '../../../store/records.ts';
import { accounts } from './tables.ts';

export const accountRecord = defineRecord({
  kind: 'account',
  numbered: 'account',
  table: accounts,
  label: (row) => String(row.name),
});

export type AccountRow = typeof accounts.$inferSelect;
