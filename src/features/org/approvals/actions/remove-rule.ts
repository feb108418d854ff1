import { z } from 'zod';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { t } from '../messages.ts';
import type { PolicyRules } from '../policy.ts';
import { changesPolicy } from '../policy-action.ts';
import { plan } from '../policy-change.ts';
import { ruleCount, withoutRule } from '../policy-edit.ts';
import { baseField, kindField } from '../policy-inputs.ts';

const input = z.strictObject({
  number: f.number(t('rule-number'), { min: 1, max: 70 }),
  kind: kindField().optional(),
  base: baseField().optional(),
});
type Input = z.output<typeof input>;

export const removeRule = defineAction({
  name: 'approvals.remove-rule',
  title: t('remove-rule-title'),
  summary: t('remove-rule-summary'),
  ...changesPolicy('approvals.remove-rule', (ctx, asked: Input) => plan(ctx, asked, without(asked.number))),
  input,
  formFields: ['number'],
  example: { as: 'admin', input: { number: 1 } },
});

function without(number: number) {
  return (rules: PolicyRules): PolicyRules => {
    const count = ruleCount(rules);
    if (number <= count) return withoutRule(rules, number);
    const message = t('no-such-rule', { number, count });
    throw new AppError('invalid_input', message, { fields: [{ field: 'number', message }] });
  };
}
