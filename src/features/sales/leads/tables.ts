import { sql } from 'drizzle-orm';
import { bigint, char, date, index, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { keyText } from '../../../store/key-text.ts';
import { orgTable } from '../../../store/org-table.ts';
import { numberColumn, recordColumns } from '../../../store/records.ts';
import type { LeadTest } from './model.ts';

/** Somebody who might buy and has not been judged, or was judged not yet. */
export const leads = orgTable(
  'leads',
  {
    ...numberColumn(),
    company: text('company').notNull(),
    /** `nameKey(company)`. */
    nameKey: keyText('name_key').notNull(),
    contactName: text('contact_name'),
    email: text('email'),
    emailDomain: text('email_domain'),
    phone: text('phone'),
    phoneKey: text('phone_key'),
    leadSource: text('lead_source').notNull(),
    amountMinor: bigint('amount_minor', { mode: 'bigint' }),
    currency: char('currency', { length: 3 }),
    note: text('note'),
    ownerId: uuid('owner_id'),
    state: text('state').$type<'new' | 'opportunity' | 'nurture' | 'dropped'>().notNull(),
    /** A code of model.ts; words when it came with an import. */
    stateReason: text('state_reason'),
    stateNote: text('state_note'),
    testsPassed: text('tests_passed').array().$type<LeadTest[]>(),
    reviewOn: date('review_on'),
    /** A dated next step must be filed by then. */
    planDueAt: timestamp('plan_due_at', { withTimezone: true }),
    planFiledAt: timestamp('plan_filed_at', { withTimezone: true }),
    accountId: uuid('account_id'),
    contactId: uuid('contact_id'),
    dealId: uuid('deal_id'),
    ...recordColumns(),
  },
  (table) => [
    uniqueIndex('leads_number').on(table.orgId, table.number),
    uniqueIndex('leads_external').on(table.orgId, table.source, table.externalId),
    index('leads_name').on(table.orgId, table.nameKey),
    index('leads_domain').on(table.orgId, table.emailDomain),
    index('leads_phone').on(table.orgId, table.phoneKey),
    index('leads_deal').on(table.orgId, table.dealId),
    index('leads_account').on(table.orgId, table.accountId),
    index('leads_clocks')
      .on(table.orgId, table.state, table.planDueAt)
      .where(sql`plan_filed_at is null and plan_due_at is not null and archived_at is null`),
    index('leads_reviews').on(table.orgId, table.ownerId, table.reviewOn).where(sql`state = 'nurture'`),
    index('leads_open').on(table.orgId, table.ownerId, table.planDueAt).where(sql`state = 'new'`),
  ],
  { searched: true },
);
