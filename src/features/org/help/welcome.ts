import { z } from 'zod';
import { command } from '../../../kernel/text.ts';
import { defineNotification } from '../../../runtime/notification.ts';
import { t } from './messages.ts';

/** The first message after a workspace is connected, to its admins: three next steps. Sent once. */
export const welcome = defineNotification({
  name: 'help.welcome',
  payload: z.strictObject({}),
  audience: () => [{ role: 'admin' }],
  dedupeKey: () => 'welcome',
  render: (_payload, { org }) => ({
    tone: 'ok',
    title: t('welcome-title', { organization: org.name }),
    blocks: [
      {
        t: 'text',
        of: t('welcome-intro', {
          line: command('new-lead "Acme Pumps" Jane jane@acme.example 80k', '新建线索 远景机械 王敏 80万'),
        }),
      },
      {
        t: 'rows',
        rows: [
          { text: t('welcome-settings'), detail: command('settings') },
          { text: t('welcome-import'), detail: t('welcome-import-how') },
          { text: t('welcome-people'), detail: command('team') },
        ],
      },
      {
        t: 'buttons',
        buttons: [
          { label: t('welcome-open-settings'), press: { a: 'settings.show', i: {} } },
          {
            label: t('welcome-first-lead'),
            press: { a: 'leads.create', i: {}, form: true },
            style: 'primary',
          },
        ],
      },
    ],
  }),
});
