import { createHmac } from 'node:crypto';
import { cpSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { type App, createApp, createCore } from '../../src/app.ts';
import { demoUsers } from '../../src/demo-places.ts';
import { demoChannels, seedDemoSet } from '../../src/features/demo-set.ts';
import { createClock } from '../../src/infra/clock.ts';
import type { Config } from '../../src/infra/config.ts';
import { openDatabase } from '../../src/infra/db/client.ts';
import { connectInstallation, createOrganization } from '../../src/infra/organizations.ts';
import { serveSlackStandIn } from '../../src/playground/serve.ts';
import type { SlackStandIn } from '../../src/playground/slack/stand-in.ts';
import type { StandInUser, Workspace } from '../../src/playground/slack/workspace.ts';
import { operate } from '../../src/runtime/execute.ts';
import type { Log } from '../../src/runtime/ports.ts';
import type { Tx } from '../../src/store/tx.ts';
import { freshDirectory, freshPostgres, testDatabaseKind } from '../support/database.ts';

export const secret = 'journey-signing-secret';
export const team = 'T0DEMO';
const botUserId = 'U0PARLEYBOT';

const everybody: Pick<StandInUser, 'locale' | 'tz'> = { locale: 'en-US', tz: 'Europe/London' };
/** People of the workspace who are not in the CRM yet, and those who never will be. */
const newcomers: StandInUser[] = [
  { id: 'U0NEWREP', name: 'nina', realName: 'Nina New', email: 'nina@parley.example', ...everybody },
  {
    id: 'U0NEWZH',
    name: 'wangmin',
    realName: '王敏',
    email: 'wangmin@parley.example',
    locale: 'zh-CN',
    tz: 'Asia/Shanghai',
  },
  {
    id: 'U0OWNER',
    name: 'olivia',
    realName: 'Olivia Owner',
    email: 'olivia@parley.example',
    isAdmin: true,
    isOwner: true,
    ...everybody,
  },
  {
    id: 'U0GUEST',
    name: 'gus',
    realName: 'Gus Guest',
    email: 'gus@else.example',
    isRestricted: true,
    ...everybody,
  },
  {
    id: 'U0ULTRA',
    name: 'uma',
    realName: 'Uma Guest',
    email: 'uma@else.example',
    isUltraRestricted: true,
    ...everybody,
  },
  {
    id: 'U0STRANGE',
    name: 'sam',
    realName: 'Sam Far',
    email: 'sam@far.example',
    teamId: 'T0FAR',
    ...everybody,
  },
  { id: 'U0OTHERBOT', name: 'robo', realName: 'Robo', email: '', isBot: true, ...everybody },
];

function workspace(id: string, botToken: string): Workspace {
  const bot: StandInUser = {
    id: botUserId,
    name: 'parley',
    realName: 'Parley',
    email: '',
    isBot: true,
    ...everybody,
  };
  const users = [...demoUsers(), ...newcomers, bot];
  const members = users.map((user) => user.id);
  return {
    id,
    name: 'Northwind Industrial',
    domain: id.toLowerCase(),
    botToken,
    botUserId,
    appId: 'A0PARLEY',
    users,
    channels: demoChannels.map(({ name, slackChannelId }) => ({ id: slackChannelId, name, members })),
  };
}

export interface Service {
  app: App;
  url: string;
  slack: SlackStandIn;
  orgId: string;
  errors: { fields: Record<string, unknown>; message: string }[];
  inOrg<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const clock = createClock();

/**
 * The whole service and a strict Slack beside it, each on a port of its own and talking over HTTP, with the demo
 * organization connected to the workspace.
 */
export async function startService(): Promise<Service> {
  const errors: Service['errors'] = [];
  const log: Log = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: (fields, message) => void errors.push({ fields, message }),
  };
  const { databaseUrl, dataDir } = await database();
  const orgId = await prepare({ databaseUrl, dataDir }, log);
  let handle: (request: Request, env: never) => Response | Promise<Response> = () =>
    new Response('', { status: 503 });
  const server = createAdaptorServer({ fetch: (request, env) => handle(request, env as never) });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
  const url = `http://127.0.0.1:${port}`;
  const botToken = 'xoxb-journey';
  const running = await serveSlackStandIn({
    port: 0,
    target: `${url}/slack/events`,
    signingSecret: secret,
    workspaces: [workspace(team, botToken), workspace('T0UNKNOWN', 'xoxb-unknown')],
  });
  const config: Config = {
    port,
    host: '127.0.0.1',
    publicUrl: url,
    databaseUrl,
    databaseMigrationUrl: undefined,
    dataDir,
    encryptionKey: undefined,
    slack: {
      signingSecret: secret,
      botToken,
      clientId: undefined,
      clientSecret: undefined,
      apiUrl: `${running.url}/api/`,
    },
    teams: undefined,
    entra: undefined,
    playground: false,
    memberAutoJoin: 'rep',
    commandsPerSecond: 100,
    logLevel: 'error',
    production: false,
  };
  const app = await createApp({ config, log, clock, port: () => port });
  handle = (request, env) => app.web.fetch(request, env);
  return {
    app,
    url,
    slack: running.standIn,
    orgId,
    errors,
    inOrg: (work) => app.db.transaction({ as: 'app', orgId }, work),
    async close() {
      await app.close();
      await running.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      });
    },
  };
}

interface Place {
  databaseUrl: string | undefined;
  dataDir: string;
}

/** A migrated database of the caller's own, as the configuration names it. */
export async function database(): Promise<Place> {
  const dataDir = freshDirectory();
  if (testDatabaseKind() === 'postgres') return { databaseUrl: await freshPostgres(), dataDir };
  cpSync(String(process.env.PARLEY_TEST_TEMPLATE), dataDir, { recursive: true });
  return { databaseUrl: undefined, dataDir };
}

/** The demo organization, connected to the workspace. */
async function prepare({ databaseUrl, dataDir }: Place, log: Log): Promise<string> {
  const db = await openDatabase({ url: databaseUrl, dataDir, production: false, log });
  const core = createCore({ db, log, clock, memberAutoJoin: 'rep', publicUrl: 'http://localhost:3000' });
  const orgId = await createOrganization(core.engine, {
    slug: 'demo',
    name: 'Northwind Industrial',
    currency: 'CNY',
    timeZone: 'Asia/Shanghai',
    locale: 'en',
  });
  const installation = { platform: 'slack', externalId: team, name: 'Northwind', botUserId } as const;
  await connectInstallation(db, orgId, installation, clock.now());
  await operate(core.engine, { orgId, handler: 'demo-set' }, (ctx) =>
    seedDemoSet(ctx, { platform: 'slack', installation: team }),
  );
  await db.close();
  return orgId;
}

/** A request as Slack signs it. */
export function signed(
  body: string,
  options: { at?: number; secret?: string; type?: string; headers?: Record<string, string> } = {},
): RequestInit {
  const timestamp = String(options.at ?? Math.floor(Date.now() / 1000));
  const hash = createHmac('sha256', options.secret ?? secret)
    .update(`v0:${timestamp}:${body}`)
    .digest('hex');
  return {
    method: 'POST',
    body,
    headers: {
      'content-type': options.type ?? 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${hash}`,
      ...options.headers,
    },
  };
}

let triggers = 0;
/** The form a `/crm` command arrives as. */
export function commandBody(text: string, change: Record<string, string> = {}): string {
  triggers += 1;
  return new URLSearchParams({
    token: 'legacy',
    team_id: team,
    team_domain: 'demo',
    channel_id: 'C0WEST',
    channel_name: 'sales-west',
    user_id: 'U0EMMACLARK',
    user_name: 'emma',
    command: '/crm',
    text,
    api_app_id: 'A0PARLEY',
    response_url: 'https://hooks.slack.com/commands/1',
    trigger_id: `trigger.${process.pid}.${triggers}`,
    ...change,
  }).toString();
}
