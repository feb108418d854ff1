import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { changeRecord } from '../../../../store/records.ts';
import { restoredCard } from '../cards.ts';
import { t } from '../messages.ts';
import { contactView } from '../model.ts';
import { contactRecord } from '../record.ts';
import { labelOf, requireContactView, requireLive, writable } from '../rights.ts';

export const restore = defineAction({
  name: 'contacts.restore',
  title: t('restore-title'),
  summary: t('restore-summary'),
  effect: 'write',
  input: z.strictObject({ contact: f.ref('contact', t('contact')) }),
  output: contactView,
  roles: sellingRoles,
  example: { as: 'manager', input: { contact: 'K-13' } },
  mayOpen: async (ctx, { contact }) => contact && writable(ctx, contact.id),

  async run(ctx, { contact: ref }) {
    const row = await writable(ctx, ref.id);
    if (row.archivedAt === null) throw new AppError('rule', t('not-archived', { record: labelOf(row) }));
    // What a merge put away is empty: its history is at the other record.
    if (row.mergedIntoId !== null) await requireLive(ctx, row);
    await changeRecord(ctx, contactRecord, row, { archivedAt: null });
    return requireContactView(ctx, row.id);
  },
  present: restoredCard,
});
