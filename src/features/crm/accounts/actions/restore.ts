import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { changeRecord } from '../../../../store/records.ts';
import { restoredCard } from '../cards.ts';
import { t } from '../messages.ts';
import { accountView } from '../model.ts';
import { accountRecord } from '../record.ts';
import { labelOf, requireAccountView, requireLive, writable } from '../rights.ts';

export const restore = defineAction({
  name: 'accounts.restore',
  title: t('restore-title'),
  summary: t('restore-summary'),
  effect: 'write',
  input: z.strictObject({ account: f.ref('account', t('account')) }),
  output: accountView,
  roles: sellingRoles,
  example: { as: 'manager', input: { account: 'C-11' } },
  mayOpen: async (ctx, { account }) => account && writable(ctx, account.id),

  async run(ctx, { account: ref }) {
    const row = await writable(ctx, ref.id);
    if (row.archivedAt === null) throw new AppError('rule', t('not-archived', { record: labelOf(row) }));
    // What a merge put away is empty: its people and history are at the other record.
    if (row.mergedIntoId !== null) await requireLive(ctx, row);
    await changeRecord(ctx, accountRecord, row, { archivedAt: null });
    return requireAccountView(ctx, row.id);
  },
  present: restoredCard,
});
