import { z } from 'zod';
import { record } from '../../../kernel/text.ts';
import { defineNotification } from '../../../runtime/notification.ts';
import type { Block } from '../../../view/card.ts';
import { t } from './messages.ts';
import { twinSigns } from './rules.ts';

const named = z.strictObject({ number: z.string(), name: z.string() });

/** To the new owner of a customer. */
export const accountAssigned = defineNotification({
  name: 'accounts.assigned',
  payload: z.strictObject({ memberId: z.uuid(), account: named, by: z.string() }),
  audience: ({ memberId }) => [{ memberId }],
  render: ({ account, by }) => ({
    tone: 'info',
    title: t('assigned-to-you', { by, record: record(account.number, account.name) }),
    blocks: [openButton(account.number)],
  }),
});

/** To the owner of a customer of which somebody made a second record all the same. */
export const twinCreated = defineNotification({
  name: 'accounts.twin-created',
  payload: z.strictObject({
    memberId: z.uuid(),
    account: named,
    twin: named,
    sign: z.enum(twinSigns),
    by: z.string(),
  }),
  audience: ({ memberId }) => [{ memberId }],
  render: ({ account, twin, sign, by }) => ({
    tone: 'warn',
    title: t('twin-created', {
      by,
      record: record(account.number, account.name),
      twin: record(twin.number, twin.name),
      sign: t(`by-${sign}`),
    }),
    blocks: [openButton(account.number)],
  }),
});

function openButton(number: string): Block {
  return {
    t: 'buttons',
    buttons: [{ label: t('open-it'), press: { a: 'accounts.show', i: { account: number } } }],
  };
}
