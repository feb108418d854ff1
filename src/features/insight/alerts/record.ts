import { defineRecord } from '../../../store/records.ts';
import { t } from './messages.ts';
import type { alertMessages, alerts, alertTellings } from './tables.ts';
import { alertRules } from './tables.ts';
import { kindTexts } from './words.ts';

export const alertRuleRecord = defineRecord({
  kind: 'alert-rule',
  table: alertRules,
  label: (row) => String(row.kind),
  fieldLabels: { kind: t('kind'), floorMinor: t('floor') },
  valueLabels: { kind: kindTexts },
});

export type AlertRuleRow = typeof alertRules.$inferSelect;
export type AlertRow = typeof alerts.$inferSelect;
export type AlertMessageRow = typeof alertMessages.$inferSelect;
export type AlertTellingRow = typeof alertTellings.$inferSelect;
