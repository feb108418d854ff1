/**
 * Control: a relay that claims, posts, and tries again after any failure without looking whether the message has
 * arrived. A process of its own; the run that the service passes must break this one.
 */
import type { App } from '../../src/app.ts';
import { serve } from '../chaos/service.ts';

await serve(({ platforms }: App) => {
  for (const [name, platform] of platforms) {
    platforms.set(name, {
      ...platform,
      find: async () => undefined,
      classify: () => ({ kind: 'retry', afterSeconds: 0.5 }),
    });
  }
});
