import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { sectionsOf } from '../../../../runtime/record-parts.ts';
import { fullCard } from '../cards.ts';
import { t } from '../messages.ts';
import { contactCard } from '../model.ts';
import { requireContactView } from '../rights.ts';

export const show = defineAction({
  name: 'contacts.show',
  title: t('show-title'),
  summary: t('show-summary'),
  effect: 'read',
  input: z.strictObject({ contact: f.ref('contact', t('contact')) }),
  output: contactCard,
  roles: internalRoles,
  example: { as: 'rep', input: { contact: 'K-1' } },
  async run(ctx, { contact }) {
    const [view, sections] = await Promise.all([
      requireContactView(ctx, contact.id),
      sectionsOf(ctx, 'contact', contact.id),
    ]);
    return { ...view, sections };
  },
  present: fullCard,
});
