import { z } from 'zod';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { t } from '../messages.ts';
import type { PolicyRules } from '../policy.ts';
import { askPolicyCard, policyChangedCard } from '../policy-cards.ts';
import { plan, put } from '../policy-change.ts';
import { baseField, kindField, onVersion, roleField } from '../policy-inputs.ts';
import { policyChange } from '../policy-model.ts';

const input = z.strictObject({
  role: roleField(),
  percent: f.percent(t('up-to-percent'), { placeholder: '15%' }).optional(),
  amount: f.money(t('up-to-amount'), { placeholder: '200k' }).optional(),
  kind: kindField().optional(),
  base: baseField().optional(),
});
type Input = z.output<typeof input>;

/** Without percent and amount the limit is taken away. */
export const setLimit = defineAction({
  name: 'approvals.set-limit',
  title: t('set-limit-title'),
  summary: t('set-limit-summary'),
  submit: t('btn-effect'),
  effect: 'write',
  input,
  output: policyChange,
  roles: ['admin'],
  hidden: ['base'],
  formFields: ['role', 'percent', 'amount'],
  repeatable: true,
  noUndo: t('policy-no-undo'),
  command: {
    verb: 'policy-limit',
    aliases: ['审批权限'],
    args: ['role', 'percent', 'amount'],
    keys: { amount: 'amount', 金额: 'amount', kind: 'kind', 类型: 'kind' },
    group: 'setup',
    examples: {
      en: ['policy-limit manager 15% 200k', 'policy-limit manager'],
      'zh-CN': ['审批权限 主管 15% 20万', '审批权限 主管'],
    },
  },
  example: {
    as: 'admin',
    input: { role: 'manager', percent: 1500, amount: { amountMinor: '20000000', currency: 'CNY' } },
  },

  forward: (ctx, asked) => onVersion(ctx, 'approvals.set-limit', asked),
  confirm: async (ctx, asked) => askPolicyCard((await plan(ctx, asked, limited(asked))).told),
  run: async (ctx, asked) => put(ctx, await plan(ctx, asked, limited(asked))),
  present: policyChangedCard,
});

function limited({ role, percent, amount }: Input) {
  return (rules: PolicyRules): PolicyRules => {
    const limit = {
      role,
      ...(percent === undefined ? {} : { percentUpTo: percent }),
      ...(amount === undefined
        ? {}
        : { amountUpTo: { amountMinor: amount.amountMinor.toString(), currency: amount.currency } }),
    };
    const others = rules.limits.filter((one) => one.role !== role);
    return { ...rules, limits: Object.keys(limit).length === 1 ? others : [...others, limit] };
  };
}
