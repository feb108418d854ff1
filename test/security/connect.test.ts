import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Core } from '../../src/app.ts';
import { connectSlackWorkspace, keepConnecting, SlackTokenError } from '../../src/connect-slack.ts';
import { DatabaseUnavailableError } from '../../src/infra/db/errors.ts';
import { disconnectInstallation } from '../../src/infra/organizations.ts';
import { type TestApp, testApp } from '../support/app.ts';

const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
let team = '';
/** What Slack says instead of an answer, in order. */
let refusals: { status: number; body: string }[] = [];
const server = createServer((request, response) => {
  const refusal = refusals.shift();
  if (refusal) {
    response.writeHead(refusal.status).end(refusal.body);
    return;
  }
  const body = request.url?.endsWith('auth.test')
    ? { ok: true, team_id: team, team: `Works ${team}`, user_id: 'UBOT' }
    : { ok: true, members: [] };
  response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
});

beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)));
afterAll(() => void server.close());

function slack() {
  const { port } = server.address() as AddressInfo;
  return {
    signingSecret: 's'.repeat(32),
    botToken: 'xoxb-1',
    clientId: undefined,
    clientSecret: undefined,
    apiUrl: `http://127.0.0.1:${port}/api/`,
  };
}

async function connect(core: Core, id: string): Promise<string | undefined> {
  team = id;
  await connectSlackWorkspace(core, slack(), log);
  core.forgetInstallations();
  return core.engine.sessions.organizationOf('slack', id);
}

async function untilConnected(app: TestApp): Promise<void> {
  await expect
    .poll(async () => {
      app.forgetInstallations();
      return app.engine.sessions.organizationOf('slack', team);
    })
    .toBe(app.orgId);
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

test('a start while Slack is overloaded or down goes on and connects once it is back', async () => {
  const app = await testApp({ demo: false });
  await disconnectInstallation(app.db, app.orgId, 'slack', app.installation);
  app.forgetInstallations();
  team = app.installation;
  refusals = [
    { status: 429, body: '{"ok":false,"error":"ratelimited"}' },
    { status: 500, body: 'oops' },
    { status: 200, body: 'not json' },
  ];
  const stop = await keepConnecting(app, slack(), log, 5);
  await expect.poll(() => refusals.length).toBe(0);
  await untilConnected(app);
  stop();
});

test('a start during which the database goes away goes on and connects once it is back', async () => {
  const app = await testApp({ demo: false });
  await disconnectInstallation(app.db, app.orgId, 'slack', app.installation);
  app.forgetInstallations();
  team = app.installation;
  let failures = 2;
  const db: Core['db'] = {
    ...app.db,
    transaction: (...of) =>
      failures-- > 0
        ? Promise.reject(new DatabaseUnavailableError('connection lost'))
        : app.db.transaction(...of),
  };
  const stop = await keepConnecting({ ...app, db }, slack(), log, 5);
  await untilConnected(app);
  stop();
});

test('a token that Slack refuses stops the start', async () => {
  const app = await testApp({ demo: false });
  refusals = [{ status: 200, body: '{"ok":false,"error":"invalid_auth"}' }];
  await expect(keepConnecting(app, slack(), log)).rejects.toThrow(SlackTokenError);
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
