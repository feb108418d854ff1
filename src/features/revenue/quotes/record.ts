import { inArray } from 'drizzle-orm';
import { defineRecord } from '../../../store/records.ts';
import { t } from './messages.ts';
import { quotes } from './tables.ts';
import { storedStatusTexts } from './words.ts';

export const quoteRecord = defineRecord({
  kind: 'quote',
  numbered: 'quote',
  table: quotes,
  label: (row) => String(row.name),
  state: 'status',
  open: inArray(quotes.status, ['draft', 'sent']),
  fieldLabels: {
    dealId: t('deal'),
    status: t('status'),
    termsVersion: t('version'),
    totalMinor: t('total'),
    validUntil: t('valid-until'),
    closedOn: t('closed-on'),
    reason: t('reason'),
    archivedAt: t('archived'),
  },
  valueLabels: { status: storedStatusTexts },
});

export type QuoteRow = typeof quotes.$inferSelect;
