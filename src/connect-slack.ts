import type { Core } from './app.ts';
import { welcome } from './features/org/help/api.ts';
import type { Config } from './infra/config.ts';
import {
  connectInstallation,
  createOrganization,
  installedOrganizations,
  listOrganizations,
} from './infra/organizations.ts';
import { operate } from './runtime/execute.ts';
import type { Log } from './runtime/ports.ts';

interface AuthTest {
  ok: boolean;
  error?: string;
  team_id?: string;
  team?: string;
  url?: string;
  user_id?: string;
}

interface SlackMember {
  id: string;
  is_primary_owner?: boolean;
}

/** Slack refuses the configured bot token: the start stops, and says how to get a good one. */
export class SlackTokenError extends Error {
  constructor(code: string) {
    super(
      `SLACK_BOT_TOKEN: Slack refuses it (${code}). Copy it again from OAuth & Permissions → Bot User OAuth Token.`,
    );
    this.name = 'SlackTokenError';
  }
}

/**
 * Single-workspace mode: connects the workspace the bot token belongs to. The first time it makes the
 * organization, takes the workspace's owner in as admin and welcomes them. Throws SlackTokenError.
 */
export async function connectSlackWorkspace(
  core: Core,
  slack: NonNullable<Config['slack']>,
  log: Log,
): Promise<void> {
  if (!slack.botToken) return;
  const auth = await call<AuthTest>(slack, 'auth.test', {});
  if (!auth.ok || !auth.team_id) throw new SlackTokenError(auth.error ?? 'no answer');
  const team = auth.team_id;
  const now = core.engine.clock.now();
  const name = auth.team ?? team;
  const installation = {
    platform: 'slack',
    externalId: team,
    name,
    botUserId: auth.user_id ?? null,
  } as const;
  const connected = await core.engine.sessions.organizationOf('slack', team);
  if (connected) {
    await connectInstallation(core.db, connected, installation, now);
    return;
  }
  const orgId = await organizationFor(core, name, team);
  await connectInstallation(core.db, orgId, installation, now);
  core.forgetInstallations();
  log.info({ orgId, platform: 'slack' }, 'workspace connected');
  await welcomeOwner(core, slack, orgId, team);
}

/**
 * The organization the workspace had before it was uninstalled; else the only one there is, made before by the
 * operator and still without a workspace; else a new one. Another workspace's organization is never meant: its people
 * would become members of a stranger's.
 */
async function organizationFor(core: Core, name: string, team: string): Promise<string> {
  const [all, installed] = await Promise.all([
    listOrganizations(core.db),
    installedOrganizations(core.db, 'slack'),
  ]);
  const own = installed.find(({ externalId }) => externalId === team);
  if (own) return own.orgId;
  const [only] = all;
  if (only && all.length === 1 && installed.length === 0) return only.orgId;
  const base =
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 30) || 'workspace';
  const slug = all.some((one) => one.slug === base) ? `${base}-${team.toLowerCase()}` : base;
  return createOrganization(core.engine, { slug, name, currency: 'USD', timeZone: 'UTC', locale: 'en' });
}

async function welcomeOwner(
  core: Core,
  slack: NonNullable<Config['slack']>,
  orgId: string,
  team: string,
): Promise<void> {
  const people = await call<{ ok: boolean; members?: SlackMember[] }>(slack, 'users.list', { limit: '200' });
  const owner = people.members?.find((member) => member.is_primary_owner);
  if (!owner) return;
  const visitor = { platform: 'slack', installation: team, userId: owner.id } as const;
  const profile = await core.engine.profile(visitor);
  if (!profile) return;
  const now = core.engine.clock.now();
  await core.db.transaction({ as: 'app', orgId }, (tx) =>
    core.engine.sessions.join(tx, orgId, visitor, { ...profile, isOwnerOrAdmin: true }, now),
  );
  await operate(core.engine, { orgId, handler: 'workspace.connected' }, async (ctx) =>
    ctx.notify(welcome, {}),
  );
}

async function call<T>(
  slack: NonNullable<Config['slack']>,
  method: string,
  body: Record<string, string>,
): Promise<T> {
  const response = await fetch(new URL(method, slack.apiUrl), {
    method: 'POST',
    headers: { authorization: `Bearer ${slack.botToken}` },
    body: new URLSearchParams(body),
    signal: AbortSignal.timeout(10_000),
  });
  return (await response.json()) as T;
}
