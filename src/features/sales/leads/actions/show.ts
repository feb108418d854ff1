import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { sectionsOf } from '../../../../runtime/record-parts.ts';
import { fullCard } from '../cards.ts';
import { t } from '../messages.ts';
import { leadCard } from '../model.ts';
import { requireView } from '../rights.ts';

export const show = defineAction({
  name: 'leads.show',
  title: t('show-title'),
  summary: t('show-summary'),
  effect: 'read',
  input: z.strictObject({ lead: f.ref('lead', t('lead')) }),
  output: leadCard,
  roles: internalRoles,
  example: { as: 'rep', input: { lead: 'L-1' } },
  async run(ctx, { lead }) {
    const view = await requireView(ctx, lead.id);
    return { ...view, sections: view.restricted ? [] : await sectionsOf(ctx, 'lead', lead.id) };
  },
  present: fullCard,
});
