import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServerType, serve } from '@hono/node-server';
import { Hono } from 'hono';
import { createPlayground } from '../../src/playground/playground.ts';
import { openBench as openSlack, workspace } from './service.ts';
import { type Bench, openBench as openTeams, tenant, tenantId } from './teams-service.ts';

const root = join(import.meta.dirname, '../..');
const { resolve } = createRequire(import.meta.url);

/** Builds the page the way it is shipped. In a process of its own: a test's environment would build React's other edition. */
export function buildPage(): string {
  const wwwDir = mkdtempSync(join(tmpdir(), 'playground-www-'));
  const args = ['build', '--config', 'src/playground/page/vite.config.ts', '--logLevel', 'warn'];
  execFileSync(
    process.execPath,
    [join(root, 'node_modules/vite/bin/vite.js'), ...args, '--outDir', join(wwwDir, 'playground')],
    { cwd: root, env: { ...process.env, NODE_ENV: 'production' }, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  return wwwDir;
}

/** A tab that asks Teams' own client library who hosts it. */
const tab =
  '<!doctype html><html lang="en"><title>Tab</title><script src="/sdk.js"></script><script src="/tab.js"></script>';
const tabScript = `
window.seen = { themes: [] };
const { app, authentication } = microsoftTeams;
app.initialize().then(async () => {
  app.registerOnThemeChangeHandler((theme) => window.seen.themes.push(theme));
  const { app: about, user } = await app.getContext();
  const token = await authentication.getAuthToken();
  Object.assign(window.seen, { theme: about.theme, locale: about.locale, user: user.id, tenant: user.tenant.id, token });
});
`;

export interface PageService {
  url: string;
  teams: Bench;
  close(): Promise<void>;
}

/** The page over HTTP with both stand-ins; what they send is answered by the test. */
export async function servePage(wwwDir: string): Promise<PageService> {
  const slack = openSlack();
  const { users } = tenant();
  const addresses = new Map(workspace().users.map(({ realName, email }) => [realName, email]));
  const teams = openTeams({
    tenants: [tenant({ users: users.map((user) => ({ ...user, email: addresses.get(user.name) ?? '' })) })],
  });
  const web = new Hono();
  web.get('/tab/', (c) => c.html(tab, 200, { 'content-security-policy': "connect-src 'self'" }));
  const script = { 'content-type': 'text/javascript' };
  web.get('/tab.js', (c) => c.body(tabScript, 200, script));
  web.get('/sdk.js', (c) =>
    c.body(readFileSync(resolve('@microsoft/teams-js/dist/umd/MicrosoftTeams.min.js'), 'utf8'), 200, script),
  );
  web.route(
    '/',
    createPlayground({
      standIn: slack.standIn,
      teams: teams.standIn,
      wwwDir,
      organizations: [
        {
          id: 'o1',
          name: 'East',
          team: 'T1',
          tenant: tenantId,
          examples: [{ text: '/crm pipeline', about: 'What is in it' }, { text: '/crm show D-1' }],
        },
      ],
      commands: [
        { id: 'search-account', type: 'query', title: 'Customers', parameters: [{ name: 'query' }] },
        { id: 'newLead', type: 'action', title: 'New lead' },
        { id: 'logToCrm', type: 'action', title: 'Log to CRM', context: ['message'] },
      ],
    }),
  );
  const server = await new Promise<ServerType>((started) => {
    const starting: ServerType = serve({ fetch: web.fetch, port: 0, hostname: '127.0.0.1' }, () =>
      started(starting),
    );
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    teams,
    close: () =>
      new Promise((closed) => {
        slack.standIn.close();
        teams.standIn.close();
        server.close(() => closed());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}
