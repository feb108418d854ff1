import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { code, command } from '../../../../kernel/text.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { changedCard } from '../cards.ts';
import { endPrices, setPrice } from '../change.ts';
import { classField, currencyOf, quantityField } from '../inputs.ts';
import { priceLine } from '../line.ts';
import { t } from '../messages.ts';
import { priceChange } from '../model.ts';
import { requireLead } from '../rights.ts';

/** Without an amount it shows the prices: `price "GTX Pro"`. */
export const set = defineAction({
  name: 'prices.set',
  title: t('set-title'),
  summary: t('set-summary'),
  effect: 'write',
  input: z.strictObject({
    product: f.ref('product', t('product'), { placeholder: 'GTX Pro' }).optional(),
    price: f.money(t('unit-price'), { placeholder: '4500' }).optional(),
    takeAway: f
      .oneOf(t('off'), [{ value: 'off', label: t('off'), words: ['取消', '停用', '作废', 'remove', 'none'] }])
      .optional(),
    from: quantityField().optional(),
    class: classField().optional(),
    valid: f.span(t('valid'), { placeholder: '1jan..31dec' }).optional(),
    starts: f.day(t('starts'), { placeholder: '1jan' }).optional(),
    currency: f.text(t('currency'), { max: 3, placeholder: 'EUR' }).optional(),
  }),
  output: priceChange,
  roles: internalRoles,
  formFields: ['product', 'price', 'from', 'class', 'valid', 'starts'],
  command: {
    verb: 'price',
    aliases: ['价格', 'set-price', '设置价格'],
    args: ['product', 'price', 'takeAway'],
    keys: {
      price: 'price',
      单价: 'price',
      from: 'from',
      起订量: 'from',
      数量: 'from',
      class: 'class',
      等级: 'class',
      客户等级: 'class',
      valid: 'valid',
      有效期: 'valid',
      starts: 'starts',
      生效: 'starts',
      currency: 'currency',
      币种: 'currency',
    },
    group: 'setup',
    examples: {
      en: [
        'price "Pump P40" EUR 1950 from:10',
        'price "Pump P40" EUR 1900 from:10 class:A valid:1jan..31dec',
        'price "Pump P40" off from:10',
      ],
      'zh-CN': [
        '价格 "Pump P40" EUR 1950 起订量:10',
        '价格 "Pump P40" EUR 1900 起订量:10 等级:A 有效期:1月1日..12月31日',
        '价格 "Pump P40" 取消 起订量:10',
      ],
    },
  },
  example: {
    as: 'manager',
    input: { product: 'Seal set S1', price: { amountMinor: '4200', currency: 'EUR' }, from: 20 },
  },
  forward(_ctx, { product, price, takeAway }) {
    if (price || takeAway) return undefined;
    return { a: 'prices.list', i: product ? { product: product.key } : {} };
  },

  mayOpen: (ctx) => requireLead(ctx),
  async run(ctx, { product, price, takeAway, from = 1, class: forClass = 'all', valid, starts, currency }) {
    await requireLead(ctx);
    if (!product) {
      const message = t('which-product', { line: command('price "GTX Pro" 4500 from:10') });
      throw new AppError('invalid_input', message, {
        fields: [{ field: 'product', message, missing: true }],
      });
    }
    if (valid && starts) throw new AppError('invalid_input', t('two-starts', { key: code('starts:') }));
    if (price && takeAway) throw new AppError('invalid_input', t('price-and-off', { word: code('off') }));
    const terms = { fromQuantity: from, forClass };
    const said = currency === undefined ? undefined : currencyOf(currency);
    if (!price) {
      if (valid) {
        const line = command(priceLine(product.label, 'off', terms, `starts:${valid.from}`));
        throw new AppError('invalid_input', t('say-since', { line }));
      }
      return endPrices(ctx, product.id, { ...terms, currency: said, starts });
    }
    if (said !== undefined && said !== price.currency) {
      throw new AppError('invalid_input', t('two-currencies', { currency: price.currency, said }));
    }
    const period = valid
      ? { validFromOn: valid.from, validUntilOn: valid.to }
      : { validFromOn: starts, validUntilOn: null };
    return setPrice(ctx, product.id, { ...terms, ...period, ...price });
  },
  present: changedCard,
});
