import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { dayIn } from '../../../../kernel/dates.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { mayReadCosts, requireProduct } from '../../products/api.ts';
import { listCard } from '../cards.ts';
import { classField } from '../inputs.ts';
import { t } from '../messages.ts';
import { priceList } from '../model.ts';
import { bookOn } from '../queries.ts';
import { productOf, viewOf } from '../views.ts';

/** Rows a table shows on every platform. */
const shown = 50;

export const list = defineAction({
  name: 'prices.list',
  title: t('list-title'),
  summary: t('list-summary'),
  effect: 'read',
  input: z.strictObject({
    product: f.ref('product', t('product'), { placeholder: 'GTX Pro' }).optional(),
    class: classField().optional(),
    on: f.day(t('on')).optional(),
  }),
  output: priceList,
  roles: internalRoles,
  command: {
    verb: 'prices',
    aliases: ['价格表', '价格明细', '价目表', 'price-book', 'price-list'],
    args: ['product', 'class', 'on'],
    keys: { class: 'class', 等级: 'class', 客户等级: 'class', on: 'on', 日期: 'on' },
    group: 'deals',
    examples: {
      en: ['prices', 'prices "Pump P40"', 'prices class:A'],
      'zh-CN': ['价格表', '价格表 "Pump P40"', '价格表 等级:A'],
    },
  },
  example: { as: 'rep', input: { product: 'Pump P40' } },

  async run(ctx, { product, class: forClass, on = dayIn(ctx.now, ctx.read.timeZone) }) {
    const row = product && (await requireProduct(ctx, product.id));
    const rows = await bookOn(ctx, { on, productId: row?.id, forClass }, shown + 1);
    return {
      product: row ? productOf(ctx, row) : null,
      showsMargin: mayReadCosts(ctx.actor),
      prices: rows.slice(0, shown).map((one) => viewOf(ctx, one.product, one.price)),
      hasMore: rows.length > shown,
    };
  },
  present: listCard,
});
