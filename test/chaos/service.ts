/**
 * The service as a process of its own that looks after interrupted messages within seconds instead of a minute, so
 * that a run can wait for it. Everything else is as in src/main.ts.
 */
import { createAdaptorServer } from '@hono/node-server';
import { type App, createApp } from '../../src/app.ts';
import { createClock } from '../../src/infra/clock.ts';
import { readConfig } from '../../src/infra/config.ts';
import { createLog } from '../../src/infra/logger.ts';
import type { Feature } from '../../src/runtime/feature.ts';

/** `change`: what a control does differently, before the first request; `features`: in place of the product's. */
export async function serve(
  change: (app: App) => void = () => {},
  features?: readonly Feature[],
): Promise<void> {
  const config = readConfig(process.env);
  const app = await createApp({
    config,
    log: createLog(config.logLevel),
    clock: createClock(),
    port: () => config.port,
    timing: { leaseSeconds: 4, lookAfterSeconds: 0.5 },
    ...(features ? { features } : {}),
  });
  change(app);
  const server = createAdaptorServer({ fetch: app.web.fetch });
  server.listen(config.port, config.host);
}

if (process.argv[1] === import.meta.filename) await serve();
