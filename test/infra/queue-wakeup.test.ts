import { afterEach, expect, test } from 'vitest';
import { type App, createApp } from '../../src/app.ts';
import { welcome } from '../../src/features/org/help/api.ts';
import { createClock } from '../../src/infra/clock.ts';
import type { Config } from '../../src/infra/config.ts';
import { createOrganization } from '../../src/infra/organizations.ts';
import { operate } from '../../src/runtime/execute.ts';
import type { Log } from '../../src/runtime/ports.ts';
import { database } from '../journeys/service.ts';
import { testDatabaseKind } from '../support/database.ts';

const log: Log = { debug() {}, info() {}, warn() {}, error() {} };
const apps: App[] = [];
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
});

async function start(place: { databaseUrl: string | undefined; dataDir: string }): Promise<App> {
  const config: Config = {
    ...place,
    port: 0,
    host: '127.0.0.1',
    publicUrl: 'http://localhost:3000',
    databaseMigrationUrl: undefined,
    encryptionKey: undefined,
    slack: undefined,
    teams: undefined,
    entra: undefined,
    playground: false,
    memberAutoJoin: 'rep',
    commandsPerSecond: 100,
    logLevel: 'error',
    production: false,
  };
  const app = await createApp({ config, log, clock: createClock(), port: () => 0 });
  apps.push(app);
  return app;
}

async function queueSomething(app: App, slug: string): Promise<void> {
  const organization = { slug, name: 'A', currency: 'EUR', timeZone: 'UTC', locale: 'en' } as const;
  const orgId = await createOrganization(app.engine, organization);
  await operate(app.engine, { orgId, handler: 'test' }, async (ctx) => ctx.notify(welcome, {}));
}

test.skipIf(testDatabaseKind() !== 'postgres')(
  'what one process queues wakes the relay of another, and not its own a second time',
  async () => {
    const place = await database();
    const [one, other] = [await start(place), await start(place)];
    let heardByItself = 0;
    await one.wakeup.listen(() => {
      heardByItself += 1;
    });
    const heard = new Promise<void>((resolve) => void other.wakeup.listen(resolve));
    await queueSomething(one, 'woken');
    await heard;
    expect(heardByItself).toBe(0);
  },
);

test('many commits at once make few notifications, and the last one is not left out', async () => {
  const app = await start(await database());
  let notified = 0;
  const stop = await app.db.listen('outbox', () => {
    notified += 1;
  });
  for (let commit = 0; commit < 200; commit += 1) app.engine.outbox.wake();
  await expect.poll(() => notified, { timeout: 5000 }).toBe(2);
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(notified).toBe(2);
  app.engine.outbox.wake();
  await expect.poll(() => notified).toBe(3);
  await stop();
});
