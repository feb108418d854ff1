import { defineRecord } from '../../../store/records.ts';
import { t } from './messages.ts';
import { accounts } from './tables.ts';
import { classByTexts, classTexts, relationshipTexts, salesStateTexts } from './words.ts';

export const accountRecord = defineRecord({
  kind: 'account',
  numbered: 'account',
  table: accounts,
  label: (row) => String(row.name),
  state: 'salesState',
  fieldLabels: {
    name: t('name'),
    domain: t('domain'),
    phone: t('phone'),
    industry: t('industry'),
    location: t('location'),
    foundedYear: t('founded'),
    employees: t('employees'),
    parentId: t('parent'),
    ownerId: t('owner'),
    salesState: t('sales-state'),
    salesStateReason: t('sales-state-reason'),
    relationshipState: t('relationship'),
    relationshipReason: t('relationship-reason'),
    valueClass: t('class'),
    valueClassBy: t('class-by'),
    note: t('note'),
    mergedIntoId: t('merged-into'),
    archivedAt: t('archived'),
  },
  valueLabels: {
    salesState: salesStateTexts,
    relationshipState: relationshipTexts,
    valueClass: classTexts,
    valueClassBy: classByTexts,
  },
});

export type AccountRow = typeof accounts.$inferSelect;
