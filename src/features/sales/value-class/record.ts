import { defineRecord } from '../../../store/records.ts';
import { t } from './messages.ts';
import { valueClassRules } from './tables.ts';

export const valueClassRuleRecord = defineRecord({
  kind: 'value-class-rule',
  table: valueClassRules,
  label: (row) => String(row.currency),
  fieldLabels: { aFromMinor: t('a-from'), bFromMinor: t('b-from'), archivedAt: t('off') },
});

export type ValueClassRuleRow = typeof valueClassRules.$inferSelect;
