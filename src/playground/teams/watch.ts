import { asText } from '../json.ts';
import type { Answer } from './delivery.ts';
import type { Person, Sent } from './desk.ts';
import type { Outcome } from './outcome.ts';
import { isVisible } from './places.ts';
import { shownTo } from './screen.ts';
import type { Change, World } from './world.ts';

/** What Teams says when an app doesn't answer, or answers with something the client can't use. */
export const trouble = 'Unable to reach app. Please try again.';
export const useless = 'Something went wrong. Please try again.';

/** Collects what a person sees change until `stop` is called. */
export function watch(world: World, { tenant, user }: Person): { stop(): Change[] } {
  const seen: Change[] = [];
  const end = world.onChange((change) => {
    if (change.tenant !== tenant.id || (change.user && change.user !== user.aadObjectId)) return;
    const message = world.messages.find((one) => one.id === change.message?.id);
    if (message && !isVisible(world, message, user.aadObjectId)) return;
    seen.push(message ? { ...change, message: shownTo(world, message, user) } : change);
  });
  return {
    stop() {
      end();
      return seen;
    },
  };
}

export function failureOf(answer: Answer): string | undefined {
  return answer.status >= 200 && answer.status < 300 ? undefined : trouble;
}

/** A gesture that never left the client. */
export function unsent(shown: Change[], error?: string): Outcome {
  return { ok: !error, status: 0, body: undefined, ms: 0, shown, ...(error ? { error } : {}) };
}

/** The outcome of something that was sent; `more.error` makes it a failure. */
export function outcomeOf({ answer, activity }: Sent, shown: Change[], more: Partial<Outcome> = {}): Outcome {
  const error = more.error ?? failureOf(answer);
  const { status, body, ms } = answer;
  return {
    ok: !error,
    status,
    body,
    ms,
    activity: asText(activity.id),
    shown,
    ...more,
    ...(error ? { error } : {}),
  };
}
