import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { memberOf } from '../../../../runtime/context.ts';
import { createDeal } from '../api.ts';
import { createdCard } from '../cards.ts';
import { t } from '../messages.ts';
import { dealView } from '../model.ts';
import { requireDealView } from '../rights.ts';

export const create = defineAction({
  name: 'deals.create',
  title: t('new-title'),
  summary: t('new-summary'),
  effect: 'write',
  input: z.strictObject({
    account: f.ref('account', t('account'), { placeholder: 'Acme Pumps' }).optional(),
    name: f.text(t('name'), { placeholder: '40 pumps' }),
    amount: f.money(t('amount'), { placeholder: '80k' }).optional(),
    close: f.day(t('close'), { placeholder: 'eom' }).optional(),
    product: f.ref('product', t('product')).optional(),
    stage: f.ref('stage', t('stage')).optional(),
    note: f.note(t('note')).optional(),
  }),
  output: dealView,
  roles: sellingRoles,
  command: {
    verb: 'deal',
    aliases: ['新建商机', 'new-deal'],
    args: ['account', 'name', 'amount', 'close'],
    keys: {
      account: 'account',
      客户: 'account',
      name: 'name',
      名称: 'name',
      amount: 'amount',
      金额: 'amount',
      close: 'close',
      预计成交: 'close',
      product: 'product',
      产品: 'product',
      stage: 'stage',
      阶段: 'stage',
    },
    note: 'note',
    group: 'deals',
    examples: {
      en: ['deal acme "40 pumps" 80k close:eom'],
      'zh-CN': ['新建商机 远景泵业 离心泵40台 80万 预计成交:月底'],
    },
  },
  example: { as: 'rep', input: { account: 'C-1', name: 'Service frame', close: '2030-03-31' } },

  async run(ctx, { account, name, amount, close, product, stage, note }) {
    const row = await createDeal(ctx, {
      name,
      ownerId: memberOf(ctx).memberId,
      accountId: account?.id ?? null,
      productId: product?.id ?? null,
      ...(stage ? { stageId: stage.id } : {}),
      amount: amount ?? null,
      closeOn: close ?? null,
      note: note ?? null,
    });
    return requireDealView(ctx, row.id);
  },
  present: createdCard,
});
