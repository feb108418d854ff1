import { z } from 'zod';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { t } from '../messages.ts';
import type { PolicyRules } from '../policy.ts';
import { askPolicyCard, policyChangedCard } from '../policy-cards.ts';
import { plan, put } from '../policy-change.ts';
import { ruleCount, withoutRule } from '../policy-edit.ts';
import { baseField, kindField, onVersion } from '../policy-inputs.ts';
import { policyChange } from '../policy-model.ts';

export const removeRule = defineAction({
  name: 'approvals.remove-rule',
  title: t('remove-rule-title'),
  summary: t('remove-rule-summary'),
  submit: t('btn-effect'),
  effect: 'write',
  input: z.strictObject({
    number: f.number(t('rule-number'), { min: 1, max: 70 }),
    kind: kindField().optional(),
    base: baseField().optional(),
  }),
  output: policyChange,
  roles: ['admin'],
  hidden: ['base'],
  formFields: ['number'],
  noUndo: t('policy-no-undo'),
  example: { as: 'admin', input: { number: 1 } },

  forward: (ctx, asked) => onVersion(ctx, 'approvals.remove-rule', asked),
  confirm: async (ctx, asked) => askPolicyCard((await plan(ctx, asked, without(asked.number))).told),
  run: async (ctx, asked) => put(ctx, await plan(ctx, asked, without(asked.number))),
  present: policyChangedCard,
});

function without(number: number) {
  return (rules: PolicyRules): PolicyRules => {
    const count = ruleCount(rules);
    if (number <= count) return withoutRule(rules, number);
    const message = t('no-such-rule', { number, count });
    throw new AppError('invalid_input', message, { fields: [{ field: 'number', message }] });
  };
}
