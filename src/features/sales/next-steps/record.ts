import { defineRecord } from '../../../store/records.ts';
import { nextSteps } from './tables.ts';

export const nextStepRecord = defineRecord({
  kind: 'next-step',
  table: nextSteps,
  label: (row) => String(row.text),
});

export type NextStepRow = typeof nextSteps.$inferSelect;
