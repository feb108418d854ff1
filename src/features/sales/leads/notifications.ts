import { z } from 'zod';
import { instant, record } from '../../../kernel/text.ts';
import { defineNotification } from '../../../runtime/notification.ts';
import { t } from './messages.ts';
import { twinSigns } from './rules.ts';

const named = z.strictObject({ number: z.string(), name: z.string() });

/** To the new owner of a lead; the plan clock runs. */
export const leadAssigned = defineNotification({
  name: 'leads.assigned',
  payload: z.strictObject({
    memberId: z.uuid(),
    lead: named,
    by: z.string(),
    /** `null`: no plan is owed, the lead is nurtured. */
    planDueAt: z.iso.datetime().nullable(),
  }),
  audience: ({ memberId }) => [{ memberId }],
  render: ({ lead, by, planDueAt }) => ({
    tone: 'info',
    title: t('assigned-to-you', { by, record: record(lead.number, lead.name) }),
    blocks: [
      ...(planDueAt === null ? [] : [{ t: 'text' as const, of: t('plan-due', { at: instant(planDueAt) }) }]),
      {
        t: 'buttons',
        buttons: [
          {
            label: t('file-plan'),
            press: { a: 'next-steps.set', i: { subject: lead.number }, form: true },
            style: 'primary',
          },
          { label: t('open-it'), press: { a: 'leads.show', i: { lead: lead.number } } },
        ],
      },
    ],
  }),
});

/** To the owner of a record of which somebody made a lead all the same. */
export const twinCreated = defineNotification({
  name: 'leads.twin-created',
  payload: z.strictObject({
    memberId: z.uuid(),
    lead: named,
    twin: named,
    sign: z.enum(twinSigns),
    by: z.string(),
  }),
  audience: ({ memberId }) => [{ memberId }],
  render: ({ lead, twin, sign, by }) => ({
    tone: 'warn',
    title: t('twin-created', {
      by,
      record: record(lead.number, lead.name),
      twin: record(twin.number, twin.name),
      sign: t(`by-${sign}`),
    }),
    blocks: [
      {
        t: 'buttons',
        buttons: [{ label: t('open-it'), press: { a: 'leads.show', i: { lead: lead.number } } }],
      },
    ],
  }),
});
