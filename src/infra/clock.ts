import type { Clock } from '../runtime/ports.ts';

export interface SettableClock extends Clock {
  /** Moves business time ahead to `to`. Never back: throws RangeError. */
  moveTo(to: Date): void;
}

/** Business time: real time, plus what the playground has moved it ahead. */
export function createClock(): SettableClock {
  let aheadMs = 0;
  const now = () => new Date(Date.now() + aheadMs);
  return {
    now,
    moveTo(to) {
      const ms = to.getTime() - now().getTime();
      if (!(ms >= 0)) throw new RangeError('the clock only moves forward');
      aheadMs += ms;
    },
  };
}
