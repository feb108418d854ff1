import type { Core } from './app.ts';
import type { SettableClock } from './infra/clock.ts';

/** As many stops as a month with a few digests makes; what is left after them counts as missed. */
const mostStops = 100;

/**
 * Time goes by: everything that falls due on the way runs at its own time, as if somebody had waited for it. A jump
 * would look like an outage, whose digests come late or not at all.
 */
export async function moveClock(
  { scheduler, relay }: Pick<Core, 'scheduler' | 'relay'>,
  clock: SettableClock,
  to: Date,
): Promise<void> {
  for (let stops = 0; stops < mostStops; stops++) {
    const next = await scheduler.nextAt();
    if (!next || next > to) break;
    if (next > clock.now()) clock.moveTo(next);
    await scheduler.tick();
    await relay.drain();
  }
  if (to > clock.now()) clock.moveTo(to);
  await scheduler.tick();
}
