import { z } from 'zod';
import { usualPerSecond } from './turns.ts';

const optional = z.string().min(1).optional();
const guid = z.guid().toLowerCase().optional();
/** Where Microsoft's Bot Connector answers, by region and cloud; a leading dot stands for any host below. */
const connectorHosts = ['smba.trafficmanager.net', 'smba.infra.gcc.teams.microsoft.com', '.botframework.com'];
const flag = z.enum(['on', 'off']);

const variables = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: z.url().optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_MIGRATION_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATA_DIR: z.string().min(1).default('.data'),
  ENCRYPTION_KEY: z
    .string()
    .refine(
      (value) => value.split(',').every((key) => Buffer.from(key, 'base64').length === 32),
      'must be 32 bytes in base64',
    )
    .optional(),
  SLACK_SIGNING_SECRET: z.string().min(16, 'is shorter than any real signing secret').optional(),
  SLACK_BOT_TOKEN: z.string().startsWith('xoxb-').optional(),
  SLACK_CLIENT_ID: optional,
  SLACK_CLIENT_SECRET: optional,
  SLACK_API_URL: z.url().default('https://slack.com/api/'),
  TEAMS_APP_ID: guid,
  TEAMS_APP_SECRET: optional,
  TEAMS_HOME_TENANT_ID: guid,
  TEAMS_TAB_APP_ID: guid,
  TEAMS_ISSUER: z.string().min(1).default('https://api.botframework.com'),
  TEAMS_JWKS_URL: z.url().default('https://login.botframework.com/v1/.well-known/keys'),
  TEAMS_TOKEN_URL: z.url().optional(),
  TEAMS_SERVICE_HOSTS: z.string().default(connectorHosts.join(',')),
  ENTRA_ISSUER_TEMPLATE: z
    .string()
    .includes('{tid}', 'must have {tid} where the tenant stands')
    .default('https://login.microsoftonline.com/{tid}/v2.0'),
  ENTRA_JWKS_URL: z.url().default('https://login.microsoftonline.com/common/discovery/v2.0/keys'),
  PLAYGROUND: flag.optional(),
  MEMBER_AUTO_JOIN: z.enum(['off', 'read-only', 'rep', 'manager']).default('rep'),
  COMMANDS_PER_SECOND: z.coerce.number().int().min(1).max(100_000).default(usualPerSecond),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  NODE_ENV: z.string().optional(),
});

/** How to put each variable right, shown when the start stops over it and by `doctor`. */
const fixes: Record<keyof z.infer<typeof variables>, string> = {
  PORT: 'a port number, e.g. 3000',
  HOST: 'an address to listen on, e.g. 127.0.0.1',
  PUBLIC_URL: 'the address people and platforms reach the service at, e.g. https://crm.example.com',
  DATABASE_URL: 'postgres://user:password@host:5432/database, or nothing for the embedded database',
  DATABASE_MIGRATION_URL: 'the same for the login that owns the database, or nothing to use DATABASE_URL',
  DATA_DIR: 'a folder for the embedded database',
  ENCRYPTION_KEY: 'the output of: openssl rand -base64 32 (to change it: the new one, a comma, the old one)',
  SLACK_SIGNING_SECRET: 'Basic Information → Signing Secret of your Slack app',
  SLACK_BOT_TOKEN: 'OAuth & Permissions → Bot User OAuth Token (xoxb-…)',
  SLACK_CLIENT_ID: 'Basic Information → Client ID of your Slack app',
  SLACK_CLIENT_SECRET: 'Basic Information → Client Secret of your Slack app',
  SLACK_API_URL: 'https://slack.com/api/ (only stand-ins use another)',
  TEAMS_APP_ID: 'Microsoft App ID of your Azure Bot (a GUID)',
  TEAMS_APP_SECRET: 'a client secret of that app registration',
  TEAMS_HOME_TENANT_ID: 'Directory (tenant) ID of that app registration',
  TEAMS_TAB_APP_ID: 'Application (client) ID of the registration for the tab, or nothing: no tab in Teams',
  TEAMS_ISSUER: 'https://api.botframework.com (only stand-ins use another)',
  TEAMS_JWKS_URL: 'https://login.botframework.com/v1/.well-known/keys (only stand-ins use another)',
  TEAMS_TOKEN_URL: 'nothing (only stand-ins use another than Microsoft’s)',
  TEAMS_SERVICE_HOSTS: `${connectorHosts.join(',')} (only stand-ins use others)`,
  ENTRA_ISSUER_TEMPLATE: 'https://login.microsoftonline.com/{tid}/v2.0 (only stand-ins use another)',
  ENTRA_JWKS_URL: 'https://login.microsoftonline.com/common/discovery/v2.0/keys (only stand-ins use another)',
  PLAYGROUND: 'on or off',
  MEMBER_AUTO_JOIN: 'rep, manager, read-only or off',
  COMMANDS_PER_SECOND: 'a whole number from 1, e.g. 100',
  LOG_LEVEL: 'trace, debug, info, warn, error or silent',
  NODE_ENV: 'production for real use',
};

export const variableNames = Object.keys(fixes);

export interface TeamsConfig {
  appId: string;
  appSecret: string;
  homeTenantId: string;
  issuer: string;
  jwksUrl: string;
  tokenUrl: string;
  serviceHosts: string[];
}

export interface EntraConfig {
  tabAppId: string;
  issuerTemplate: string;
  jwksUrl: string;
}

export interface Config {
  port: number;
  host: string;
  publicUrl: string;
  databaseUrl: string | undefined;
  databaseMigrationUrl: string | undefined;
  dataDir: string;
  encryptionKey: string | undefined;
  slack:
    | {
        signingSecret: string;
        botToken: string | undefined;
        clientId: string | undefined;
        clientSecret: string | undefined;
        apiUrl: string;
      }
    | undefined;
  teams: TeamsConfig | undefined;
  /** Tokens of the tab inside Teams; needs a registration of its own. */
  entra: EntraConfig | undefined;
  playground: boolean;
  memberAutoJoin: 'off' | 'read-only' | 'rep' | 'manager';
  /** What an organization may do in each second while others want in too, in each process. */
  commandsPerSecond: number;
  logLevel: string;
  production: boolean;
}

/** A value of the environment is missing or malformed; `problems` name the variable and the fix. */
export class ConfigError extends Error {
  readonly problems: string[];
  constructor(problems: string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** Reads and checks the environment, once. Throws ConfigError. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = variables.safeParse(given);
  if (!parsed.success) {
    throw new ConfigError(
      parsed.error.issues.map((issue) => {
        const name = String(issue.path[0]) as keyof typeof fixes;
        return `${name}: ${issue.message}. Set it to ${fixes[name]}.`;
      }),
    );
  }
  const values = parsed.data;
  const production = values.NODE_ENV === 'production';
  const isLoopback = ['127.0.0.1', 'localhost', '::1'].includes(values.HOST);
  const problems: string[] = [];
  const slackValues = [values.SLACK_BOT_TOKEN, values.SLACK_CLIENT_ID, values.SLACK_CLIENT_SECRET];
  if (!values.SLACK_SIGNING_SECRET && slackValues.some(Boolean)) {
    problems.push(
      `SLACK_SIGNING_SECRET: missing while other Slack values are set. Set it to ${fixes.SLACK_SIGNING_SECRET}.`,
    );
  }
  const teamsNames = ['TEAMS_APP_ID', 'TEAMS_APP_SECRET', 'TEAMS_HOME_TENANT_ID'] as const;
  const hasTeams = teamsNames.some((name) => values[name] !== undefined);
  for (const name of teamsNames) {
    if (!hasTeams || values[name] !== undefined) continue;
    problems.push(`${name}: missing while other Teams values are set. Set it to ${fixes[name]}.`);
  }
  const playground = values.PLAYGROUND
    ? values.PLAYGROUND === 'on'
    : !values.SLACK_SIGNING_SECRET && !hasTeams && !production && isLoopback;
  if (playground && production) problems.push('PLAYGROUND: never in production. Set it to off.');
  if (playground && !isLoopback) {
    problems.push('PLAYGROUND: only on a loopback address. Set it to off, or HOST to 127.0.0.1.');
  }
  if (playground && values.SLACK_SIGNING_SECRET) {
    problems.push('PLAYGROUND: it brings a Slack of its own. Set it to off, or remove SLACK_SIGNING_SECRET.');
  }
  if (playground && hasTeams) {
    problems.push('PLAYGROUND: it brings a Teams of its own. Set it to off, or remove TEAMS_APP_ID.');
  }
  if (values.SLACK_CLIENT_ID && !values.ENCRYPTION_KEY) {
    problems.push(`ENCRYPTION_KEY: needed to keep workspace tokens. Set it to ${fixes.ENCRYPTION_KEY}.`);
  }
  if (production && values.PUBLIC_URL && !values.PUBLIC_URL.startsWith('https:')) {
    problems.push('PUBLIC_URL: cookies and Teams need https in production. Set it to the https address.');
  }
  if (production && !values.DATABASE_URL) {
    problems.push(`DATABASE_URL: missing in production. Set it to ${fixes.DATABASE_URL}.`);
  }
  if (production && !values.ENCRYPTION_KEY) {
    problems.push(`ENCRYPTION_KEY: missing in production. Set it to ${fixes.ENCRYPTION_KEY}.`);
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return {
    port: values.PORT,
    host: values.HOST,
    publicUrl: (values.PUBLIC_URL ?? `http://localhost:${values.PORT}`).replace(/\/$/, ''),
    databaseUrl: values.DATABASE_URL,
    databaseMigrationUrl: values.DATABASE_MIGRATION_URL,
    dataDir: values.DATA_DIR,
    encryptionKey: values.ENCRYPTION_KEY,
    slack: values.SLACK_SIGNING_SECRET
      ? {
          signingSecret: values.SLACK_SIGNING_SECRET,
          botToken: values.SLACK_BOT_TOKEN,
          clientId: values.SLACK_CLIENT_ID,
          clientSecret: values.SLACK_CLIENT_SECRET,
          apiUrl: values.SLACK_API_URL,
        }
      : undefined,
    teams: teamsOf(values),
    entra: values.TEAMS_TAB_APP_ID
      ? {
          tabAppId: values.TEAMS_TAB_APP_ID,
          issuerTemplate: values.ENTRA_ISSUER_TEMPLATE,
          jwksUrl: values.ENTRA_JWKS_URL,
        }
      : undefined,
    playground,
    memberAutoJoin: values.MEMBER_AUTO_JOIN,
    commandsPerSecond: values.COMMANDS_PER_SECOND,
    logLevel: values.LOG_LEVEL,
    production,
  };
}

function teamsOf(values: z.infer<typeof variables>): TeamsConfig | undefined {
  const { TEAMS_APP_ID: appId, TEAMS_APP_SECRET: appSecret, TEAMS_HOME_TENANT_ID: homeTenantId } = values;
  if (!appId || !appSecret || !homeTenantId) return undefined;
  return {
    appId,
    appSecret,
    homeTenantId,
    issuer: values.TEAMS_ISSUER,
    jwksUrl: values.TEAMS_JWKS_URL,
    tokenUrl: values.TEAMS_TOKEN_URL ?? `https://login.microsoftonline.com/${homeTenantId}/oauth2/v2.0/token`,
    serviceHosts: values.TEAMS_SERVICE_HOSTS.split(',')
      .map((host) => host.trim().toLowerCase())
      .filter(Boolean),
  };
}
