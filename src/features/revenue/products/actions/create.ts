import { z } from 'zod';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { nameKey } from '../../../../kernel/names.ts';
import { strong } from '../../../../kernel/text.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { changeRecord, createRecord } from '../../../../store/records.ts';
import { savedCard } from '../cards.ts';
import { t } from '../messages.ts';
import { productView } from '../model.ts';
import { productNamed, toView } from '../queries.ts';
import { productRecord } from '../record.ts';

export const create = defineAction({
  name: 'products.create',
  title: t('new-title'),
  summary: t('new-summary'),
  effect: 'write',
  input: z.strictObject({
    name: f.text(t('name'), { max: 100, placeholder: 'GTX Pro' }),
    price: f.money(t('price'), { placeholder: '4821' }).optional(),
    series: f.text(t('series'), { max: 100 }).optional(),
  }),
  output: productView,
  roles: ['manager', 'admin'],
  command: {
    verb: 'new-product',
    aliases: ['新建产品', 'product'],
    args: ['name', 'price'],
    keys: { price: 'price', 标价: 'price', series: 'series', 系列: 'series' },
    group: 'setup',
    examples: {
      en: ['new-product "GTX Pro" 4821 series:GTX'],
      'zh-CN': ['新建产品 "GTX Pro" 4821 系列:GTX'],
    },
  },
  example: { as: 'manager', input: { name: 'Seal kit', series: 'Parts' } },

  async run(ctx, { name, price, series }) {
    const twin = await productNamed(ctx, name);
    if (twin?.archivedAt === null) throw new AppError('conflict', t('exists', { name: strong(twin.name) }));
    const values = {
      name,
      nameKey: nameKey(name),
      series: series ?? null,
      listPriceMinor: price?.amountMinor ?? null,
      currency: price?.currency ?? null,
    };
    // A name is taken for good; one that was undone comes back.
    const row = twin
      ? await changeRecord(ctx, productRecord, twin, { ...values, archivedAt: null })
      : await createRecord(ctx, productRecord, values);
    return toView(row);
  },
  present: savedCard,
});
