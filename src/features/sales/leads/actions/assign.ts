import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { memberOf } from '../../../../runtime/context.ts';
import { changeRecord } from '../../../../store/records.ts';
import { type MemberFacts, readMember } from '../../../org/members/api.ts';
import { assignStep } from '../../next-steps/api.ts';
import { assignedCard } from '../cards.ts';
import { t } from '../messages.ts';
import { leadAssignment } from '../model.ts';
import { leadAssigned } from '../notifications.ts';
import { numberOf } from '../queries.ts';
import { leadRecord } from '../record.ts';
import { becameDeal, labelOf, requireView, writableLive } from '../rights.ts';
import { planDueAt } from '../rules.ts';

/** Routing to another person starts the plan clock anew, whatever the one before had planned. */
export const assign = defineAction({
  name: 'leads.assign',
  title: t('assign-title'),
  summary: t('assign-summary'),
  effect: 'write',
  input: z.strictObject({ lead: f.ref('lead', t('lead')), to: f.person(t('to')) }),
  output: leadAssignment,
  roles: sellingRoles,
  example: { as: 'manager', input: { lead: 'L-1', to: 'me' } },
  mayOpen: async (ctx, { lead }) => lead && writableLive(ctx, lead.id),

  async run(ctx, { lead: ref, to }) {
    const me = memberOf(ctx);
    const row = await writableLive(ctx, ref.id);
    if (row.state === 'opportunity') throw await becameDeal(ctx, row);
    if (row.state === 'dropped') {
      throw new AppError('rule', t('is-dropped', { record: labelOf(row) }), {
        waysOut: [{ label: t('judge'), action: 'leads.judge', input: { lead: numberOf(row) } }],
      });
    }
    if (row.ownerId === to.id) {
      throw new AppError('rule', t('already-owner', { record: labelOf(row), name: to.label }));
    }
    const [member, previous] = await Promise.all([
      readMember(ctx, to.id),
      row.ownerId === null ? undefined : readMember(ctx, row.ownerId),
    ]);
    if (!member || !mayOwn(member)) {
      const message = t('cannot-own', { name: to.label });
      throw new AppError('rule', message, { fields: [{ field: 'to', message }] });
    }
    const clock =
      row.state === 'new' ? { planDueAt: planDueAt(ctx.now, ctx.org), planFiledAt: null } : undefined;
    await changeRecord(ctx, leadRecord, row, { ownerId: to.id, ...clock });
    await assignStep(ctx, row.id, to.id);
    const told = to.id !== me.memberId && member.status === 'active';
    if (told) {
      ctx.notify(leadAssigned, {
        memberId: to.id,
        lead: { number: numberOf(row), name: row.company },
        by: me.name,
        planDueAt: clock?.planDueAt.toISOString() ?? null,
      });
    }
    const view = await requireView(ctx, row.id);
    return { ...view, previousOwner: previous?.name ?? null, told };
  },
  present: assignedCard,
});

function mayOwn({ roles, status }: MemberFacts): boolean {
  return status !== 'left' && sellingRoles.some((role) => roles.includes(role));
}
