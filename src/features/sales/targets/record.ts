import { defineRecord } from '../../../store/records.ts';
import { t } from './messages.ts';
import { targets } from './tables.ts';

export const targetRecord = defineRecord({
  kind: 'target',
  table: targets,
  label: (row) => String(row.monthOn).slice(0, 7),
  fieldLabels: { memberId: t('person'), monthOn: t('month'), amountMinor: t('amount') },
});

export type TargetRow = typeof targets.$inferSelect;
