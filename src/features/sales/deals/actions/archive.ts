import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { changeRecord } from '../../../../store/records.ts';
import { endStep } from '../../next-steps/api.ts';
import { archivedCard } from '../cards.ts';
import { noteDealChanged } from '../changed.ts';
import { customerOfLost } from '../customer-state.ts';
import { t } from '../messages.ts';
import { dealView } from '../model.ts';
import { dealRecord } from '../record.ts';
import { labelOf, requireDealView, writable } from '../rights.ts';

export const archive = defineAction({
  name: 'deals.archive',
  title: t('archive-title'),
  summary: t('archive-summary'),
  effect: 'write',
  input: z.strictObject({ deal: f.ref('deal', t('deal')) }),
  output: dealView,
  roles: sellingRoles,
  example: { as: 'rep', input: { deal: 'D-1' } },
  mayOpen: async (ctx, { deal }) => deal && writable(ctx, deal.id, t('doing-archive')),

  async run(ctx, { deal }) {
    const row = await writable(ctx, deal.id, t('doing-archive'));
    if (row.archivedAt !== null) {
      throw new AppError('conflict', t('already-archived', { record: labelOf(row) }));
    }
    noteDealChanged(ctx, row, await changeRecord(ctx, dealRecord, row, { archivedAt: ctx.now }));
    if (row.status === 'open') {
      await endStep(ctx, row.id);
      await customerOfLost(ctx, row);
    }
    return requireDealView(ctx, row.id);
  },
  present: archivedCard,
});
