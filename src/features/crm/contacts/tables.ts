import { index, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { keyText } from '../../../store/key-text.ts';
import { orgTable } from '../../../store/org-table.ts';
import { numberColumn, recordColumns } from '../../../store/records.ts';

/** People at customer companies. */
export const contacts = orgTable(
  'contacts',
  {
    ...numberColumn(),
    accountId: uuid('account_id'),
    name: text('name').notNull(),
    nameKey: keyText('name_key').notNull(),
    title: text('title'),
    email: text('email'),
    phone: text('phone'),
    phoneKey: text('phone_key'),
    /** Influence on purchases. */
    role: text('role').$type<'decides' | 'influences' | 'uses' | 'blocks'>(),
    leftAt: timestamp('left_at', { withTimezone: true }),
    lastMetAt: timestamp('last_met_at', { withTimezone: true }),
    note: text('note'),
    /** Archived as a twin: where its history went. */
    mergedIntoId: uuid('merged_into_id'),
    ...recordColumns(),
  },
  (table) => [
    uniqueIndex('contacts_number').on(table.orgId, table.number),
    uniqueIndex('contacts_external').on(table.orgId, table.source, table.externalId),
    index('contacts_account').on(table.orgId, table.accountId),
    index('contacts_name').on(table.orgId, table.nameKey),
    index('contacts_email').on(table.orgId, table.email),
    index('contacts_phone').on(table.orgId, table.phoneKey),
  ],
  { searched: true },
);
