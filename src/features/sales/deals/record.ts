import { eq } from 'drizzle-orm';
import { defineRecord } from '../../../store/records.ts';
import { t } from './messages.ts';
import { deals } from './tables.ts';
import { reasonTexts, statusTexts } from './words.ts';

export const dealRecord = defineRecord({
  kind: 'deal',
  numbered: 'deal',
  table: deals,
  label: (row) => String(row.name),
  state: 'status',
  open: eq(deals.status, 'open'),
  fieldLabels: {
    name: t('name'),
    accountId: t('account'),
    productId: t('product'),
    ownerId: t('owner'),
    stageId: t('stage'),
    status: t('status'),
    amountMinor: t('amount'),
    closeOn: t('close'),
    pushCount: t('pushes'),
    closedOn: t('closed-on'),
    reason: t('reason'),
    rival: t('rival'),
    note: t('note'),
    archivedAt: t('archived'),
  },
  valueLabels: { status: statusTexts, reason: reasonTexts },
});

export type DealRow = typeof deals.$inferSelect;
