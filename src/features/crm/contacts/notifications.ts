import { z } from 'zod';
import { record } from '../../../kernel/text.ts';
import { defineNotification } from '../../../runtime/notification.ts';
import { leftButtons } from './cards.ts';
import { t } from './messages.ts';

const named = z.strictObject({ number: z.string(), name: z.string() });

/** To the customer's owner when somebody else notes that a contact is gone. */
export const contactLeft = defineNotification({
  name: 'contacts.left',
  payload: z.strictObject({ memberId: z.uuid(), contact: named, account: named, by: z.string() }),
  audience: ({ memberId }) => [{ memberId }],
  render: ({ contact, account, by }) => ({
    tone: 'warn',
    title: t('told-left', {
      by,
      record: record(contact.number, contact.name),
      account: record(account.number, account.name),
    }),
    blocks: [leftButtons(account.number)],
  }),
});
