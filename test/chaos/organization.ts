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
  const core = createCore({
    db,
    log,
    clock: createClock(),
    memberAutoJoin: 'rep',
    publicUrl: 'http://localhost:3000',
  });
  const orgId = await found(core);
  await furnish(core, orgId);
  await db.close();
  return orgId;
}

/** An organization whose workspace is the Slack of these runs, and nothing else. */
export async function found({ db, engine }: Core): Promise<string> {
  const orgId = await createOrganization(engine, {
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
  await connectInstallation(db, orgId, workspace, engine.clock.now());
  return orgId;
}
