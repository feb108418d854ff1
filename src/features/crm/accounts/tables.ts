import { bigint, char, index, integer, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { keyText } from '../../../store/key-text.ts';
import { orgTable } from '../../../store/org-table.ts';
import { numberColumn, recordColumns } from '../../../store/records.ts';

/** Customer companies. A company has one to many contacts; a contact is never the customer. */
export const accounts = orgTable(
  'accounts',
  {
    ...numberColumn(),
    name: text('name').notNull(),
    /** `nameKey(name)`. */
    nameKey: keyText('name_key').notNull(),
    domain: text('domain'),
    phone: text('phone'),
    phoneKey: text('phone_key'),
    industry: text('industry'),
    location: text('location'),
    foundedYear: integer('founded_year'),
    employees: integer('employees'),
    revenueMinor: bigint('revenue_minor', { mode: 'bigint' }),
    revenueCurrency: char('revenue_currency', { length: 3 }),
    parentId: uuid('parent_id'),
    ownerId: uuid('owner_id'),
    salesState: text('sales_state')
      .$type<'to-identify' | 'potential' | 'opportunity' | 'order-customer' | 'user'>()
      .notNull()
      .default('to-identify'),
    /** Why the state is what it is; who and when stand in the record's changes. */
    salesStateReason: text('sales_state_reason'),
    relationshipState: text('relationship_state')
      .$type<'potential' | 'target' | 'actual' | 'loyal' | 'lost'>()
      .notNull()
      .default('potential'),
    relationshipReason: text('relationship_reason'),
    valueClass: text('value_class').$type<'A' | 'B' | 'C'>(),
    /** Who decides on the class. A class without it was set by hand, which the rule never changes. */
    valueClassBy: text('value_class_by').$type<'hand' | 'rule'>(),
    note: text('note'),
    lastTouchAt: timestamp('last_touch_at', { withTimezone: true }),
    /** Archived as a twin: where its contacts and history went. */
    mergedIntoId: uuid('merged_into_id'),
    ...recordColumns(),
  },
  (table) => [
    uniqueIndex('accounts_number').on(table.orgId, table.number),
    uniqueIndex('accounts_external').on(table.orgId, table.source, table.externalId),
    index('accounts_name').on(table.orgId, table.nameKey),
    index('accounts_domain').on(table.orgId, table.domain),
    index('accounts_phone').on(table.orgId, table.phoneKey),
    index('accounts_owner').on(table.orgId, table.ownerId),
  ],
  { searched: true },
);
