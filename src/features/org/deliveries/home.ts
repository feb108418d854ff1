import type { HomeSection } from '../../../runtime/feature.ts';
import { listPress } from './cards.ts';
import { t } from './messages.ts';
import { countTrouble, pausedGates } from './queries.ts';

/** For admins: only when something did not arrive. */
export const troubleSection: HomeSection = {
  order: 90,
  title: t('title'),
  async blocks(ctx) {
    if (ctx.actor.kind !== 'member' || !ctx.actor.roles.includes('admin')) return [];
    const [counts, gates] = await Promise.all([countTrouble(ctx), pausedGates(ctx, 5)]);
    const needs = counts.uncertain + counts.paused + counts.dead;
    if (needs === 0 && gates.length === 0) return [];
    return [
      { t: 'text', of: t('home-trouble', { count: needs, gates: gates.length }) },
      { t: 'buttons', buttons: [{ label: t('look'), press: listPress({}) }] },
    ];
  },
};
