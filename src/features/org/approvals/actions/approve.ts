import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { command } from '../../../../kernel/text.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { decidedCard } from '../cards.ts';
import { approve as decide, requireTurn } from '../decide.ts';
import { approvalField, lessField, termsField } from '../inputs.ts';
import { t } from '../messages.ts';
import { approvalView } from '../model.ts';
import { approvalViewOf } from '../view.ts';

export const approve = defineAction({
  name: 'approvals.approve',
  title: t('approve-title'),
  summary: t('approve-summary'),
  submit: t('btn-approve'),
  effect: 'write',
  input: z.strictObject({
    approval: approvalField(),
    percent: f.percent(t('percent'), { placeholder: '12%', discount: true }).optional(),
    amount: f.money(t('amount'), { placeholder: '5000' }).optional(),
    note: f.note(t('comment')).optional(),
    terms: termsField(),
    less: lessField(),
  }),
  output: approvalView,
  // Everybody may try: who is asked is known by the request, and is what the refusal says.
  roles: internalRoles,
  hidden: ['terms', 'less'],
  repeatable: true,
  noUndo: t('no-undo'),
  command: {
    verb: 'approve',
    aliases: ['同意', '通过', '批准'],
    args: ['approval', 'percent', 'amount'],
    note: 'note',
    group: 'manager',
    examples: {
      en: ['approve A-77', 'approve A-77 12% -- hold 12'],
      'zh-CN': ['同意 A-77', '同意 A-77 12%'],
    },
  },
  example: { as: 'manager', input: { approval: 'A-1' } },

  mayOpen: async (ctx, { approval }) => approval && requireTurn(ctx, approval),
  async run(ctx, { approval, percent, amount, note, terms, less }) {
    if (less && percent === undefined && amount === undefined) {
      const message = t('counter-needs', { line: command(`approve ${approval.key} 12%`) });
      throw new AppError('invalid_input', message, { fields: [{ field: 'percent', message }] });
    }
    if (percent !== undefined && amount !== undefined) {
      const message = t('counter-twice', { line: command(`approve ${approval.key} 12%`) });
      throw new AppError('invalid_input', message, { fields: [{ field: 'amount', message }] });
    }
    const offer = { percentBasisPoints: percent, amount };
    const row = await decide(ctx, { approval, terms, note }, offer);
    return approvalViewOf(ctx, row.id);
  },
  present: decidedCard,
});
