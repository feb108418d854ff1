import { z } from 'zod';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { nameKey } from '../../../../kernel/names.ts';
import { command, strong } from '../../../../kernel/text.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { changeRecord, requireRecord } from '../../../../store/records.ts';
import { changedCard } from '../cards.ts';
import { t } from '../messages.ts';
import { productChange } from '../model.ts';
import { productNamed, toDetail } from '../queries.ts';
import { productRecord } from '../record.ts';

export const set = defineAction({
  name: 'products.set',
  title: t('set-title'),
  summary: t('set-summary'),
  effect: 'write',
  input: z.strictObject({
    product: f.ref('product', t('product')),
    price: f.money(t('price')).optional(),
    series: f.text(t('series'), { max: 100 }).optional(),
    name: f.text(t('name'), { max: 100 }).optional(),
    cost: f.money(t('cost'), { placeholder: '2900' }).optional(),
    floor: f.percent(t('floor'), { placeholder: '15%' }).optional(),
  }),
  output: productChange,
  roles: ['manager', 'admin'],
  command: {
    verb: 'set-product',
    aliases: ['修改产品'],
    args: ['product', 'price'],
    keys: {
      price: 'price',
      标价: 'price',
      series: 'series',
      系列: 'series',
      name: 'name',
      名称: 'name',
      cost: 'cost',
      成本: 'cost',
      floor: 'floor',
      最低毛利: 'floor',
      最低毛利率: 'floor',
    },
    group: 'setup',
    examples: {
      en: ['set-product "Pump P40" EUR 2200', 'set-product "Pump P40" cost:EUR 1300 floor:15%'],
      'zh-CN': ['修改产品 "Pump P40" EUR 2200', '修改产品 "Pump P40" 成本:EUR 1300 最低毛利:15%'],
    },
  },
  example: { as: 'manager', input: { product: 'Pump P40', series: 'P' } },

  async run(ctx, { product, price, series, name, cost, floor }) {
    if ([price, series, name, cost, floor].every((value) => value === undefined)) {
      const line = command('set-product "GTX Pro" 5000');
      throw new AppError('invalid_input', t('nothing-to-change', { line }));
    }
    const row = await requireRecord(ctx, productRecord, product.id);
    const twin = name === undefined ? undefined : await productNamed(ctx, name);
    if (twin && twin.id !== row.id) throw new AppError('conflict', t('exists', { name: strong(twin.name) }));
    const changed = await changeRecord(ctx, productRecord, row, {
      ...(name === undefined ? {} : { name, nameKey: nameKey(name) }),
      ...(series === undefined ? {} : { series }),
      ...(price === undefined ? {} : { listPriceMinor: price.amountMinor, currency: price.currency }),
      ...(cost === undefined ? {} : { costMinor: cost.amountMinor, costCurrency: cost.currency }),
      ...(floor === undefined ? {} : { floorBasisPoints: floor }),
    });
    return { before: toDetail(row), after: toDetail(changed) };
  },
  present: changedCard,
});
