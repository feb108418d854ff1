import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f, type Ref } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import type { Ctx } from '../../../../runtime/context.ts';
import { moveLinked } from '../../../../runtime/record-parts.ts';
import { changeRecord } from '../../../../store/records.ts';
import { mergeAskCard, mergedCard } from '../../accounts/api.ts';
import { mergeWords } from '../cards.ts';
import { t } from '../messages.ts';
import { contactMerge } from '../model.ts';
import { met } from '../queries.ts';
import { type ContactRow, contactRecord } from '../record.ts';
import { labelOf, requireContactView, writableLive } from '../rights.ts';
import { mergePatch, mergeRows, type TakeableField, takeableFields } from '../rules.ts';
import { fieldTexts } from '../words.ts';

const choices = takeableFields.map((value) => ({ value, label: fieldTexts[value] }));

export const merge = defineAction({
  name: 'contacts.merge',
  title: t('merge-title'),
  summary: t('merge-summary'),
  effect: 'write',
  input: z.strictObject({
    contact: f.ref('contact', t('merge-from')),
    into: f.ref('contact', t('into')),
    take: f.manyOf(t('take'), choices).optional(),
  }),
  output: contactMerge,
  roles: sellingRoles,
  hidden: ['take'],
  example: { as: 'manager', input: { contact: 'K-2', into: 'K-1' } },

  async confirm(ctx, { contact, into, take = [] }) {
    const { outcome } = await plan(ctx, contact, into, take);
    return mergeAskCard(mergeWords, outcome, take);
  },
  async mayOpen(ctx, { contact, into }) {
    for (const one of [contact, into]) if (one) await writableLive(ctx, one.id);
  },

  async run(ctx, { contact, into, take = [] }) {
    const { gone, kept, patch, outcome } = await plan(ctx, contact, into, take);
    await changeRecord(ctx, contactRecord, kept, patch);
    const moved = await moveLinked(ctx, 'contact', gone.id, kept.id);
    await changeRecord(ctx, contactRecord, gone, { archivedAt: ctx.now, mergedIntoId: kept.id });
    if (gone.lastMetAt) await met(ctx, kept.id, gone.lastMetAt);
    return { ...outcome, moved };
  },
  present: (outcome) => mergedCard(mergeWords, outcome),
});

async function plan(ctx: Ctx, from: Ref, into: Ref, take: readonly TakeableField[]) {
  const gone: ContactRow = await writableLive(ctx, from.id);
  if (from.id === into.id) throw new AppError('rule', t('merge-same', { record: labelOf(gone) }));
  const kept: ContactRow = await writableLive(ctx, into.id);
  const [keptView, goneView] = [
    await requireContactView(ctx, kept.id),
    await requireContactView(ctx, gone.id),
  ];
  const patch = mergePatch(kept, gone, take);
  return {
    gone,
    kept,
    patch,
    outcome: {
      kept: { number: keptView.number, name: keptView.name },
      gone: { number: goneView.number, name: goneView.name },
      rows: mergeRows(keptView, goneView, patch),
      moved: [],
    },
  };
}
