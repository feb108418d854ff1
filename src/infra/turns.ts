import type { Turns } from '../runtime/ports.ts';

/** What an organization may do in each second while others want in too. */
export const usualPerSecond = 100;
/** So many seconds' worth may come at once. */
const burstSeconds = 2;
/** Others want in while one of them came this recently. */
const presentMs = 2000;
/** From so many on, those who have all their turns again are forgotten, once in a while. */
const manyRemembered = 10_000;
const forgetEveryMs = 1000;

export interface TurnsOptions {
  perSecond: number;
  /** Milliseconds that only go forward; business time does not count. */
  nowMs?: () => number;
}

/**
 * A bucket of turns per organization, in this process. Nobody is held back while they are alone: turns are limited to
 * share what there is, not to save it.
 */
export function createTurns({ perSecond, nowMs = () => performance.now() }: TurnsOptions): Turns {
  const everyMs = 1000 / perSecond;
  const burstMs = (perSecond * burstSeconds - 1) * everyMs;
  /** Until when each organization's turns are used up, at one every `everyMs`. */
  const usedUpTo = new Map<string, number>();
  let forgetAtMs = 0;
  let last = { orgId: '', atMs: Number.NEGATIVE_INFINITY };
  let lastOther = last;
  const isAlone = (orgId: string, now: number): boolean => {
    if (last.orgId !== orgId) lastOther = last;
    last = { orgId, atMs: now };
    return now - lastOther.atMs > presentMs;
  };
  return {
    take(orgId) {
      const now = nowMs();
      const alone = isAlone(orgId, now);
      const used = Math.max(usedUpTo.get(orgId) ?? now, now);
      const waitMs = used - burstMs - now;
      if (waitMs > 0) return alone ? undefined : Math.ceil(waitMs / 1000);
      if (usedUpTo.size >= manyRemembered && now >= forgetAtMs) {
        for (const [other, until] of usedUpTo) if (until <= now) usedUpTo.delete(other);
        forgetAtMs = now + forgetEveryMs;
      }
      usedUpTo.set(orgId, used + everyMs);
      return undefined;
    },
  };
}
