import type { NotificationDefinition } from './notification.ts';
import type { OutboxEntry } from './ports.ts';

/**
 * Sending and editing of one message keep their order. What was queued once for the same places is not queued again;
 * of other places, those that have it already are left out when it is sent.
 */
export function deliveryOf<P>(
  op: 'send' | 'edit',
  notification: NotificationDefinition<P>,
  payload: P,
  auditId: string,
): OutboxEntry {
  const key = notification.dedupeKey?.(payload);
  return {
    kind: 'delivery',
    op,
    notification: notification.name,
    payload,
    orderKey: `${notification.name} ${key ?? auditId}`,
    dedupeKey:
      op === 'send' && key !== undefined ? `${key} ${JSON.stringify(notification.audience(payload))}` : null,
  };
}
