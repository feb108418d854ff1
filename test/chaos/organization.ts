import { type Core, createCore } from '../../src/app.ts';
import { createClock } from '../../src/infra/clock.ts';
import { openDatabase } from '../../src/infra/db/client.ts';
import { connectInstallation, createOrganization } from '../../src/infra/organizations.ts';
import type { Log } from '../../src/runtime/ports.ts';
import { slack } from './people.ts';

const log: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** Makes an organization whose workspace is the Slack of these runs; `furnish` puts in what else there is. */
export async function foundOn(
  databaseUrl: string,
  furnish: (core: Core, orgId: string) => Promise<void> = async () => {},
): Promise<string> {
  const db = await openDatabase({ url: databaseUrl, dataDir: '', production: false, log });
  const clock = createClock();
  const core = createCore({ db, log, clock, memberAutoJoin: 'rep', publicUrl: 'http://localhost:3000' });
  const orgId = await createOrganization(core.engine, {
    slug: 'chaos',
    name: 'Chaos',
    currency: 'EUR',
    timeZone: 'UTC',
    locale: 'en',
  });
  const workspace = {
    platform: 'slack',
    externalId: slack.team,
    name: 'Chaos',
    botUserId: slack.bot,
  } as const;
  await connectInstallation(db, orgId, workspace, clock.now());
  await furnish(core, orgId);
  await db.close();
  return orgId;
}
