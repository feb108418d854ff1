import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { sectionsOf } from '../../../../runtime/record-parts.ts';
import { fullCard } from '../cards.ts';
import { t } from '../messages.ts';
import { accountCard } from '../model.ts';
import { requireAccountView } from '../rights.ts';

export const show = defineAction({
  name: 'accounts.show',
  title: t('show-title'),
  summary: t('show-summary'),
  effect: 'read',
  input: z.strictObject({ account: f.ref('account', t('account')) }),
  output: accountCard,
  roles: internalRoles,
  example: { as: 'rep', input: { account: 'C-1' } },
  async run(ctx, { account }) {
    const [view, sections] = await Promise.all([
      requireAccountView(ctx, account.id),
      sectionsOf(ctx, 'account', account.id),
    ]);
    return { ...view, sections };
  },
  present: fullCard,
});
