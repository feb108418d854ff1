import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { memberOf } from '../../../../runtime/context.ts';
import { changeRecord } from '../../../../store/records.ts';
import { readMember } from '../../../org/members/api.ts';
import { assignedCard } from '../cards.ts';
import { t } from '../messages.ts';
import { accountAssignment } from '../model.ts';
import { accountAssigned } from '../notifications.ts';
import { accountRecord } from '../record.ts';
import { labelOf, requireAccountView, writableLive } from '../rights.ts';

export const assign = defineAction({
  name: 'accounts.assign',
  title: t('assign-title'),
  summary: t('assign-summary'),
  effect: 'write',
  input: z.strictObject({ account: f.ref('account', t('account')), to: f.person(t('to')) }),
  output: accountAssignment,
  roles: sellingRoles,
  example: { as: 'manager', input: { account: 'C-1', to: 'me' } },
  mayOpen: async (ctx, { account }) => account && writableLive(ctx, account.id),

  async run(ctx, { account: ref, to }) {
    const me = memberOf(ctx);
    const row = await writableLive(ctx, ref.id);
    if (row.ownerId === to.id) {
      throw new AppError('rule', t('already-owner', { record: labelOf(row), name: to.label }));
    }
    const previous = row.ownerId === null ? undefined : await readMember(ctx, row.ownerId);
    await changeRecord(ctx, accountRecord, row, { ownerId: to.id });
    const view = await requireAccountView(ctx, row.id);
    const told = to.id !== me.memberId;
    if (told) {
      const { number, name } = view;
      ctx.notify(accountAssigned, { memberId: to.id, account: { number, name }, by: me.name });
    }
    return { ...view, previousOwner: previous?.name ?? null, told };
  },
  present: assignedCard,
});
