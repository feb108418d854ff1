import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { sectionsOf } from '../../../../runtime/record-parts.ts';
import { fullCard } from '../cards.ts';
import { t } from '../messages.ts';
import { dealCard } from '../model.ts';
import { requireDealView } from '../rights.ts';

export const show = defineAction({
  name: 'deals.show',
  title: t('show-title'),
  summary: t('show-summary'),
  effect: 'read',
  input: z.strictObject({ deal: f.ref('deal', t('deal')) }),
  output: dealCard,
  roles: internalRoles,
  example: { as: 'rep', input: { deal: 'D-1' } },

  async run(ctx, { deal }) {
    const view = await requireDealView(ctx, deal.id);
    return { ...view, sections: view.restricted ? [] : await sectionsOf(ctx, 'deal', deal.id) };
  },
  present: fullCard,
});
