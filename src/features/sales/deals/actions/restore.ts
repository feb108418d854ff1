import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { changeRecord } from '../../../../store/records.ts';
import { restoredCard } from '../cards.ts';
import { customerOfOpened } from '../customer-state.ts';
import { t } from '../messages.ts';
import { dealView } from '../model.ts';
import { dealRecord } from '../record.ts';
import { labelOf, requireDealView, writable } from '../rights.ts';
import { liveStageId } from '../stages.ts';

export const restore = defineAction({
  name: 'deals.restore',
  title: t('restore-title'),
  summary: t('restore-summary'),
  effect: 'write',
  input: z.strictObject({ deal: f.ref('deal', t('deal')) }),
  output: dealView,
  roles: sellingRoles,
  example: { as: 'rep', input: { deal: 'D-13' } },
  mayOpen: async (ctx, { deal }) => deal && writable(ctx, deal.id, t('doing-restore')),

  async run(ctx, { deal }) {
    const row = await writable(ctx, deal.id, t('doing-restore'));
    if (row.archivedAt === null) {
      throw new AppError('conflict', t('not-archived', { record: labelOf(row) }));
    }
    const isOpen = row.status === 'open';
    await changeRecord(ctx, dealRecord, row, {
      archivedAt: null,
      ...(isOpen ? { stageId: await liveStageId(ctx, row.stageId) } : {}),
    });
    if (isOpen) await customerOfOpened(ctx, row);
    return requireDealView(ctx, row.id);
  },
  present: restoredCard,
});
