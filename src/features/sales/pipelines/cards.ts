import { count, dotted, type Inline, percent, strong } from '../../../kernel/text.ts';
import type { PresentContext } from '../../../runtime/action.ts';
import type { Block, Card } from '../../../view/card.ts';
import { stageName } from './api.ts';
import { examples } from './line.ts';
import { t } from './messages.ts';
import type { StageChange, StageList, StageView } from './model.ts';

function table(stages: readonly StageView[]): Block {
  return {
    t: 'table',
    columns: [
      { label: t('stage') },
      { label: t('probability'), align: 'right' },
      { label: t('normal-days'), align: 'right' },
    ],
    cells: stages.map((stage) => [
      stageName(stage),
      percent(stage.probabilityBasisPoints),
      count(stage.normalDays),
    ]),
  };
}

export function listCard({ stages }: StageList, { actor }: PresentContext): Card {
  const isAdmin = actor.kind === 'member' && actor.roles.includes('admin');
  const { add, set, rename, remove } = examples;
  const hint: Block[] = isAdmin ? [{ t: 'context', of: dotted(set, add, rename, remove) }] : [];
  return { tone: 'plain', title: t('list-title'), blocks: [table(stages), ...hint] };
}

export function changedCard(output: StageChange): Card {
  const { after, isChanged, stages } = output;
  if (after && !isChanged) {
    return {
      tone: 'info',
      title: t('same-done', { stage: strong(stageName(after)) }),
      blocks: [table(stages)],
    };
  }
  return { tone: 'ok', title: titleOf(output), blocks: [table(stages)] };
}

function titleOf({ before, after, moved }: StageChange): Inline {
  if (before && !after) {
    const stage = strong(stageName(before));
    return moved
      ? t('removed-moved', { stage, count: moved.deals, to: stageName(moved.to) })
      : t('removed-done', { stage });
  }
  if (!after) return t('list-title');
  const figures = [percent(after.probabilityBasisPoints), t('days', { days: after.normalDays })];
  if (!before) return dotted(t('added-done', { stage: strong(stageName(after)) }), ...figures);
  const changes = [
    fromTo(before.name, after.name),
    fromTo(before.nameZh, after.nameZh),
    fromTo(before.probabilityBasisPoints, after.probabilityBasisPoints, percent),
    fromTo(before.normalDays, after.normalDays, (days) => t('days', { days })),
  ];
  return dotted(strong(stageName(after)), ...changes);
}

function fromTo<T extends string | number>(
  before: T,
  after: T,
  shown: (value: T) => Inline = String,
): Inline | undefined {
  return before === after ? undefined : t('from-to', { before: shown(before), after: shown(after) });
}
