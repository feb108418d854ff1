import { eq } from 'drizzle-orm';
import { defineRecord } from '../../../store/records.ts';
import { t } from './messages.ts';
import { nextSteps } from './tables.ts';
import { statusTexts } from './words.ts';

export const nextStepRecord = defineRecord({
  kind: 'next-step',
  table: nextSteps,
  label: (row) => String(row.text),
  state: 'status',
  open: eq(nextSteps.status, 'open'),
  fieldLabels: {
    text: t('text'),
    dueOn: t('due'),
    dueAt: t('due-time'),
    ownerId: t('owner'),
    status: t('status'),
    doneAt: t('done-at'),
    archivedAt: t('archived'),
  },
  valueLabels: { status: statusTexts },
});

export type NextStepRow = typeof nextSteps.$inferSelect;
