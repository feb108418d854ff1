import { inArray } from 'drizzle-orm';
import { defineRecord } from '../../../store/records.ts';
import { t } from './messages.ts';
import { leads } from './tables.ts';
import { fieldTexts, reasonTexts, sourceTexts, stateTexts } from './words.ts';

export const leadRecord = defineRecord({
  kind: 'lead',
  numbered: 'lead',
  table: leads,
  label: (row) => String(row.company),
  state: 'state',
  open: inArray(leads.state, ['new', 'nurture']),
  fieldLabels: {
    company: fieldTexts.company,
    contactName: fieldTexts.contactName,
    email: fieldTexts.email,
    phone: fieldTexts.phone,
    leadSource: fieldTexts.source,
    amountMinor: fieldTexts.amount,
    currency: t('currency'),
    note: fieldTexts.note,
    ownerId: t('owner'),
    state: t('state'),
    stateReason: t('reason'),
    stateNote: t('state-note'),
    testsPassed: t('tests'),
    reviewOn: t('review'),
    planDueAt: t('plan-due-label'),
    planFiledAt: t('plan-filed-label'),
    accountId: t('account'),
    contactId: t('contact-record'),
    dealId: t('deal'),
    archivedAt: t('archived'),
  },
  valueLabels: { state: stateTexts, stateReason: reasonTexts, leadSource: sourceTexts },
});

export type LeadRow = typeof leads.$inferSelect;
