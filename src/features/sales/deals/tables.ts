import { sql } from 'drizzle-orm';
import { bigint, char, date, index, integer, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { keyText } from '../../../store/key-text.ts';
import { orgTable } from '../../../store/org-table.ts';
import { numberColumn, recordColumns } from '../../../store/records.ts';

/** Opportunities. Account, amount, engage and close date may be unknown for a while. */
export const deals = orgTable(
  'deals',
  {
    ...numberColumn(),
    name: text('name').notNull(),
    nameKey: keyText('name_key').notNull(),
    accountId: uuid('account_id'),
    leadId: uuid('lead_id'),
    productId: uuid('product_id'),
    ownerId: uuid('owner_id'),
    stageId: uuid('stage_id').notNull(),
    stageEnteredAt: timestamp('stage_entered_at', { withTimezone: true }).notNull(),
    status: text('status').$type<'open' | 'won' | 'lost'>().notNull().default('open'),
    amountMinor: bigint('amount_minor', { mode: 'bigint' }),
    currency: char('currency', { length: 3 }),
    engageOn: date('engage_on'),
    /** Expected while open. */
    closeOn: date('close_on'),
    /** Times the expected close date moved later. */
    pushCount: integer('push_count').notNull().default(0),
    closedOn: date('closed_on'),
    reason: text('reason'),
    rival: text('rival'),
    note: text('note'),
    ...recordColumns(),
  },
  (table) => [
    uniqueIndex('deals_number').on(table.orgId, table.number),
    uniqueIndex('deals_external').on(table.orgId, table.source, table.externalId),
    index('deals_name').on(table.orgId, table.nameKey),
    index('deals_account').on(table.orgId, table.accountId),
    // These two cover the funnel: it is counted from the index alone. Keys not compared stand last.
    index('deals_open')
      .on(
        table.orgId,
        table.stageId,
        table.ownerId,
        table.currency,
        table.amountMinor,
        table.stageEnteredAt,
        table.engageOn,
      )
      .where(sql`status = 'open' and archived_at is null`),
    index('deals_closed')
      .on(
        table.orgId,
        table.closedOn,
        table.status,
        table.stageId,
        table.ownerId,
        table.currency,
        table.amountMinor,
      )
      .where(sql`status <> 'open' and archived_at is null`),
    // What a few people closed lately, without passing by what everybody else did.
    index('deals_owner_closed')
      .on(table.orgId, table.ownerId, table.closedOn)
      .where(sql`status <> 'open' and archived_at is null`),
    index('deals_owner_open')
      .on(table.orgId, table.ownerId, table.closeOn)
      .where(sql`status = 'open' and archived_at is null`),
  ],
  { searched: true },
);
