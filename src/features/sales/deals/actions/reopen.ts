import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { changeRecord } from '../../../../store/records.ts';
import { reopenedCard } from '../cards.ts';
import { customerOfReopened } from '../customer-state.ts';
import { dealReopened } from '../events.ts';
import { t } from '../messages.ts';
import { reopenedDeal } from '../model.ts';
import { keepNote } from '../notes.ts';
import { dealRecord } from '../record.ts';
import { labelOf, requireDealView, writableLive } from '../rights.ts';
import { liveStageId } from '../stages.ts';

export const reopen = defineAction({
  name: 'deals.reopen',
  title: t('reopen-title'),
  summary: t('reopen-summary'),
  effect: 'write',
  input: z.strictObject({
    deal: f.ref('deal', t('deal')),
    note: f.note(t('note')).optional(),
  }),
  output: reopenedDeal,
  roles: sellingRoles,
  command: {
    verb: 'reopen',
    aliases: ['重新打开'],
    args: ['deal'],
    note: 'note',
    group: 'deals',
    examples: { en: ['reopen D-142 -- the board changed its mind'], 'zh-CN': ['重新打开 D-142'] },
  },
  example: { as: 'rep', input: { deal: 'D-3' } },
  mayOpen: async (ctx, { deal }) => deal && writableLive(ctx, deal.id, t('doing-reopen')),

  async run(ctx, { deal, note }) {
    const row = await writableLive(ctx, deal.id, t('doing-reopen'));
    const was = row.status;
    if (was === 'open') throw new AppError('conflict', t('already-open', { record: labelOf(row) }));
    await changeRecord(ctx, dealRecord, row, {
      status: 'open',
      closedOn: null,
      reason: null,
      stageId: await liveStageId(ctx, row.stageId),
      stageEnteredAt: ctx.now,
    });
    await keepNote(ctx, row, note);
    await customerOfReopened(ctx, row, was);
    ctx.emit(dealReopened, { dealId: row.id, accountId: row.accountId, ownerId: row.ownerId, was });
    return { ...(await requireDealView(ctx, row.id)), was };
  },
  present: reopenedCard,
});
