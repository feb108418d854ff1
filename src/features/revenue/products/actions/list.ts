import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { listCard } from '../cards.ts';
import { t } from '../messages.ts';
import { productList } from '../model.ts';
import { listProducts, toView } from '../queries.ts';

/** Rows a table shows on every platform. */
const shown = 50;

/** With a product it shows that product's prices: `products "GTX Pro"`, `产品 "GTX Pro"`. */
export const list = defineAction({
  name: 'products.list',
  title: t('list-title'),
  summary: t('list-summary'),
  effect: 'read',
  input: z.strictObject({ product: f.ref('product', t('product')).optional() }),
  output: productList,
  roles: internalRoles,
  command: {
    verb: 'products',
    aliases: ['产品', '产品列表'],
    args: ['product'],
    group: 'deals',
    examples: { en: ['products'], 'zh-CN': ['产品'] },
  },
  example: { as: 'rep', input: {} },
  forward(_ctx, { product }) {
    return product && { a: 'prices.list', i: { product: product.key } };
  },
  async run(ctx) {
    const rows = await listProducts(ctx, shown + 1);
    return { products: rows.slice(0, shown).map(toView), hasMore: rows.length > shown };
  },
  present: listCard,
});
