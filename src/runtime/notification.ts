import { z } from 'zod';
import type { Org } from '../kernel/context.ts';
import { locales } from '../kernel/text.ts';
import type { Card } from '../view/card.ts';

/** A channel as a message needs it; ids are the platform's. */
export const channelAddress = z.strictObject({
  platform: z.enum(['slack', 'teams']),
  /** Team or tenant id. */
  installation: z.string(),
  channelId: z.string(),
  /** The language and zone the channel reads in. */
  locale: z.enum(locales),
  timeZone: z.string(),
});
export type ChannelAddress = z.infer<typeof channelAddress>;

/**
 * Who gets a message: a member in a direct message on the platforms they use, the people of a role in the same way,
 * or everybody in a channel.
 */
export type Audience =
  | { memberId: string }
  | { role: 'admin' | 'manager' | 'finance' }
  | { channel: ChannelAddress };

/** Where and when a message is made into a card. */
export interface RenderContext {
  org: Org;
  now: Date;
  /** One chat app must not name another. */
  platform: 'slack' | 'teams';
  /** Whose direct message it is; in channels undefined. */
  memberId: string | undefined;
}

/**
 * A message the service sends by itself. Of each notification there is one message per key and destination: queueing
 * it again sends nothing, `ctx.edit` with a payload of the same key changes it where it stands.
 */
export interface NotificationDefinition<P> {
  name: string;
  payload: z.ZodType<P>;
  audience(payload: P): Audience[];
  /** Its key; without one every message is one of its own and cannot be edited. */
  dedupeKey?(payload: P): string;
  /** Goes into the thread of the message with this key, if that is in the same place. */
  threadOf?(payload: P): { notification: string; key: string } | undefined;
  /**
   * When nobody can tell whether it arrived: `ask` leaves it to an admin (default: rather none than two), `resend`
   * sends again, for what must not be missed.
   */
  whenUncertain?: 'ask' | 'resend';
  /** Not worth sending so many hours after it was queued (a morning list the next day); without it a day, then dead. */
  staleAfterHours?: number;
  /** More than ten of them waiting for one place (after an outage) are told as this one, in queueing order. */
  fold?(payloads: readonly P[], at: RenderContext): Card;
  /**
   * What a message becomes in a channel that the audience of a later edit does not name: words without anything of it.
   * Said once; a yet later edit that names the channel again brings the message back. Where it does not stand yet it is
   * not sent, nor is what belongs into its thread. Without, an edit changes it wherever it stands.
   */
  withdrawn?(at: RenderContext): Card;
  render(payload: P, at: RenderContext): Card;
}

export function defineNotification<P>(spec: NotificationDefinition<P>): NotificationDefinition<P> {
  return spec;
}
