import { defineRecord } from '../../../store/records.ts';
import { stages } from './tables.ts';

export const stageRecord = defineRecord({ kind: 'stage', table: stages, label: (row) => String(row.name) });

export type StageRow = typeof stages.$inferSelect;
