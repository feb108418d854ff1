import { bigint, char, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { keyText } from '../../../store/key-text.ts';
import { orgTable } from '../../../store/org-table.ts';
import { recordColumns } from '../../../store/records.ts';

/** What the company sells. */
export const products = orgTable(
  'products',
  {
    name: text('name').notNull(),
    nameKey: keyText('name_key').notNull(),
    series: text('series'),
    listPriceMinor: bigint('list_price_minor', { mode: 'bigint' }),
    currency: char('currency', { length: 3 }),
    ...recordColumns(),
  },
  (table) => [
    uniqueIndex('products_name').on(table.orgId, table.nameKey),
    uniqueIndex('products_external').on(table.orgId, table.source, table.externalId),
  ],
);
