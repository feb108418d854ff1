import { defineRecord } from '../../../store/records.ts';
import { t } from './messages.ts';
import { activities } from './tables.ts';
import { kindTexts } from './words.ts';

export const activityRecord = defineRecord({
  kind: 'activity',
  table: activities,
  label: (row) => String(row.note ?? row.kind),
  fieldLabels: {
    kind: t('kind'),
    at: t('on'),
    minutes: t('minutes'),
    metName: t('met'),
    note: t('note'),
    archivedAt: t('archived'),
  },
  valueLabels: { kind: kindTexts },
});

export type ActivityRow = typeof activities.$inferSelect;
