import { bigint, char, integer, text, uniqueIndex } from 'drizzle-orm/pg-core';
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
    /** What one unit costs us, in a currency of its own; for managers, finance and admins only. */
    costMinor: bigint('cost_minor', { mode: 'bigint' }),
    costCurrency: char('cost_currency', { length: 3 }),
    /** The lowest margin it may be sold at; null: the organization's policy decides. */
    floorBasisPoints: integer('floor_basis_points'),
    ...recordColumns(),
  },
  (table) => [
    uniqueIndex('products_name').on(table.orgId, table.nameKey),
    uniqueIndex('products_external').on(table.orgId, table.source, table.externalId),
  ],
);
