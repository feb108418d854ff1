import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { defineAction } from '../../../../runtime/action.ts';
import type { Ctx } from '../../../../runtime/context.ts';
import { showCard } from '../cards.ts';
import { liveRule } from '../inputs.ts';
import { t } from '../messages.ts';
import { classesView, type ThresholdsView } from '../model.ts';
import { countChanges, countClasses, periodOf, wonElsewhere, wonQuantiles } from '../queries.ts';
import { movementOf, proposalOf, viewOf } from '../rules.ts';

/** What `classes` without thresholds shows. */
export const show = defineAction({
  name: 'value-class.show',
  title: t('show-title'),
  summary: t('show-summary'),
  effect: 'read',
  input: z.strictObject({}),
  output: classesView,
  roles: internalRoles,
  form: 'never',
  example: { as: 'manager', input: {} },

  async run(ctx) {
    const live = await liveRule(ctx);
    const [classes, moved, notCounted, proposal] = await Promise.all([
      countClasses(ctx),
      live ? countChanges(ctx, live) : null,
      wonElsewhere(ctx, live?.currency ?? ctx.org.currency),
      live ? null : proposed(ctx),
    ]);
    return {
      rule: live ? viewOf(live) : null,
      period: periodOf(ctx),
      classes,
      wouldChange: moved && movementOf(moved),
      notCounted,
      proposal,
    };
  },
  present: showCard,
});

async function proposed(ctx: Ctx): Promise<ThresholdsView | null> {
  const quantiles = await wonQuantiles(ctx, ctx.org.currency);
  const proposal = quantiles && proposalOf(quantiles, ctx.org.currency);
  return proposal ? viewOf(proposal) : null;
}
