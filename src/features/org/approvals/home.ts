import type { HomeSection } from '../../../runtime/feature.ts';
import type { Block } from '../../../view/card.ts';
import { waitingRow } from './list-card.ts';
import { t } from './messages.ts';
import { isAdmin, policyBlocks } from './policy-cards.ts';
import { viewOfRules } from './policy-change.ts';
import { currentPolicy, waitingFor } from './queries.ts';
import { approvalViews } from './view.ts';

const shown = 5;

/** What somebody has to decide, oldest first. */
export const waitingSection: HomeSection = {
  order: 15,
  title: t('home-title'),
  async blocks(ctx) {
    if (ctx.actor.kind !== 'member') return [];
    const views = await approvalViews(ctx, await waitingFor(ctx, ctx.actor.memberId, shown));
    return views.length === 0 ? [] : [{ t: 'rows', rows: views.map((view) => waitingRow(view, ctx.now)) }];
  },
};

/** The rules, for those who change them. */
export const rulesSection: HomeSection = {
  order: 80,
  title: t('home-rules'),
  async blocks(ctx) {
    if (!isAdmin(ctx)) return [];
    const blocks: Block[] = [];
    for (const { kind } of ctx.catalog.approvalKinds()) {
      blocks.push(...policyBlocks(await viewOfRules(ctx, kind, await currentPolicy(ctx, kind))));
    }
    return blocks;
  },
};
