import { sql } from 'drizzle-orm';
import { bigint, char, date, index, integer, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { orgTable } from '../../../store/org-table.ts';
import { numberColumn, recordColumns } from '../../../store/records.ts';

/** Offers for a deal. What is offered stands in `quote_versions`; total, currency and validity are those of `terms_id`. */
export const quotes = orgTable(
  'quotes',
  {
    ...numberColumn(),
    dealId: uuid('deal_id').notNull(),
    /** What the deal was called when it was first quoted. */
    name: text('name').notNull(),
    /** As stored; past its validity a draft or sent quote counts as expired. */
    status: text('status')
      .$type<'draft' | 'sent' | 'accepted' | 'declined' | 'superseded' | 'withdrawn'>()
      .notNull()
      .default('draft'),
    /** The version that stands. */
    termsId: uuid('terms_id').notNull(),
    termsVersion: integer('terms_version').notNull(),
    totalMinor: bigint('total_minor', { mode: 'bigint' }).notNull(),
    currency: char('currency', { length: 3 }).notNull(),
    /** Last local day of the organization on which it can be accepted. */
    validUntil: date('valid_until').notNull(),
    sentAt: timestamp('sent_at', { withTimezone: true }),
    /** When it was accepted, declined, withdrawn or superseded. */
    closedOn: date('closed_on'),
    /** Why it was declined or withdrawn. */
    reason: text('reason'),
    creatorId: uuid('creator_id'),
    lastEditorId: uuid('last_editor_id'),
    ...recordColumns(),
  },
  (table) => [
    uniqueIndex('quotes_number').on(table.orgId, table.number),
    uniqueIndex('quotes_external').on(table.orgId, table.source, table.externalId),
    index('quotes_deal').on(table.orgId, table.dealId),
    // Of a deal one quote is accepted, whoever presses at the same moment.
    uniqueIndex('quotes_accepted')
      .on(table.orgId, table.dealId)
      .where(sql`status = 'accepted' and archived_at is null`),
    index('quotes_pending')
      .on(table.orgId, table.validUntil)
      .where(sql`status in ('draft', 'sent') and archived_at is null`),
    index('quotes_sent')
      .on(table.orgId, table.sentAt)
      .where(sql`sent_at is not null and archived_at is null`),
  ],
);

/** Terms as they once stood; a change of terms is a row of its own. */
export const quoteVersions = orgTable(
  'quote_versions',
  {
    quoteId: uuid('quote_id').notNull(),
    version: integer('version').notNull(),
    currency: char('currency', { length: 3 }).notNull(),
    /** The lines at list price; null when one of them has none. */
    listMinor: bigint('list_minor', { mode: 'bigint' }),
    /** The lines as quoted, before the discount on the whole. */
    netMinor: bigint('net_minor', { mode: 'bigint' }).notNull(),
    /** Off the whole; negative when the total was set above the lines. Rounded, where a total was said. */
    discountBasisPoints: integer('discount_basis_points').notNull(),
    totalMinor: bigint('total_minor', { mode: 'bigint' }).notNull(),
    /** What the lines cost us; null when that is not known of one of them. */
    costMinor: bigint('cost_minor', { mode: 'bigint' }),
    validUntil: date('valid_until').notNull(),
    /** Null: the usual words in the reader's language. */
    taxNote: text('tax_note'),
    change: text('change').$type<QuoteChange>().notNull(),
    editorId: uuid('editor_id'),
    at: timestamp('at', { withTimezone: true }).notNull(),
  },
  (table) => [uniqueIndex('quote_versions_version').on(table.orgId, table.quoteId, table.version)],
  { insertOnly: true },
);

/** What made a version. */
export type QuoteChange = 'created' | 'lines' | 'discount' | 'total' | 'validity' | 'tax';

/** Lines of one version. */
export const quoteLines = orgTable(
  'quote_lines',
  {
    termsId: uuid('terms_id').notNull(),
    /** From 1. */
    position: integer('position').notNull(),
    /** Null: a line in words, priced as a whole. */
    productId: uuid('product_id'),
    name: text('name').notNull(),
    quantity: integer('quantity').notNull(),
    /** Null: the line has an amount only. */
    unitMinor: bigint('unit_minor', { mode: 'bigint' }),
    listUnitMinor: bigint('list_unit_minor', { mode: 'bigint' }),
    costUnitMinor: bigint('cost_unit_minor', { mode: 'bigint' }),
    amountMinor: bigint('amount_minor', { mode: 'bigint' }).notNull(),
  },
  (table) => [uniqueIndex('quote_lines_position').on(table.orgId, table.termsId, table.position)],
  { insertOnly: true },
);
