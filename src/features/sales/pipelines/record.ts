import { defineRecord } from '../../../store/records.ts';
import { t } from './messages.ts';
import { stages } from './tables.ts';

export const stageRecord = defineRecord({
  kind: 'stage',
  table: stages,
  label: (row) => String(row.name),
  fieldLabels: {
    name: t('name'),
    nameZh: t('chinese-name'),
    position: t('position'),
    probabilityBasisPoints: t('probability'),
    normalDays: t('normal-days'),
    archivedAt: t('removed'),
  },
});

export type StageRow = typeof stages.$inferSelect;
