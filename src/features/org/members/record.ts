import { defineRecord } from '../../../store/records.ts';
import { members, units } from '../../../store/tables/people.ts';
import { t } from './messages.ts';
import { roleTexts } from './words.ts';

export const memberRecord = defineRecord({
  kind: 'member',
  table: members,
  label: (row) => String(row.name),
  fieldLabels: {
    name: t('name'),
    email: t('email'),
    roles: t('roles'),
    unitId: t('unit'),
    reportsTo: t('reports-to'),
    locale: t('language'),
    timeZone: t('zone'),
    status: t('status'),
  },
  valueLabels: {
    roles: roleTexts,
    status: { unlinked: t('no-chat'), active: t('active'), left: t('has-left') },
  },
});

export const unitRecord = defineRecord({
  kind: 'unit',
  table: units,
  label: (row) => String(row.name),
  fieldLabels: {
    name: t('name'),
    kind: t('unit-kind'),
    parentId: t('part-of'),
    managerId: t('role-manager'),
  },
  valueLabels: { kind: { region: t('region'), team: t('team') } },
});

export type MemberRow = typeof members.$inferSelect;
export type UnitRow = typeof units.$inferSelect;
