import { ConfigError, readConfig } from '../infra/config.ts';
import type { Database } from '../infra/db/client.ts';
import { migrationState } from '../infra/db/migrate.ts';
import { listOrganizations } from '../infra/organizations.ts';
import type { Output } from './command.ts';

type Check = { name: string; ok: boolean; says: string };

/** Checks configuration, database, migrations and tokens. Exit code 1 when anything is wrong, with its fix. */
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
    checks.push(...(await databaseChecks(open)));
    checks.push(await slackCheck(config.slack));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const problem of error.problems) checks.push({ name: 'configuration', ok: false, says: problem });
  }
  for (const { name, ok, says } of checks) out.line(`${ok ? 'ok  ' : 'FAIL'}  ${name}: ${says}`);
  return checks.every((check) => check.ok) ? 0 : 1;
}

async function databaseChecks(open: () => Promise<Database>): Promise<Check[]> {
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
    ];
  } finally {
    await db.close();
  }
}

async function slackCheck(slack: ReturnType<typeof readConfig>['slack']): Promise<Check> {
  if (!slack) return { name: 'slack', ok: true, says: 'off (SLACK_SIGNING_SECRET is not set)' };
  if (!slack.botToken) return { name: 'slack', ok: true, says: 'on, several workspaces' };
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
