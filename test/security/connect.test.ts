import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Core } from '../../src/app.ts';
import { connectSlackWorkspace } from '../../src/connect-slack.ts';
import { disconnectInstallation } from '../../src/infra/organizations.ts';
import { testApp } from '../support/app.ts';

const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
let team = '';
const server = createServer((request, response) => {
  const body = request.url?.endsWith('auth.test')
    ? { ok: true, team_id: team, team: `Works ${team}`, user_id: 'UBOT' }
    : { ok: true, members: [] };
  response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
});

beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)));
afterAll(() => void server.close());

async function connect(core: Core, id: string): Promise<string | undefined> {
  team = id;
  const { port } = server.address() as AddressInfo;
  await connectSlackWorkspace(
    core,
    {
      signingSecret: 's'.repeat(32),
      botToken: 'xoxb-1',
      clientId: undefined,
      clientSecret: undefined,
      apiUrl: `http://127.0.0.1:${port}/api/`,
    },
    log,
  );
  core.forgetInstallations();
  return core.engine.sessions.organizationOf('slack', id);
}

test('the token of another workspace never lets its people into an organization that has one', async () => {
  const app = await testApp({ demo: false });
  const id = `T${app.orgId.replaceAll('-', '').slice(-10).toUpperCase()}`;
  // To this core there is one organization, and it has a workspace.
  const alone = onlyOrganization(app, app.orgId);
  const orgId = await connect(alone, id);
  expect(orgId).toBeDefined();
  expect(orgId).not.toBe(app.orgId);
});

test('a workspace that comes back finds its organization again', async () => {
  const app = await testApp({ demo: false });
  await disconnectInstallation(app.db, app.orgId, 'slack', app.installation);
  app.forgetInstallations();
  expect(await app.engine.sessions.organizationOf('slack', app.installation)).toBeUndefined();
  expect(await connect(app, app.installation)).toBe(app.orgId);
});

/** Reads before the organization is known see no other organization; the database is shared by the suites. */
function onlyOrganization(core: Core, orgId: string): Core {
  const db: Core['db'] = {
    ...core.db,
    transaction: async (scope, run, options) => {
      const result = await core.db.transaction(scope, run, options);
      if (scope.as !== 'router' || !Array.isArray(result)) return result;
      return result.filter((row: { orgId?: string }) => row.orgId === orgId) as typeof result;
    },
  };
  return { ...core, db };
}
