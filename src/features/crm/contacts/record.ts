import { defineRecord } from '../../../store/records.ts';
import { t } from './messages.ts';
import { contacts } from './tables.ts';
import { roleTexts } from './words.ts';

export const contactRecord = defineRecord({
  kind: 'contact',
  numbered: 'contact',
  table: contacts,
  label: (row) => String(row.name),
  fieldLabels: {
    accountId: t('account'),
    name: t('name'),
    title: t('title'),
    role: t('role'),
    email: t('email'),
    phone: t('phone'),
    leftAt: t('left-since'),
    note: t('note'),
    mergedIntoId: t('merged-into'),
    archivedAt: t('archived'),
  },
  valueLabels: { role: roleTexts },
});

export type ContactRow = typeof contacts.$inferSelect;
