import { moneyFromDecimal, moneyToDecimal } from '../../../kernel/money.ts';
import { nameKey } from '../../../kernel/names.ts';
import { defineImporter } from '../../../runtime/importer.ts';
import { upsertRecords } from '../../../store/upsert.ts';
import { productsAfter } from './import-queries.ts';
import { productRecord } from './record.ts';
import { squeezed } from './rules.ts';

export const productImporter = defineImporter({
  kind: 'products',
  order: 20,
  aliases: ['product', '产品'],
  columns: [
    { field: 'name', headers: ['product', 'product_name', 'name', '产品', '产品名称'], required: true },
    { field: 'series', headers: ['series', 'family', 'category', '系列', '类别'] },
    { field: 'price', headers: ['sales_price', 'list_price', 'price', '价格', '标价'], type: 'number' },
    { field: 'currency', headers: ['currency', '币种'], type: 'currency' },
  ],

  async load(ctx, rows, options) {
    const known = new Map((await productsAfter(ctx)).map((row) => [squeezed(row.name), row]));
    const seen = new Set<string>();
    const wanted = rows.flatMap(({ values }) => {
      const { name = '', series, price } = values;
      const key = squeezed(name);
      if (seen.has(key)) return [];
      seen.add(key);
      const existing = known.get(key);
      const currency = values.currency?.toUpperCase() ?? existing?.currency ?? options.currency;
      const listPrice = price === undefined ? undefined : moneyFromDecimal(price, currency);
      const patch = {
        ...(series ? { series } : {}),
        ...(listPrice ? { listPriceMinor: listPrice.amountMinor, currency } : {}),
      };
      return [{ existing, patch, values: { name, nameKey: nameKey(name), ...patch } }];
    });
    const counts = await upsertRecords(ctx, productRecord, wanted, options);
    return { ...counts, rejected: [], mended: [] };
  },

  async export(ctx, after, limit) {
    return (await productsAfter(ctx, after, limit)).map((row) => ({
      id: row.id,
      cells: {
        name: row.name,
        series: row.series ?? '',
        price:
          row.listPriceMinor === null || row.currency === null
            ? ''
            : moneyToDecimal({ amountMinor: row.listPriceMinor, currency: row.currency }),
        currency: row.currency ?? '',
      },
    }));
  },
});
