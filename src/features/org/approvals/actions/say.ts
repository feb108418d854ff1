import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { shownCard } from '../cards.ts';
import { requireParty, say as speak } from '../decide.ts';
import { approvalField } from '../inputs.ts';
import { t } from '../messages.ts';
import { approvalView } from '../model.ts';
import { approvalViewOf } from '../view.ts';

export const say = defineAction({
  name: 'approvals.say',
  title: t('say-title'),
  summary: t('say-summary'),
  effect: 'write',
  input: z.strictObject({ approval: approvalField(), note: f.note(t('words')) }),
  output: approvalView,
  roles: internalRoles,
  noUndo: t('no-undo'),
  command: {
    verb: 'ask',
    aliases: ['询问', '答复', 'answer'],
    args: ['approval'],
    note: 'note',
    rest: 'note',
    group: 'deals',
    examples: { en: ['ask A-77 which rival offers that?'], 'zh-CN': ['询问 A-77 哪个对手报了这个价'] },
  },
  example: { as: 'rep', input: { approval: 'A-1', note: 'The rival is Grundfos' } },

  mayOpen: async (ctx, { approval }) => approval && requireParty(ctx, approval),
  async run(ctx, { approval, note }) {
    const row = await speak(ctx, approval, note);
    return approvalViewOf(ctx, row.id);
  },
  present: shownCard,
});
