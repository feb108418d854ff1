import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { changeRecord } from '../../../../store/records.ts';
import { endStep } from '../../next-steps/api.ts';
import { archivedCard } from '../cards.ts';
import { t } from '../messages.ts';
import { leadView } from '../model.ts';
import { leadRecord } from '../record.ts';
import { labelOf, requireView, writable } from '../rights.ts';

export const archive = defineAction({
  name: 'leads.archive',
  title: t('archive-title'),
  summary: t('archive-summary'),
  effect: 'write',
  input: z.strictObject({ lead: f.ref('lead', t('lead')) }),
  output: leadView,
  roles: sellingRoles,
  example: { as: 'rep', input: { lead: 'L-3' } },
  mayOpen: async (ctx, { lead }) => lead && writable(ctx, lead.id),

  async run(ctx, { lead: ref }) {
    const row = await writable(ctx, ref.id);
    if (row.archivedAt !== null) throw new AppError('rule', t('already-archived', { record: labelOf(row) }));
    await changeRecord(ctx, leadRecord, row, { archivedAt: ctx.now });
    await endStep(ctx, row.id);
    return requireView(ctx, row.id);
  },
  present: archivedCard,
});
