import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { leadCard } from '../cards.ts';
import { t } from '../messages.ts';
import { leadView } from '../model.ts';
import { readLead } from '../queries.ts';

export const show = defineAction({
  name: 'leads.show',
  title: t('show-title'),
  summary: t('show-summary'),
  effect: 'read',
  input: z.strictObject({ lead: f.ref('lead', t('lead')) }),
  output: leadView,
  roles: internalRoles,
  example: { as: 'rep', input: { lead: 'L-1' } },
  async run(ctx, { lead }) {
    const view = await readLead(ctx, lead.id);
    if (!view) throw new AppError('not_found', t('lead'));
    return view;
  },
  present: leadCard,
});
