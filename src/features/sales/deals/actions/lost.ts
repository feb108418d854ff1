import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { dayIn } from '../../../../kernel/dates.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { changeRecord } from '../../../../store/records.ts';
import { endStep } from '../../next-steps/api.ts';
import { lostCard } from '../cards.ts';
import { customerOfLost } from '../customer-state.ts';
import { dealLost } from '../events.ts';
import { t } from '../messages.ts';
import { lostDeal } from '../model.ts';
import { keepNote } from '../notes.ts';
import { dealRecord } from '../record.ts';
import { requireDealView, writableOpen } from '../rights.ts';
import { reasonOf, revisitOn } from '../rules.ts';

export const lost = defineAction({
  name: 'deals.lost',
  title: t('lost-title'),
  summary: t('lost-summary'),
  effect: 'write',
  input: z.strictObject({
    deal: f.ref('deal', t('deal')),
    reason: f.text(t('lost-reason'), { lookups: ['reason'], hint: t('reason-hint'), placeholder: 'price' }),
    rival: f.text(t('rival'), { placeholder: 'Grundfos' }).optional(),
    note: f.note(t('note')).optional(),
  }),
  output: lostDeal,
  roles: sellingRoles,
  command: {
    verb: 'lost',
    aliases: ['输单', '丢单'],
    args: ['deal', 'reason'],
    keys: { reason: 'reason', 原因: 'reason', rival: 'rival', 对手: 'rival', 竞争对手: 'rival' },
    bareKeys: ['reason', '原因', 'rival', '对手', '竞争对手'],
    note: 'note',
    group: 'deals',
    examples: {
      en: ['lost D-142 reason:price rival:Grundfos'],
      'zh-CN': ['输单 D-142 原因:价格 对手:格兰富'],
    },
  },
  example: { as: 'rep', input: { deal: 'D-1', reason: 'price', rival: 'Grundfos' } },
  mayOpen: async (ctx, { deal }) => deal && writableOpen(ctx, deal.id, t('doing-close')),

  async run(ctx, { deal, reason, rival, note }) {
    const row = await writableOpen(ctx, deal.id, t('doing-close'));
    const today = dayIn(ctx.now, ctx.read.timeZone);
    const coded = reasonOf(reason);
    const beatenBy = rival ?? row.rival;
    await changeRecord(ctx, dealRecord, row, {
      status: 'lost',
      closedOn: today,
      reason: coded,
      rival: beatenBy,
    });
    await keepNote(ctx, row, note);
    await endStep(ctx, row.id);
    await customerOfLost(ctx, row);
    ctx.emit(dealLost, {
      dealId: row.id,
      accountId: row.accountId,
      ownerId: row.ownerId,
      reason: coded,
      rival: beatenBy,
    });
    const view = await requireDealView(ctx, row.id);
    const { account } = view;
    return { ...view, revisit: account && { account: account.number, on: revisitOn(today) } };
  },
  present: lostCard,
});
