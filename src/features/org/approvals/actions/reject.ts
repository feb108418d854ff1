import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { decidedCard } from '../cards.ts';
import { reject as decide, requireTurn } from '../decide.ts';
import { approvalField, termsField } from '../inputs.ts';
import { t } from '../messages.ts';
import { approvalView } from '../model.ts';
import { approvalViewOf } from '../view.ts';

export const reject = defineAction({
  name: 'approvals.reject',
  title: t('reject-title'),
  summary: t('reject-summary'),
  submit: t('reject-title'),
  effect: 'write',
  input: z.strictObject({
    approval: approvalField(),
    note: f.note(t('reject-why')),
    terms: termsField(),
  }),
  output: approvalView,
  // Everybody may try: who is asked is known by the request, and is what the refusal says.
  roles: internalRoles,
  hidden: ['terms'],
  repeatable: true,
  noUndo: t('no-undo'),
  command: {
    verb: 'reject',
    aliases: ['驳回', '拒绝'],
    args: ['approval'],
    note: 'note',
    group: 'manager',
    examples: {
      en: ['reject A-77 -- no budget this quarter'],
      'zh-CN': ['驳回 A-77 -- 本季度没有预算'],
    },
  },
  example: { as: 'manager', input: { approval: 'A-1', note: 'no budget this quarter' } },

  mayOpen: async (ctx, { approval }) => approval && requireTurn(ctx, approval),
  async run(ctx, { approval, note, terms }) {
    const row = await decide(ctx, { approval, terms, note });
    return approvalViewOf(ctx, row.id);
  },
  present: decidedCard,
});
