import { z } from 'zod';
import { record } from '../../../kernel/text.ts';
import { defineNotification } from '../../../runtime/notification.ts';
import { t } from './messages.ts';

/** To the new owner of a deal. */
export const dealAssigned = defineNotification({
  name: 'deals.assigned',
  payload: z.strictObject({
    memberId: z.uuid(),
    deal: z.strictObject({ number: z.string(), name: z.string() }),
    by: z.string(),
  }),
  audience: ({ memberId }) => [{ memberId }],
  render: ({ deal, by }) => ({
    tone: 'info',
    title: t('assigned-to-you', { by, record: record(deal.number, deal.name) }),
    blocks: [
      {
        t: 'buttons',
        buttons: [{ label: t('open-it'), press: { a: 'deals.show', i: { deal: deal.number } } }],
      },
    ],
  }),
});
