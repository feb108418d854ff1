import { defineRecord } from '../../../store/records.ts';
import { contacts } from './tables.ts';

export const contactRecord = defineRecord({
  kind: 'contact',
  numbered: 'contact',
  table: contacts,
  label: (row) => String(row.name),
});

export type ContactRow = typeof contacts.$inferSelect;
