import { sql } from 'drizzle-orm';
import { bigint, char, date, index, integer, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { orgTable } from '../../../store/org-table.ts';
import { recordColumns } from '../../../store/records.ts';
import type { ForClass } from './rules.ts';

/** The price book: what one unit costs a customer, by the customer's class, the quantity and the day. */
export const bookPrices = orgTable(
  'book_prices',
  {
    productId: uuid('product_id').notNull(),
    forClass: text('for_class').$type<ForClass>().notNull(),
    currency: char('currency', { length: 3 }).notNull(),
    fromQuantity: integer('from_quantity').notNull(),
    unitMinor: bigint('unit_minor', { mode: 'bigint' }).notNull(),
    /** Both days included; no end: until it is changed. */
    validFromOn: date('valid_from_on').notNull(),
    validUntilOn: date('valid_until_on'),
    ...recordColumns(),
  },
  (table) => [
    index('book_prices_product').on(table.orgId, table.productId),
    uniqueIndex('book_prices_external').on(table.orgId, table.source, table.externalId),
    // What cannot be seen in time by two writers at once: the same price from the same day twice.
    uniqueIndex('book_prices_start')
      .on(table.orgId, table.productId, table.currency, table.forClass, table.fromQuantity, table.validFromOn)
      .where(sql`archived_at is null`),
  ],
);
