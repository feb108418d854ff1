import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { desksShown } from '../desks.ts';
import { t } from '../messages.ts';
import { policyCard } from '../policy-cards.ts';
import { isTried, tryCase } from '../policy-case.ts';
import { kindMeant, viewOfRules } from '../policy-change.ts';
import { classField, kindField } from '../policy-inputs.ts';
import { policyShown } from '../policy-model.ts';
import { currentPolicy } from '../queries.ts';

/** With figures or a deal it tells who would decide such a case. */
export const policy = defineAction({
  name: 'approvals.policy',
  title: t('policy-title'),
  summary: t('policy-summary'),
  effect: 'read',
  input: z.strictObject({
    deal: f.ref('deal', t('deal'), { placeholder: 'D-142' }).optional(),
    percent: f.percent(t('asked-percent'), { placeholder: '15%', discount: true }).optional(),
    amount: f.money(t('asked-amount'), { placeholder: '95k' }).optional(),
    by: f.person(t('asked-by')).optional(),
    class: classField().optional(),
    product: f.ref('product', t('product')).optional(),
    margin: f.percent(t('margin'), { min: -10_000, placeholder: '12%' }).optional(),
    kind: kindField().optional(),
  }),
  output: policyShown,
  roles: internalRoles,
  formFields: ['deal', 'percent', 'amount', 'by', 'class', 'product', 'margin'],
  command: {
    verb: 'policy',
    aliases: ['审批规则', 'approval-rules'],
    args: ['deal', 'percent', 'amount', 'by'],
    keys: {
      by: 'by',
      申请人: 'by',
      class: 'class',
      等级: 'class',
      product: 'product',
      产品: 'product',
      margin: 'margin',
      毛利: 'margin',
      amount: 'amount',
      金额: 'amount',
      kind: 'kind',
      类型: 'kind',
    },
    group: 'manager',
    examples: {
      en: ['policy 15% 95k by:@wei', 'policy', 'policy 15% D-142'],
      'zh-CN': ['审批规则 15% 9.5万 申请人:@wei', '审批规则', '审批规则 15% D-142'],
    },
  },
  example: {
    as: 'rep',
    input: { percent: 1500, amount: { amountMinor: '9500000', currency: 'CNY' }, by: '@wei-zhang' },
  },

  async run(ctx, { kind: named, ...tried }) {
    const kind = kindMeant(ctx, named);
    const found = await currentPolicy(ctx, kind);
    const policy = await viewOfRules(ctx, kind, found);
    if (isTried(tried)) return { policy, tried: await tryCase(ctx, kind, found.rules, tried), desks: [] };
    return { policy, tried: null, ...(await desksShown(ctx)) };
  },
  present: policyCard,
});
