import { defineRecord } from '../../../store/records.ts';
import { activities } from './tables.ts';

export const activityRecord = defineRecord({
  kind: 'activity',
  table: activities,
  label: (row) => String(row.note ?? row.kind),
});

export type ActivityRow = typeof activities.$inferSelect;
