import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { changeRecord } from '../../../../store/records.ts';
import { restoredCard } from '../cards.ts';
import { t } from '../messages.ts';
import { leadView } from '../model.ts';
import { leadRecord } from '../record.ts';
import { labelOf, requireView, writable } from '../rights.ts';
import { planDueAt } from '../rules.ts';

/** A lead that still waits to be judged gets a new plan clock: its step went when it was put away. */
export const restore = defineAction({
  name: 'leads.restore',
  title: t('restore-title'),
  summary: t('restore-summary'),
  effect: 'write',
  input: z.strictObject({ lead: f.ref('lead', t('lead')) }),
  output: leadView,
  roles: sellingRoles,
  example: { as: 'rep', input: { lead: 'L-9' } },
  mayOpen: async (ctx, { lead }) => lead && writable(ctx, lead.id),

  async run(ctx, { lead: ref }) {
    const row = await writable(ctx, ref.id);
    if (row.archivedAt === null) throw new AppError('rule', t('not-archived', { record: labelOf(row) }));
    const clock =
      row.state === 'new' ? { planDueAt: planDueAt(ctx.now, ctx.org), planFiledAt: null } : undefined;
    await changeRecord(ctx, leadRecord, row, { archivedAt: null, ...clock });
    return requireView(ctx, row.id);
  },
  present: restoredCard,
});
