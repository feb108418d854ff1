import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { memberOf } from '../../../../runtime/context.ts';
import { changeRecord } from '../../../../store/records.ts';
import { readMember } from '../../../org/members/api.ts';
import { assignStep } from '../../next-steps/api.ts';
import { assignedCard } from '../cards.ts';
import { dealReassigned } from '../events.ts';
import { t } from '../messages.ts';
import { dealAssignment } from '../model.ts';
import { dealAssigned } from '../notifications.ts';
import { numberOf } from '../queries.ts';
import { dealRecord } from '../record.ts';
import { labelOf, requireDealView, writableLive } from '../rights.ts';

export const assign = defineAction({
  name: 'deals.assign',
  title: t('assign-title'),
  summary: t('assign-summary'),
  effect: 'write',
  input: z.strictObject({ deal: f.ref('deal', t('deal')), to: f.person(t('to')) }),
  output: dealAssignment,
  roles: sellingRoles,
  example: { as: 'manager', input: { deal: 'D-1', to: 'me' } },
  mayOpen: async (ctx, { deal }) => deal && writableLive(ctx, deal.id, t('doing-assign')),

  async run(ctx, { deal, to }) {
    const me = memberOf(ctx);
    const row = await writableLive(ctx, deal.id, t('doing-assign'));
    if (row.ownerId === to.id) {
      throw new AppError('conflict', t('already-owner', { record: labelOf(row), name: to.label }));
    }
    const [previous, next] = await Promise.all([
      row.ownerId === null ? undefined : readMember(ctx, row.ownerId),
      readMember(ctx, to.id),
    ]);
    if (!next?.roles.some((role) => (sellingRoles as readonly string[]).includes(role))) {
      const message = t('cannot-own', { name: to.label });
      throw new AppError('invalid_input', message, { fields: [{ field: 'to', message }] });
    }
    await changeRecord(ctx, dealRecord, row, { ownerId: to.id });
    if (row.status === 'open') await assignStep(ctx, row.id, to.id);
    const told = to.id !== me.memberId;
    if (told) {
      const named = { number: numberOf(row), name: row.name };
      ctx.notify(dealAssigned, { memberId: to.id, deal: named, by: me.name });
    }
    ctx.emit(dealReassigned, {
      dealId: row.id,
      accountId: row.accountId,
      ownerId: to.id,
      fromOwnerId: row.ownerId,
    });
    return { ...(await requireDealView(ctx, row.id)), previousOwner: previous?.name ?? null, told };
  },
  present: assignedCard,
});
