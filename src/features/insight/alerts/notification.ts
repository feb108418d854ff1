import { z } from 'zod';
import { channelAddress, defineNotification } from '../../../runtime/notification.ts';
import { alertLine, foldReasons } from './model.ts';
import { outageCard, toldCard } from './told-card.ts';

export const alertPayload = z.strictObject({
  /** Of the message: its key. */
  id: z.uuid(),
  /** The first message about the record there. */
  rootId: z.uuid().nullable(),
  to: z.union([z.strictObject({ memberId: z.uuid() }), z.strictObject({ channel: channelAddress })]),
  /** The channel whose mute the button sets. */
  channelId: z.uuid().nullable(),
  fold: z.enum(foldReasons).nullable(),
  /** The first of them; `count` is of all. */
  lines: z.array(alertLine),
  count: z.int(),
});
export type AlertPayload = z.infer<typeof alertPayload>;

/** An alert, or several in one message. */
export const alertTold = defineNotification({
  name: 'alerts.told',
  payload: alertPayload,
  audience: ({ to }) => [to],
  dedupeKey: ({ id }) => id,
  threadOf: ({ rootId }) => (rootId === null ? undefined : { notification: 'alerts.told', key: rootId }),
  fold: (payloads) => outageCard(payloads),
  render: toldCard,
});
