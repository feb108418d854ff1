import type { Answer } from './delivery.ts';
import { type Change, isVisible, type World } from './world.ts';

/** What came of one gesture. */
export interface Outcome {
  /** HTTP status of the service's answer; 0 if none came, or if nothing was sent. */
  status: number;
  /** The answer's body, parsed if it is JSON. */
  body: unknown;
  ms: number;
  /** Answered in time with a 2xx, and the platform accepted what was in it. */
  ok: boolean;
  /** What the platform tells the person when something failed. */
  error?: string;
  /** Field errors of a form, by block id. */
  errors?: Record<string, string>;
  /** What changed on this person's screen while the gesture was handled. */
  shown: Change[];
}

export const trouble = 'We had some trouble connecting. Try again?';

export function failureOf(
  answer: Answer,
): 'operation_timeout' | 'dispatch_failed' | 'http_service_error' | undefined {
  if (answer.failure === 'timeout') return 'operation_timeout';
  if (answer.failure === 'connection') return 'dispatch_failed';
  return answer.status >= 200 && answer.status < 300 ? undefined : 'http_service_error';
}

/** Collects what a person sees change until `stop` is called. */
export function watch(world: World, team: string, user: string): { stop(): Change[] } {
  const seen: Change[] = [];
  const end = world.onChange((change) => {
    if (change.team !== team || (change.user && change.user !== user)) return;
    if (change.message && change.kind !== 'deleted' && !isVisible(world, change.message, user)) return;
    seen.push(change);
  });
  return {
    stop() {
      end();
      return seen;
    },
  };
}

/** A gesture that never left the client. */
export function unsent(shown: Change[], error: string, errors?: Record<string, string>): Outcome {
  return { ...untold(shown), ok: false, error, ...(errors ? { errors } : {}) };
}

/** Of a gesture that the app hears nothing of. */
export function untold(shown: Change[]): Outcome {
  return { status: 0, body: '', ms: 0, ok: true, shown };
}
