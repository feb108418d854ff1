import { defineLookup, type LookupOption } from '../../../runtime/lookup.ts';
import { t } from './messages.ts';
import { findProducts } from './queries.ts';
import type { ProductRow } from './record.ts';

const option = (row: ProductRow): LookupOption => ({
  ref: { kind: 'product', id: row.id, key: row.name, label: row.name },
  ...(row.series === null ? {} : { detail: row.series }),
});

export const productLookup = defineLookup({
  kind: 'product',
  label: t('product'),
  resolve: async (ctx, text) => (await findProducts(ctx, text, 6)).map(option),
  search: async (ctx, query, limit) => (await findProducts(ctx, query, limit)).map(option),
});
