import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { changeRecord } from '../../../../store/records.ts';
import { archivedCard } from '../cards.ts';
import { t } from '../messages.ts';
import { contactView } from '../model.ts';
import { contactRecord } from '../record.ts';
import { labelOf, requireContactView, writable } from '../rights.ts';

export const archive = defineAction({
  name: 'contacts.archive',
  title: t('archive-title'),
  summary: t('archive-summary'),
  effect: 'write',
  input: z.strictObject({ contact: f.ref('contact', t('contact')) }),
  output: contactView,
  roles: sellingRoles,
  example: { as: 'manager', input: { contact: 'K-4' } },
  mayOpen: async (ctx, { contact }) => contact && writable(ctx, contact.id),

  async run(ctx, { contact: ref }) {
    const row = await writable(ctx, ref.id);
    if (row.archivedAt !== null) throw new AppError('rule', t('already-archived', { record: labelOf(row) }));
    await changeRecord(ctx, contactRecord, row, { archivedAt: ctx.now });
    return requireContactView(ctx, row.id);
  },
  present: archivedCard,
});
