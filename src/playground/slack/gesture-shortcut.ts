import { ImpossibleGesture } from '../impossible-gesture.ts';
import { type Desk, personOf, responseUrl, visibleMessages } from './desk.ts';
import { payloadBase, wireChannelName } from './envelope.ts';
import { wireMessage } from './messages.ts';
import { failureOf, type Outcome, trouble, watch } from './outcome.ts';
import { placeOf } from './world.ts';

export interface ShortcutInput {
  user: string;
  team?: string;
  callbackId: string;
  /** The message it is used on; a global shortcut has none. */
  ts?: string;
}

/** Uses a shortcut from the ⚡ menu, or from the ⋯ menu of a message. */
export async function runShortcut(desk: Desk, input: ShortcutInput): Promise<Outcome> {
  const { workspace, user } = personOf(desk, input.user, input.team);
  const person = { workspace, user };
  const message = input.ts ? visibleMessages(desk, person).find((entry) => entry.ts === input.ts) : undefined;
  if (input.ts && message?.kind !== 'message') {
    throw new ImpossibleGesture(`${user.realName} sees no message ${input.ts} that shortcuts work on.`);
  }
  const seen = watch(desk.world, workspace.id, user.id);
  const place = message ? placeOf(desk.world, workspace.id, message.channel) : undefined;
  const answer = await desk.courier.sendForm({
    payload: JSON.stringify({
      type: message ? 'message_action' : 'shortcut',
      ...payloadBase(workspace, user),
      callback_id: input.callbackId,
      trigger_id: desk.tickets.trigger(workspace.id, user.id),
      action_ts: desk.world.nextTs(),
      ...(message && place
        ? {
            message_ts: message.ts,
            message: wireMessage(desk.world, message),
            channel: { id: message.channel, name: wireChannelName(place) },
            response_url: responseUrl(desk, { team: workspace.id, user: user.id, channel: message.channel }),
          }
        : {}),
    }),
  });
  const { status, body, ms } = answer;
  const failed = failureOf(answer);
  return { status, body, ms, ok: !failed, shown: seen.stop(), ...(failed ? { error: trouble } : {}) };
}
