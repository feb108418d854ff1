import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { changeRecord } from '../../../../store/records.ts';
import { archivedCard } from '../cards.ts';
import { t } from '../messages.ts';
import { accountView } from '../model.ts';
import { accountRecord } from '../record.ts';
import { labelOf, requireAccountView, writable } from '../rights.ts';

/** Features whose open work hangs on the customer refuse it by a guard on this action. */
export const archive = defineAction({
  name: 'accounts.archive',
  title: t('archive-title'),
  summary: t('archive-summary'),
  effect: 'write',
  input: z.strictObject({ account: f.ref('account', t('account')) }),
  output: accountView,
  roles: sellingRoles,
  example: { as: 'manager', input: { account: 'C-8' } },
  mayOpen: async (ctx, { account }) => account && writable(ctx, account.id),

  async run(ctx, { account: ref }) {
    const row = await writable(ctx, ref.id);
    if (row.archivedAt !== null) throw new AppError('rule', t('already-archived', { record: labelOf(row) }));
    await changeRecord(ctx, accountRecord, row, { archivedAt: ctx.now });
    return requireAccountView(ctx, row.id);
  },
  present: archivedCard,
});
