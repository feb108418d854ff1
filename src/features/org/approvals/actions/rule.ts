import { z } from 'zod';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import type { Inline } from '../../../../kernel/text.ts';
import { defineAction } from '../../../../runtime/action.ts';
import type { Ctx } from '../../../../runtime/context.ts';
import { t } from '../messages.ts';
import type { Condition, PolicyRule, PolicyRules } from '../policy.ts';
import { changesPolicy } from '../policy-action.ts';
import { plan } from '../policy-change.ts';
import { withRule } from '../policy-edit.ts';
import { baseField, classField, kindField, onVersion } from '../policy-inputs.ts';
import { readSteps } from '../policy-steps.ts';

const input = z.strictObject({
  what: f
    .oneOf(t('what'), [
      { value: 'off', label: t('what-off'), words: ['remove', 'delete', '删除', '取消'] },
      { value: 'list', label: t('what-list'), words: ['show', '清单', '查看'] },
    ])
    .optional(),
  number: f.number(t('rule-number'), { min: 1, max: 70 }).optional(),
  always: f
    .oneOf(t('in-addition'), [{ value: 'always', label: t('in-addition'), words: ['也', '总是', '另外'] }])
    .optional(),
  upto: f.percent(t('up-to-percent'), { placeholder: '25%' }).optional(),
  over: f.money(t('over-amount'), { placeholder: '100k' }).optional(),
  under: f.money(t('under-amount'), { placeholder: '500k' }).optional(),
  margin: f
    .oneOf(t('margin'), [
      { value: 'below-floor', label: t('below-floor'), words: ['low', 'below', '低于底线'] },
    ])
    .optional(),
  group: f.ref('unit', t('group'), { placeholder: 'East' }).optional(),
  class: classField().optional(),
  product: f.ref('product', t('product'), { placeholder: 'GTX Pro' }).optional(),
  steps: f.text(t('steps'), { placeholder: 'manager, finance', hint: t('steps-hint') }).optional(),
  before: f.number(t('before-rule'), { min: 1, max: 50 }).optional(),
  kind: kindField().optional(),
  base: baseField().optional(),
});
type Input = z.output<typeof input>;

/** A rule more; `off 2` takes one away, and bare it shows them. */
export const addRule = defineAction({
  name: 'approvals.add-rule',
  title: t('add-rule-title'),
  summary: t('add-rule-summary'),
  ...changesPolicy('approvals.add-rule', async (ctx, asked: Input) =>
    plan(ctx, asked, await changed(ctx, asked)),
  ),
  input,
  formFields: ['upto', 'over', 'under', 'margin', 'group', 'class', 'product', 'steps', 'always', 'before'],
  repeatable: true,
  command: {
    verb: 'policy-rule',
    aliases: ['增加审批规则', '单条审批规则'],
    args: ['what', 'number', 'always'],
    keys: {
      upto: 'upto',
      折扣上限: 'upto',
      over: 'over',
      高于: 'over',
      under: 'under',
      低于: 'under',
      margin: 'margin',
      毛利: 'margin',
      group: 'group',
      team: 'group',
      团队: 'group',
      class: 'class',
      等级: 'class',
      product: 'product',
      产品: 'product',
      steps: 'steps',
      审批人: 'steps',
      before: 'before',
      之前: 'before',
      kind: 'kind',
      类型: 'kind',
    },
    group: 'setup',
    examples: {
      en: [
        'policy-rule group:East class:A upto:25% over:100k steps:"manager, finance"',
        'policy-rule always over:500k steps:"manager + finance"',
        'policy-rule',
        'policy-rule off 2',
      ],
      'zh-CN': [
        '增加审批规则 团队:East 等级:A 折扣上限:25% 高于:10万 审批人:"主管, 财务"',
        '增加审批规则 总是 高于:50万 审批人:"主管 + 财务"',
        '增加审批规则',
        '增加审批规则 删除 2',
      ],
    },
  },
  example: {
    as: 'admin',
    input: {
      group: 'East',
      class: 'A',
      upto: 2500,
      over: { amountMinor: '10000000', currency: 'CNY' },
      steps: 'manager, finance',
    },
  },

  forward(ctx, asked) {
    const { what, number, kind, base, ...rule } = asked;
    const target = { ...(kind === undefined ? {} : { kind }), ...(base === undefined ? {} : { base }) };
    if (what === 'off') return { a: 'approvals.remove-rule', i: { ...target, number } };
    const isBare = Object.values(rule).every((value) => value === undefined);
    if (what === 'list' || isBare) return { a: 'approvals.policy', i: kind === undefined ? {} : { kind } };
    return onVersion(ctx, 'approvals.add-rule', asked);
  },
});

async function changed(ctx: Ctx, asked: Input) {
  const rule = await ruleOf(ctx, asked);
  return (rules: PolicyRules): PolicyRules => {
    const { before, always } = asked;
    if (before !== undefined && before > rules.rules.length) {
      throw refused('before', t('no-such-rule', { number: before, count: rules.rules.length }));
    }
    return withRule(rules, rule, { isAlways: always !== undefined, before });
  };
}

async function ruleOf(ctx: Ctx, asked: Input): Promise<PolicyRule> {
  const { upto, over, under, margin, group, product, class: valueClass, steps } = asked;
  const bound = (of: NonNullable<Input['over']>) => ({
    amountMinor: of.amountMinor.toString(),
    currency: of.currency,
  });
  const when: Condition = {
    ...(upto === undefined ? {} : { percentUpTo: upto }),
    ...(over === undefined ? {} : { amountOver: bound(over) }),
    ...(under === undefined ? {} : { amountUpTo: bound(under) }),
    ...(margin === undefined ? {} : { belowFloor: true as const }),
    ...(group === undefined ? {} : { unitIds: [group.id] }),
    ...(product === undefined ? {} : { productIds: [product.id] }),
    ...(valueClass === undefined ? {} : { valueClasses: [valueClass] }),
  };
  if (steps === undefined) throw refused('steps', t('steps-missing'), true);
  if (Object.keys(when).length === 0) throw refused('upto', t('when-missing'), true);
  const read = await readSteps(ctx, steps);
  if (asked.always !== undefined && read.length === 0) throw refused('steps', t('always-nobody'));
  return { when, steps: read };
}

function refused(field: string, message: Inline, missing = false): AppError {
  return new AppError('invalid_input', message, {
    fields: [{ field, message, ...(missing ? { missing } : {}) }],
  });
}
