import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { listCard } from '../cards.ts';
import { t } from '../messages.ts';
import { productList } from '../model.ts';
import { listProducts, toView } from '../queries.ts';

/** Rows a table shows on every platform. */
const shown = 50;

export const list = defineAction({
  name: 'products.list',
  title: t('list-title'),
  summary: t('list-summary'),
  effect: 'read',
  input: z.strictObject({}),
  output: productList,
  roles: internalRoles,
  command: {
    verb: 'products',
    aliases: ['产品', '价格表'],
    args: [],
    group: 'deals',
    examples: { en: ['products'], 'zh-CN': ['产品'] },
  },
  example: { as: 'rep', input: {} },
  async run(ctx) {
    const rows = await listProducts(ctx, shown + 1);
    return { products: rows.slice(0, shown).map(toView), hasMore: rows.length > shown };
  },
  present: listCard,
});
