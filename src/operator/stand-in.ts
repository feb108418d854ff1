import { parseArgs } from 'node:util';
import { serveSlackStandIn, serveTeamsStandIn } from '../playground/serve.ts';
import { type Output, UsageError } from './command.ts';

const usage = [
  'stand-in slack --port 4000 --target http://127.0.0.1:3000/slack/events [--signing-secret <secret>] [--bot-token xoxb-…]',
  'stand-in teams --port 4001 --target http://127.0.0.1:3000/api/messages [--app-id <uuid>] [--app-secret <secret>] [--tenant <uuid>]',
].join('\n');

const people = [
  { handle: 'olivia', name: 'Olivia Owner' },
  { handle: 'rob', name: 'Rob Rep' },
  { handle: 'wangmin', name: '王敏', locale: 'zh-CN' as const, timeZone: 'Asia/Shanghai' },
  { handle: 'gina', name: 'Gina Guest' },
].map((one) => ({
  locale: 'en-US' as const,
  timeZone: 'Europe/London',
  email: `${one.handle}@stand-in.example`,
  ...one,
}));

/** Runs a strict local chat platform until Ctrl-C; the service is pointed at it by its environment. */
export async function standIn(args: string[], out: Output): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      port: { type: 'string' },
      target: { type: 'string' },
      'signing-secret': { type: 'string', default: 'stand-in-signing-secret' },
      'bot-token': { type: 'string', default: 'xoxb-stand-in' },
      'app-id': { type: 'string', default: '00000000-0000-4000-8000-00000000b070' },
      'app-secret': { type: 'string', default: 'stand-in-app-secret' },
      'tab-app-id': { type: 'string', default: '00000000-0000-4000-8000-000000007ab0' },
      tenant: { type: 'string', default: '00000000-0000-4000-8000-00000000e417' },
    },
  });
  switch (positionals[0]) {
    case 'slack':
      return runSlack(out, {
        port: Number(values.port ?? 4000),
        target: values.target ?? 'http://127.0.0.1:3000/slack/events',
        signingSecret: values['signing-secret'],
        botToken: values['bot-token'],
      });
    case 'teams':
      return runTeams(out, {
        port: Number(values.port ?? 4001),
        target: values.target ?? 'http://127.0.0.1:3000/api/messages',
        appId: values['app-id'],
        appSecret: values['app-secret'],
        tabAppId: values['tab-app-id'],
        tenant: values.tenant,
      });
    default:
      throw new UsageError(usage);
  }
}

interface SlackValues {
  port: number;
  target: string;
  signingSecret: string;
  botToken: string;
}

async function runSlack(
  out: Output,
  { port, target, signingSecret, botToken }: SlackValues,
): Promise<number> {
  const ids = ['U0OWNER', 'U0REP', 'U0REPZH', 'U0GUEST'];
  const users = people.map(({ handle, name, timeZone, ...one }, index) => ({
    ...one,
    id: ids[index] ?? `U0${index}`,
    name: handle,
    realName: name,
    tz: timeZone,
    ...(index === 0 ? { isAdmin: true, isOwner: true } : {}),
    ...(handle === 'gina' ? { isRestricted: true } : {}),
  }));
  const bot = {
    id: 'U0BOT',
    name: 'parley',
    realName: 'Parley',
    email: '',
    locale: 'en-US' as const,
    tz: 'UTC',
    isBot: true,
  };
  const everybody = [...users, bot];
  const workspace = {
    id: 'T0STANDIN',
    name: 'Stand-in',
    domain: 'stand-in',
    botToken,
    botUserId: bot.id,
    appId: 'A0PARLEY',
    users: everybody,
    channels: [{ id: 'C0SALES', name: 'sales', members: everybody.map(({ id }) => id) }],
  };
  const running = await serveSlackStandIn({ port, target, signingSecret, workspaces: [workspace] });
  out.line(`Slack stand-in at ${running.url}`);
  out.line('Start the service with:');
  out.line(
    `  SLACK_SIGNING_SECRET=${signingSecret} SLACK_BOT_TOKEN=${botToken} SLACK_API_URL=${running.url}/api/ npm start`,
  );
  out.line(
    `Type with: curl -s ${running.url}/_control/command -d '{"user":"U0REP","channel":"C0SALES","text":"/crm help"}' -H 'content-type: application/json'`,
  );
  return untilStopped(running);
}

interface TeamsValues {
  port: number;
  target: string;
  appId: string;
  appSecret: string;
  tabAppId: string;
  tenant: string;
}

async function runTeams(
  out: Output,
  { port, target, appId, appSecret, tabAppId, tenant }: TeamsValues,
): Promise<number> {
  const users = people.map(({ handle, ...one }, index) => ({
    ...one,
    id: `29:${handle}`,
    aadObjectId: `00000000-0000-4000-8000-00000000000${index + 1}`,
    userPrincipalName: one.email,
    userRole: handle === 'gina' ? ('guest' as const) : ('user' as const),
  }));
  const members = users.map(({ aadObjectId }) => aadObjectId);
  const channel = { id: '19:sales@thread.tacv2', name: 'sales', members };
  const tenants = [
    { id: tenant, name: 'Stand-in', users, teams: [{ id: channel.id, name: 'Sales', channels: [channel] }] },
  ];
  const options = { appId, appSecret, tabAppId, tenants, homeTenantId: tenant };
  const running = await serveTeamsStandIn({ port, target, ...options });
  const { url } = running;
  const variables = {
    TEAMS_APP_ID: appId,
    TEAMS_APP_SECRET: appSecret,
    TEAMS_HOME_TENANT_ID: tenant,
    TEAMS_TAB_APP_ID: tabAppId,
    TEAMS_JWKS_URL: `${url}/keys`,
    TEAMS_TOKEN_URL: `${url}/token`,
    TEAMS_SERVICE_HOSTS: new URL(url).host,
    ENTRA_ISSUER_TEMPLATE: `${url}/entra/{tid}/v2.0`,
    ENTRA_JWKS_URL: `${url}/entra/keys`,
  };
  out.line(`Teams stand-in at ${url}`);
  out.line('Start the service with:');
  const pairs = Object.entries(variables).map(([name, value]) => `${name}='${value}'`);
  out.line(`  ${pairs.join(' \\\n  ')} \\\n  npm start`);
  out.line(
    `Type with: curl -s ${url}/_control/say -d '{"user":"${members[1]}","text":"help"}' -H 'content-type: application/json'`,
  );
  return untilStopped(running);
}

async function untilStopped(running: { close(): Promise<void> }): Promise<number> {
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
  });
  await running.close();
  return 0;
}
