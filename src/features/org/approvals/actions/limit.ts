import { z } from 'zod';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { t } from '../messages.ts';
import type { PolicyRules } from '../policy.ts';
import { changesPolicy } from '../policy-action.ts';
import { plan } from '../policy-change.ts';
import { baseField, kindField, roleField } from '../policy-inputs.ts';

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
  ...changesPolicy('approvals.set-limit', (ctx, asked: Input) => plan(ctx, asked, limited(asked))),
  input,
  formFields: ['role', 'percent', 'amount'],
  repeatable: true,
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
