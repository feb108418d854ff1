import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { sectionsOf } from '../../../../runtime/record-parts.ts';
import { fullCard } from '../cards.ts';
import { quoteDocument } from '../document.ts';
import { quoteField } from '../inputs.ts';
import { t } from '../messages.ts';
import { quoteCard } from '../model.ts';
import { versionsOf, viewOf } from '../views.ts';

export const show = defineAction({
  name: 'quotes.show',
  title: t('show-title'),
  summary: t('show-summary'),
  effect: 'read',
  input: z.strictObject({ quote: quoteField() }),
  output: quoteCard,
  roles: internalRoles,
  example: { as: 'rep', input: { quote: 'Q-1' } },

  async run(ctx, { quote }) {
    const view = await viewOf(ctx, quote.id);
    if (view.restricted) return { ...view, versions: [], sections: [] };
    return {
      ...view,
      versions: await versionsOf(ctx, quote.id),
      sections: await sectionsOf(ctx, 'quote', quote.id),
    };
  },
  present: fullCard,
  document: quoteDocument,
});
