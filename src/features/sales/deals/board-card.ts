import type { PresentContext } from '../../../runtime/action.ts';
import type { Block, Card } from '../../../view/card.ts';
import type { BoardView } from './board-model.ts';
import { baseInput, emptyBlocks, filtersText, scopeText, stageBlocks } from './funnel-cards.ts';
import { t } from './messages.ts';

/** The board for who cannot show columns side by side: the stages with their figures and a way into each. */
export function boardCard({ scope, filters, count, stages }: BoardView, at: PresentContext): Card {
  const title = t('board-of', { scope: scopeText(scope) });
  if (count === 0) return { tone: 'info', title, blocks: emptyBlocks({ filters, scope, isSpan: false }, at) };
  // Of periods the board knows nothing: it shows what is open now.
  const about = { filters, period: { from: '', to: '' }, isSpan: false };
  const restricted = stages.reduce((sum, stage) => sum + stage.restricted, 0);
  const blocks: Block[] = [];
  const said = filtersText(filters);
  if (said) blocks.push({ t: 'context', of: said });
  blocks.push(...stageBlocks({ ...about, openByStage: stages, openCount: count - restricted }));
  if (restricted > 0) blocks.push({ t: 'context', of: t('board-restricted', { count: restricted }) });
  blocks.push({
    t: 'buttons',
    buttons: [{ label: t('pipeline-title'), press: { a: 'deals.pipeline', i: baseInput(about) } }],
  });
  return { tone: 'plain', title, blocks };
}
