import { z } from 'zod';
import type { Delivery, Surroundings } from './delivery.ts';
import { type EventPayload, sharedSchema } from './payloads.ts';

const channelSchema = z.object({ channel: z.looseObject({ is_ext_shared: z.boolean() }) });

/**
 * A channel was opened to people of another company, or closed to them. That it was opened is believed at once. That
 * it was closed is not: the announcement may come late, after it was opened again, or not be about the last company
 * in there. Slack is asked, and where it cannot be, the channel stays one that others read.
 */
export async function handleShared(
  { shared }: Pick<Surroundings, 'shared'>,
  { visitor, payload: { event }, call }: Delivery<EventPayload>,
): Promise<void> {
  const said = sharedSchema.safeParse(event);
  if (!said.success) return;
  const { channel } = said.data;
  const isShared = event.type === 'channel_shared' || (await isStillShared(call, channel));
  await shared(visitor.installation, channel, isShared);
}

async function isStillShared(call: Delivery<EventPayload>['call'], channel: string): Promise<boolean> {
  try {
    return channelSchema.parse(await call('conversations.info', { channel })).channel.is_ext_shared;
  } catch {
    return true;
  }
}
