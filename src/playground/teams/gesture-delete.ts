import { type Desk, messageOf, sceneOf } from './desk.ts';
import type { Outcome } from './outcome.ts';
import { unsent, watch } from './watch.ts';

export interface DeleteInput {
  user: string;
  tenant?: string;
  message: string;
}

/** Deletes a message, as an owner of the team may with anybody's. The app is not told. */
export function deleteMessage(desk: Desk, input: DeleteInput): Outcome {
  const scene = sceneOf(desk, input.user, input.tenant);
  const message = messageOf(desk, scene, input.message);
  const seen = watch(desk.world, scene);
  message.isDeleted = true;
  desk.world.changed({ kind: 'deleted', tenant: scene.tenant.id, message });
  return unsent(seen.stop());
}
