import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { decidedCard } from '../cards.ts';
import { withdraw as decide, requireOwn } from '../decide.ts';
import { approvalField } from '../inputs.ts';
import { t } from '../messages.ts';
import { approvalView } from '../model.ts';
import { approvalViewOf } from '../view.ts';

export const withdraw = defineAction({
  name: 'approvals.withdraw',
  title: t('withdraw-title'),
  summary: t('withdraw-summary'),
  submit: t('btn-withdraw'),
  effect: 'write',
  input: z.strictObject({ approval: approvalField(), note: f.note(t('comment')).optional() }),
  output: approvalView,
  roles: internalRoles,
  repeatable: true,
  noUndo: t('no-undo'),
  command: {
    verb: 'withdraw',
    aliases: ['撤回', '撤回申请'],
    args: ['approval'],
    note: 'note',
    group: 'deals',
    examples: { en: ['withdraw A-77'], 'zh-CN': ['撤回 A-77'] },
  },
  example: { as: 'rep', input: { approval: 'A-1' } },

  mayOpen: async (ctx, { approval }) => approval && requireOwn(ctx, approval),
  async run(ctx, { approval, note }) {
    const row = await decide(ctx, { approval, note });
    return approvalViewOf(ctx, row.id);
  },
  present: decidedCard,
});
