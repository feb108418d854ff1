import { ImpossibleGesture } from '../impossible-gesture.ts';
import { type Desk, personOf, visibleMessages } from './desk.ts';
import { removeMessage } from './messages.ts';
import { type Outcome, untold, watch } from './outcome.ts';

export interface DeleteInput {
  user: string;
  team?: string;
  ts: string;
  channel: string;
}

/** Deletes a message, as an admin of the workspace may with anybody's. The app is not told. */
export function deleteMessage(desk: Desk, { user: id, team, ts, channel }: DeleteInput): Outcome {
  const person = personOf(desk, id, team);
  const { workspace, user } = person;
  const message = visibleMessages(desk, person).find((one) => one.ts === ts && one.channel === channel);
  if (!message) throw new ImpossibleGesture(`${user.realName} sees no message ${ts}.`);
  const seen = watch(desk.world, workspace.id, user.id);
  removeMessage(desk.world, message);
  return untold(seen.stop());
}
