import { z } from 'zod';
import { day, dotted, instant, record } from '../../../kernel/text.ts';
import { defineNotification } from '../../../runtime/notification.ts';
import { t } from './messages.ts';
import { subjectView } from './model.ts';
import { openPress } from './subjects.ts';

/** To the owner of a record for which somebody else, usually their manager, filed the next step. */
export const stepGiven = defineNotification({
  name: 'next-steps.given',
  payload: z.strictObject({
    memberId: z.uuid(),
    subject: subjectView,
    text: z.string(),
    dueOn: z.string(),
    dueAt: z.string().nullable(),
    by: z.string(),
  }),
  audience: ({ memberId }) => [{ memberId }],
  render: ({ subject, text, dueOn, dueAt, by }) => ({
    tone: 'info',
    title: t('given', { by, record: record(subject.number, subject.name) }),
    blocks: [
      { t: 'text', of: dotted(text, dueAt === null ? day(dueOn) : instant(dueAt)) },
      {
        t: 'buttons',
        buttons: [
          { label: t('done'), press: { a: 'next-steps.done', i: { subject: subject.number } } },
          { label: t('snooze'), press: { a: 'next-steps.snooze', i: { subject: subject.number } } },
          { label: t('open'), press: openPress(subject) },
        ],
      },
    ],
  }),
});
