import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import type { Ctx } from '../../../../runtime/context.ts';
import { changeRecord } from '../../../../store/records.ts';
import { type Stage, stageName, stagesOf } from '../../pipelines/api.ts';
import { movedCard } from '../cards.ts';
import { dealMoved } from '../events.ts';
import { t } from '../messages.ts';
import { movedDeal } from '../model.ts';
import { keepNote } from '../notes.ts';
import { numberOf } from '../queries.ts';
import { type DealRow, dealRecord } from '../record.ts';
import { labelOf, requireDealView, writableOpen } from '../rights.ts';
import { nextStage } from '../rules.ts';

export const move = defineAction({
  name: 'deals.move',
  title: t('move-title'),
  summary: t('move-summary'),
  effect: 'write',
  input: z.strictObject({
    deal: f.ref('deal', t('deal')),
    stage: f.ref(['stage', 'outcome'], t('stage')).optional(),
    note: f.note(t('note')).optional(),
  }),
  output: movedDeal,
  roles: sellingRoles,
  command: {
    verb: 'move',
    aliases: ['推进', '阶段', '推进阶段'],
    args: ['deal', 'stage'],
    keys: { stage: 'stage', 阶段: 'stage', to: 'stage' },
    note: 'note',
    group: 'daily',
    examples: { en: ['move D-142 quote', 'move D-142'], 'zh-CN': ['推进 D-142 报价', '推进 D-142'] },
    top: 6,
  },
  example: { as: 'rep', input: { deal: 'D-1', stage: 'quote' } },

  /** Winning and losing take a reason, so they have actions of their own. */
  forward(_ctx, { deal, stage, note }) {
    if (stage?.kind !== 'outcome') return undefined;
    const i = { deal: deal.key, ...(note === undefined ? {} : { note }) };
    return { a: stage.key === 'won' ? 'deals.won' : 'deals.lost', i };
  },
  mayOpen: async (ctx, { deal }) => deal && writableOpen(ctx, deal.id, t('doing-move')),

  async run(ctx, { deal, stage, note }) {
    const row = await writableOpen(ctx, deal.id, t('doing-move'));
    const stages = await stagesOf(ctx);
    const from = stages.find(({ id }) => id === row.stageId);
    if (!stage) throw whichStage(row, from, stages);
    const to = stages.find(({ id }) => id === stage.id);
    if (!from || !to) throw new AppError('not_found', t('gone'));
    if (from.id === to.id) throw alreadyThere(ctx, row, from, stages);
    await changeRecord(ctx, dealRecord, row, { stageId: to.id, stageEnteredAt: ctx.now });
    await keepNote(ctx, row, note);
    const isBack = to.position < from.position;
    ctx.emit(dealMoved, {
      dealId: row.id,
      accountId: row.accountId,
      ownerId: row.ownerId,
      fromStageId: from.id,
      toStageId: to.id,
      back: isBack,
    });
    const { id: _, position: __, ...fromView } = from;
    return { ...(await requireDealView(ctx, row.id)), from: fromView, isBack };
  },
  present: movedCard,
});

/** No stage was said: the next one first, then the others. */
function whichStage(row: DealRow, from: Stage | undefined, stages: readonly Stage[]): AppError {
  const next = from && nextStage(stages, from);
  const others = stages.filter((stage) => stage.id !== from?.id && stage.id !== next?.id);
  const offered = next ? [next, ...others] : others;
  return new AppError(
    'ambiguous',
    t('which-stage', { record: labelOf(row), stage: from ? stageName(from) : '–' }),
    {
      waysOut: offered.slice(0, 5).map((stage) => ({
        label: stage === next ? t('to-next', { stage: stageName(stage) }) : stageName(stage),
        action: 'deals.move',
        input: { deal: numberOf(row), stage: stage.key },
      })),
    },
  );
}

function alreadyThere(ctx: Pick<Ctx, 'now'>, row: DealRow, at: Stage, stages: readonly Stage[]): AppError {
  const next = nextStage(stages, at);
  const days = Math.max(0, Math.floor((ctx.now.getTime() - row.stageEnteredAt.getTime()) / 86_400_000));
  return new AppError('conflict', t('already-there', { record: labelOf(row), stage: stageName(at), days }), {
    waysOut: next
      ? [
          {
            label: t('to-next', { stage: stageName(next) }),
            action: 'deals.move',
            input: { deal: numberOf(row), stage: next.key },
          },
        ]
      : [],
  });
}
