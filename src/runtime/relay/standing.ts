import type { Card } from '../../view/card.ts';
import type { NotificationDefinition, RenderContext } from '../notification.ts';
import { destinationKey, type Post } from './work.ts';

type Notification = NotificationDefinition<unknown>;
type Placed = Pick<Post, 'platform' | 'to'>;

/** Whether a place may read what a payload says. Only channels cease to: people keep what they were told. */
export function mayStand(notification: Notification, payload: unknown, place: Placed): boolean {
  if (notification.withdrawn === undefined || place.to.kind !== 'channel') return true;
  const key = destinationKey(place);
  return notification.audience(payload).some((audience) => {
    if (!('channel' in audience)) return false;
    const { platform, installation, channelId } = audience.channel;
    return destinationKey({ platform, to: { kind: 'channel', installation, channelId } }) === key;
  });
}

/** The card of a message as it stands in its place. */
export function standingCard(
  notification: Notification,
  payload: unknown,
  place: Placed,
  at: RenderContext,
): Card {
  return notification.withdrawn && !mayStand(notification, payload, place)
    ? notification.withdrawn(at)
    : notification.render(payload, at);
}

/**
 * Whether an edit changes anything of what stands in a place. Asked only of messages that can be withdrawn: their edits
 * also say which places they are for, which is no news to the others.
 */
export function isNews(
  notification: Notification,
  [before, after]: readonly [unknown, unknown],
  place: Placed,
  at: RenderContext,
): boolean {
  if (notification.withdrawn === undefined) return true;
  const card = (payload: unknown) => JSON.stringify(standingCard(notification, payload, place, at));
  try {
    return card(notification.payload.parse(before)) !== card(after);
  } catch {
    // Whether it can be made into a card shows where it is sent, and is told there.
    return true;
  }
}
