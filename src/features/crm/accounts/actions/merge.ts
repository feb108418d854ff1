import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f, type Ref } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import type { Ctx } from '../../../../runtime/context.ts';
import { moveLinked } from '../../../../runtime/record-parts.ts';
import { changeRecord } from '../../../../store/records.ts';
import { repointRecords } from '../../../../store/repoint.ts';
import { mergeWords } from '../cards.ts';
import type { MergePatch } from '../merge.ts';
import { type Kinship, mergePatch, mergeRows, type TakeableField, takeableFields } from '../merge.ts';
import { mergeAskCard, mergedCard } from '../merging.ts';
import { t } from '../messages.ts';
import { type AccountMerge, accountMerge } from '../model.ts';
import { isBelow, numberOf, touch } from '../queries.ts';
import { type AccountRow, accountRecord } from '../record.ts';
import { labelOf, requireAccountView, writableLive } from '../rights.ts';
import { fieldTexts } from '../words.ts';

const choices = takeableFields.map((value) => ({ value, label: fieldTexts[value] }));

export const merge = defineAction({
  name: 'accounts.merge',
  title: t('merge-title'),
  summary: t('merge-summary'),
  effect: 'write',
  input: z.strictObject({
    account: f.ref('account', t('merge-from')),
    into: f.ref('account', t('into')),
    take: f.manyOf(t('take'), choices).optional(),
  }),
  output: accountMerge,
  roles: sellingRoles,
  hidden: ['take'],
  example: { as: 'manager', input: { account: 'C-10', into: 'C-1' } },

  async confirm(ctx, { account, into, take = [] }) {
    const { outcome } = await plan(ctx, account, into, take);
    return mergeAskCard(mergeWords, outcome, take);
  },
  async mayOpen(ctx, { account, into }) {
    for (const one of [account, into]) if (one) await writableLive(ctx, one.id);
  },

  async run(ctx, { account, into, take = [] }) {
    const { gone, kept, patch, outcome } = await plan(ctx, account, into, take);
    await changeRecord(ctx, accountRecord, kept, patch);
    await repointRecords(ctx, accountRecord, 'parentId', gone.id, kept.id);
    const moved = await moveLinked(ctx, 'account', gone.id, kept.id);
    await changeRecord(ctx, accountRecord, gone, { archivedAt: ctx.now, mergedIntoId: kept.id });
    if (gone.lastTouchAt) await touch(ctx, kept.id, gone.lastTouchAt);
    return { ...outcome, moved };
  },
  present: (outcome) => mergedCard(mergeWords, outcome),
});

interface Plan {
  gone: AccountRow;
  kept: AccountRow;
  patch: MergePatch;
  outcome: AccountMerge;
}

async function plan(ctx: Ctx, from: Ref, into: Ref, take: readonly TakeableField[]): Promise<Plan> {
  const gone = await writableLive(ctx, from.id);
  if (from.id === into.id) throw new AppError('rule', t('merge-same', { record: labelOf(gone) }));
  const kept = await writableLive(ctx, into.id);
  const kinship: Kinship = (await isBelow(ctx, kept.id, gone.id))
    ? 'kept-below'
    : (await isBelow(ctx, gone.id, kept.id))
      ? 'gone-below'
      : 'none';
  const keptView = await requireAccountView(ctx, kept.id);
  const goneView = await requireAccountView(ctx, gone.id);
  const patch = mergePatch(kept, gone, take, kinship, `← ${numberOf(gone)}`);
  const named = ({ number, name }: { number: string; name: string }) => ({ number, name });
  return {
    gone,
    kept,
    patch,
    outcome: {
      kept: named(keptView),
      gone: named(goneView),
      rows: mergeRows(keptView, goneView, patch),
      moved: [],
    },
  };
}
