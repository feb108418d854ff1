import { createClock } from '../infra/clock.ts';
import { type Config, ConfigError, readConfig } from '../infra/config.ts';
import type { Database } from '../infra/db/client.ts';
import { migrationState } from '../infra/db/migrate.ts';
import { checkTokens } from '../infra/installations.ts';
import { listOrganizations } from '../infra/organizations.ts';
import { outgoingState } from '../infra/outgoing-state.ts';
import { createSecrets } from '../infra/secrets.ts';
import type { Output } from './command.ts';

type Check = { name: string; ok: boolean; says: string };

/** Checks configuration, database, migrations, tokens, schedules and deliveries. Exit code 1 when anything is wrong, with its fix. */
export async function doctor(
  env: Record<string, string | undefined>,
  open: () => Promise<Database>,
  out: Output,
): Promise<number> {
  const checks: Check[] = [];
  try {
    const config = readConfig(env);
    checks.push({
      name: 'configuration',
      ok: true,
      says: `${config.publicUrl}, ${config.production ? 'production' : 'trying out'}`,
    });
    checks.push(...(await databaseChecks(open, config)));
    checks.push(await slackCheck(config));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const problem of error.problems) checks.push({ name: 'configuration', ok: false, says: problem });
  }
  for (const { name, ok, says } of checks) out.line(`${ok ? 'ok  ' : 'FAIL'}  ${name}: ${says}`);
  return checks.every((check) => check.ok) ? 0 : 1;
}

async function databaseChecks(open: () => Promise<Database>, config: Config): Promise<Check[]> {
  let db: Database;
  try {
    db = await open();
    await db.ping();
  } catch (error) {
    const says = `${error instanceof Error ? error.message : error}. Start it, or correct DATABASE_URL.`;
    return [{ name: 'database', ok: false, says }];
  }
  try {
    const { applied, pending } = await migrationState(db);
    const organizations = pending.length === 0 ? await listOrganizations(db) : [];
    return [
      {
        name: 'database',
        ok: true,
        says: db.kind === 'embedded' ? 'embedded (for trying out)' : 'PostgreSQL',
      },
      {
        name: 'migrations',
        ok: pending.length === 0,
        says:
          pending.length === 0
            ? `${applied} applied`
            : `${pending.length} pending: they run at the next start`,
      },
      {
        name: 'organizations',
        ok: true,
        says: organizations.map((one) => one.slug).join(', ') || 'none yet',
      },
      ...(pending.length === 0
        ? [...(await tokenChecks(db, config.encryptionKey)), ...(await outgoingChecks(db))]
        : []),
    ];
  } finally {
    await db.close();
  }
}

/** Whether digests and other recurring work run, and whether messages arrive. */
async function outgoingChecks(db: Database): Promise<Check[]> {
  const state = await outgoingState(db, createClock().now());
  const { schedules, overdue, pausedSchedules, uncertain, dead, held, shut } = state;
  const paused = pausedSchedules > 0 ? `, ${pausedSchedules} paused` : '';
  return [
    {
      name: 'schedules',
      ok: overdue === 0,
      says:
        overdue === 0
          ? `${schedules}, none overdue${paused}`
          : `${overdue} of ${schedules} are overdue: is the service running? They run when it starts`,
    },
    {
      name: 'deliveries',
      ok: dead === 0 && shut === 0,
      says:
        uncertain + dead + held + shut === 0
          ? 'nothing waits for anybody'
          : `${dead} not sent, ${uncertain} uncertain, ${held} held, ${shut} places shut. See: npm run cli -- deliveries`,
    },
  ];
}

/** Whether the tokens of connected workspaces open. */
async function tokenChecks(db: Database, encryptionKey: string | undefined): Promise<Check[]> {
  const secrets = encryptionKey === undefined ? undefined : createSecrets(encryptionKey);
  const tokens = await checkTokens(db, secrets);
  if (tokens.length === 0) return [];
  const of = (state: string) => tokens.filter((token) => token.state === state);
  const lost = of('lost').map(({ name, externalId }) => `${name} (${externalId})`);
  const outdated = of('outdated').length;
  const says =
    lost.length > 0
      ? `no key opens those of ${lost.join(', ')}. Add the key they were sealed with to ENCRYPTION_KEY, or install the app there again`
      : outdated > 0
        ? `${tokens.length} open, ${outdated} of them with an older key. Run: npm run cli -- secrets rotate`
        : `${tokens.length} open`;
  return [{ name: 'tokens', ok: lost.length === 0, says }];
}

async function slackCheck({ slack, publicUrl }: Config): Promise<Check> {
  if (!slack) return { name: 'slack', ok: true, says: 'off (SLACK_SIGNING_SECRET is not set)' };
  if (!slack.botToken) return severalWorkspaces(slack, publicUrl);
  try {
    const response = await fetch(new URL('auth.test', slack.apiUrl), {
      method: 'POST',
      headers: { authorization: `Bearer ${slack.botToken}` },
      signal: AbortSignal.timeout(10_000),
    });
    const body = (await response.json()) as { ok: boolean; team?: string; error?: string };
    return body.ok
      ? { name: 'slack', ok: true, says: `on, workspace ${body.team}` }
      : {
          name: 'slack',
          ok: false,
          says: `SLACK_BOT_TOKEN is refused (${body.error}). Copy it again from OAuth & Permissions.`,
        };
  } catch {
    return {
      name: 'slack',
      ok: false,
      says: `${slack.apiUrl} cannot be reached. Check the network or SLACK_API_URL.`,
    };
  }
}

function severalWorkspaces(slack: NonNullable<Config['slack']>, publicUrl: string): Check {
  const { clientId, clientSecret } = slack;
  const failed = (says: string): Check => ({ name: 'slack', ok: false, says });
  if (!clientId && !clientSecret) {
    return failed(
      'on, but nobody can connect a workspace. Set SLACK_BOT_TOKEN (one workspace), or SLACK_CLIENT_ID and SLACK_CLIENT_SECRET (several).',
    );
  }
  const missing = clientId ? 'SLACK_CLIENT_SECRET' : 'SLACK_CLIENT_ID';
  if (!clientId || !clientSecret) {
    return failed(`${missing} is missing. Copy it from Basic Information of your Slack app.`);
  }
  const install = new URL('/slack/install', publicUrl);
  const isStandIn = new URL(slack.apiUrl).protocol === 'http:';
  if (install.protocol !== 'https:' && !isStandIn) {
    return failed(
      `Slack leads people back to https:// addresses only. Set PUBLIC_URL to one (it is ${publicUrl}).`,
    );
  }
  return { name: 'slack', ok: true, says: `on, several workspaces: people install it at ${install.href}` };
}
