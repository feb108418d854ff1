import { z } from 'zod';
import type { Ctx } from '../../../runtime/context.ts';
import { on } from '../../../runtime/event.ts';
import { defineNotification } from '../../../runtime/notification.ts';
import { deliveryPaused } from '../../../runtime/relay/events.ts';
import { listPress } from './cards.ts';
import { t } from './messages.ts';
import { nameOfGate, setterOf } from './queries.ts';
import { reasonText } from './words.ts';

/**
 * A place takes no messages: told once, to whoever set the channel up, else to the admins. People whose own chat is
 * shut are not told of it; the ledger shows it.
 */
const placePaused = defineNotification({
  name: 'deliveries.place-paused',
  payload: z.strictObject({
    gate: z.string(),
    scope: z.enum(['destination', 'installation']),
    name: z.string().nullable(),
    reason: z.string(),
    memberId: z.uuid().nullable(),
    /** Business time: shut again later, it is told again. */
    at: z.string(),
  }),
  audience: ({ memberId }) => [memberId === null ? { role: 'admin' } : { memberId }],
  dedupeKey: ({ gate, at }) => `${gate} ${at}`,
  render: ({ gate, scope, name, reason, memberId }) => ({
    tone: 'warn',
    title:
      scope === 'installation'
        ? t('installation-shut', { name: name ?? '?' })
        : t('channel-shut', { name: name === null ? t('unnamed') : `#${name.replace(/^#/, '')}` }),
    blocks: [
      { t: 'text', of: t('why', { reason: reasonText(reason) }) },
      { t: 'text', of: t(scope === 'installation' ? 'installation-fix' : 'channel-fix') },
      {
        t: 'buttons',
        buttons:
          memberId === null
            ? [
                { label: t('try-again'), press: { a: 'deliveries.redrive', i: { gate } } },
                { label: t('title'), press: listPress({}) },
              ]
            : [{ label: t('see-channels'), press: { a: 'channels.list', i: {} } }],
      },
    ],
  }),
});

export const notifications = [placePaused];

export const subscriptions = [
  on(deliveryPaused, 'deliveries.tell-paused', async (ctx: Ctx, { gate, scope, place, reason }) => {
    if (scope === 'destination' && place.kind === 'person') return;
    const { name } = await nameOfGate(ctx, gate);
    const memberId = scope === 'destination' ? await setterOf(ctx, place.id) : null;
    ctx.notify(placePaused, { gate, scope, name, reason, memberId, at: ctx.now.toISOString() });
  }),
];
