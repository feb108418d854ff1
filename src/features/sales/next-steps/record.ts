import { eq } from 'drizzle-orm';
import { defineRecord } from '../../../store/records.ts';
import { nextSteps } from './tables.ts';

export const nextStepRecord = defineRecord({
  kind: 'next-step',
  table: nextSteps,
  label: (row) => String(row.text),
  state: 'status',
  open: eq(nextSteps.status, 'open'),
});

export type NextStepRow = typeof nextSteps.$inferSelect;
