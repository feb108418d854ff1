import { act, type Gesture } from '../client.ts';
import type { Outcome } from '../model.ts';
import { type Acts, useActs } from '../use-acts.ts';

export type Gestures = Acts<Gesture, Outcome>;

/** What this person does in this workspace. */
export function useGestures(who: { user: string; team: string }, refresh: () => Promise<void>): Gestures {
  return useActs<Gesture, Outcome>({
    send: (gesture, body) => act(gesture, { ...who, ...body }),
    // A command's failure is a message of its own, and field errors stand under their fields.
    problemOf: (gesture, { error, errors }) => (gesture === 'command' || errors ? undefined : error),
    refresh,
  });
}
