import type { Core } from './app.ts';
import { connectByCode } from './connect-code.ts';
import { welcome } from './features/org/help/api.ts';
import type { Config } from './infra/config.ts';
import { DatabaseUnavailableError, DeadlineError, isUniqueViolation } from './infra/db/errors.ts';
import { storeInstallation } from './infra/installations.ts';
import { organizationOfCode } from './infra/one-time-codes.ts';
import {
  connectInstallation,
  createOrganization,
  installedOrganizations,
  listOrganizations,
} from './infra/organizations.ts';
import type { Secrets } from './infra/secrets.ts';
import { AppError } from './kernel/errors.ts';
import type { Grant } from './platforms/slack/oauth.ts';
import { operate } from './runtime/execute.ts';
import type { Visitor } from './runtime/interaction.ts';
import type { Log } from './runtime/ports.ts';
import type { Tx } from './store/tx.ts';

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

/** Slack gave no answer that says anything of the token: down, overloaded, or not reached. */
class SlackAwayError extends Error {
  constructor(method: string, reason: string) {
    super(`${method}: ${reason}`);
    this.name = 'SlackAwayError';
  }
}

/** What Slack says when it could not look at the token. */
const awayCodes = new Set([
  'ratelimited',
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
]);
const longestWaitMs = 60_000;

function isAway(error: unknown): boolean {
  return (
    error instanceof SlackAwayError ||
    error instanceof DatabaseUnavailableError ||
    error instanceof DeadlineError
  );
}

/**
 * The same for a start that must not depend on Slack: while it, or the database, is away the service runs, what is connected already
 * works on, and connecting is tried again until it is done. Throws SlackTokenError. Answers how to stop trying.
 */
export async function keepConnecting(
  core: Core,
  slack: NonNullable<Config['slack']>,
  log: Log,
  firstWaitMs = 1000,
): Promise<() => void> {
  let timer: NodeJS.Timeout | undefined;
  const attempt = async (waitMs: number): Promise<void> => {
    try {
      await connectSlackWorkspace(core, slack, log);
    } catch (error) {
      if (!isAway(error)) throw error;
      log.warn(
        { err: error, waitMs },
        'Slack or the database is away; connecting the workspace is tried again',
      );
      timer = setTimeout(() => {
        attempt(Math.min(waitMs * 2, longestWaitMs)).catch((cause) =>
          log.error({ err: cause }, 'workspace not connected'),
        );
      }, waitMs);
      timer.unref();
    }
  };
  await attempt(firstWaitMs);
  return () => clearTimeout(timer);
}

/**
 * Single-workspace mode: connects the workspace the bot token belongs to. The first time it makes the
 * organization, takes the workspace's owner in as admin and welcomes them. Throws SlackTokenError, SlackAwayError.
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
  // Asked first: what is made below is made once, and the welcome with it.
  const owner = await ownerOf(slack);
  const orgId = await organizationFor(core, name, team);
  await connectInstallation(core.db, orgId, installation, now);
  core.forgetInstallations();
  log.info({ orgId, platform: 'slack' }, 'workspace connected');
  if (owner) await welcomeOwner(core, orgId, team, owner);
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
  const slug = slugFor(name, team, new Set(all.map((one) => one.slug)));
  return createOrganization(core.engine, { slug, name, currency: 'USD', timeZone: 'UTC', locale: 'en' });
}

function slugFor(name: string, team: string, taken: ReadonlySet<string>): string {
  const base =
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 30) || 'workspace';
  return taken.has(base) ? `${base}-${team.toLowerCase()}` : base;
}

/**
 * Multi-workspace mode: keeps the token of a workspace whose people installed the app. One that was connected before
 * goes back to its own organization, whatever code came with it; a new one goes where the code leads; without a code
 * it gets an organization of its own, whose admin is the installer. Nobody gets another organization by asking.
 */
export async function installWorkspace(
  core: Core,
  secrets: Secrets,
  grant: Grant,
  log: Log,
): Promise<'installed' | 'code-over'> {
  const outcome = await place(core, secrets, grant);
  core.forgetInstallations();
  if (outcome === 'code-over') return outcome;
  log.info({ orgId: outcome.orgId, platform: 'slack' }, 'workspace connected');
  if (outcome.isNew) await sendWelcome(core, outcome.orgId);
  return 'installed';
}

/** `isNew`: the organization did not have this workspace before. */
type Placed = { orgId: string; isNew: boolean };

const mostTries = 4;

async function place(core: Core, secrets: Secrets, grant: Grant, tries = 1): Promise<Placed | 'code-over'> {
  const { team, code } = grant;
  const installed = await installedOrganizations(core.db, 'slack');
  const former = installed.find(({ externalId }) => externalId === team.id);
  if (former) {
    await reinstall(core, secrets, former.orgId, grant);
    return { orgId: former.orgId, isNew: false };
  }
  try {
    const orgId =
      code === undefined ? await found(core, secrets, grant) : await follow(core, secrets, code, grant);
    return orgId === undefined ? 'code-over' : { orgId, isNew: true };
  } catch (error) {
    // Somebody of the same workspace or a company of the same name was quicker, or is and keeps us waiting:
    // everything of ours was rolled back.
    const isBeaten =
      isUniqueViolation(error, 'installations_external') ||
      isUniqueViolation(error, 'organizations_slug') ||
      error instanceof DatabaseUnavailableError;
    if (!isBeaten || tries >= mostTries) throw error;
    return place(core, secrets, grant, tries + 1);
  }
}

/** Who installs an app is not always an admin of the workspace, so coming back makes nobody more than they were. */
async function reinstall(core: Core, secrets: Secrets, orgId: string, grant: Grant): Promise<void> {
  const { profile } = grant.installer;
  const now = core.engine.clock.now();
  await core.db.transaction({ as: 'app', orgId }, async (tx) => {
    await store(tx, secrets, orgId, grant, now);
    if (profile.isOutsider) return;
    await core.engine.sessions.join(tx, orgId, visitorOf(grant), profile, now);
  });
}

async function found(core: Core, secrets: Secrets, grant: Grant): Promise<string> {
  const { team, installer } = grant;
  const { timeZone, locale } = installer.profile;
  const now = core.engine.clock.now();
  const all = await listOrganizations(core.db);
  const values = { name: team.name, currency: 'USD', timeZone, locale };
  const slug = slugFor(team.name, team.id, new Set(all.map((one) => one.slug)));
  return createOrganization(core.engine, { ...values, slug }, async (tx, orgId) => {
    await store(tx, secrets, orgId, grant, now);
    const profile = { ...installer.profile, isOwnerOrAdmin: true };
    await core.engine.sessions.join(tx, orgId, visitorOf(grant), profile, now);
  });
}

/** `undefined`: the code leads nowhere (any more). */
async function follow(core: Core, secrets: Secrets, code: string, grant: Grant): Promise<string | undefined> {
  const orgId = await organizationOfCode(core.db, 'link', code);
  if (!orgId) return undefined;
  const { profile } = grant.installer;
  try {
    await core.db.transaction({ as: 'app', orgId }, (tx) =>
      connectByCode(core, tx, { orgId, code, visitor: visitorOf(grant), profile }, (now) =>
        store(tx, secrets, orgId, grant, now),
      ),
    );
    return orgId;
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return undefined;
    throw error;
  }
}

/** Name of the organization that workspaces are connected to by this code, if they are to any. */
export async function organizationBehind(core: Core, code: string): Promise<string | undefined> {
  const orgId = await organizationOfCode(core.db, 'link', code);
  if (!orgId) return undefined;
  return core.db.transaction({ as: 'app', orgId }, async (tx) => {
    const link = await core.engine.codes.readLink(tx, orgId, code);
    return link?.mayConnect ? (await core.engine.sessions.organization(tx, orgId)).name : undefined;
  });
}

function visitorOf({ team, installer }: Grant): Visitor {
  return { platform: 'slack', installation: team.id, userId: installer.userId };
}

function store(tx: Tx, secrets: Secrets, orgId: string, grant: Grant, now: Date): Promise<void> {
  const { team, botUserId, token, installer } = grant;
  const installation = {
    externalId: team.id,
    name: team.name,
    botUserId,
    token,
    installedBy: installer.userId,
  };
  return storeInstallation(tx, secrets, orgId, installation, now);
}

/** Once per organization, to its admins. */
function sendWelcome(core: Core, orgId: string): Promise<void> {
  return operate(core.engine, { orgId, handler: 'workspace.connected' }, async (ctx) =>
    ctx.notify(welcome, {}),
  );
}

async function ownerOf(slack: NonNullable<Config['slack']>): Promise<SlackMember | undefined> {
  const people = await call<{ ok: boolean; members?: SlackMember[] }>(slack, 'users.list', { limit: '200' });
  return people.members?.find((member) => member.is_primary_owner);
}

async function welcomeOwner(core: Core, orgId: string, team: string, owner: SlackMember): Promise<void> {
  const visitor = { platform: 'slack', installation: team, userId: owner.id } as const;
  const profile = await core.engine.profile(visitor);
  if (!profile) return;
  const now = core.engine.clock.now();
  await core.db.transaction({ as: 'app', orgId }, (tx) =>
    core.engine.sessions.join(tx, orgId, visitor, { ...profile, isOwnerOrAdmin: true }, now),
  );
  await sendWelcome(core, orgId);
}

async function call<T>(
  slack: NonNullable<Config['slack']>,
  method: string,
  body: Record<string, string>,
): Promise<T> {
  let answer: { error?: string };
  try {
    const response = await fetch(new URL(method, slack.apiUrl), {
      method: 'POST',
      headers: { authorization: `Bearer ${slack.botToken}` },
      body: new URLSearchParams(body),
      signal: AbortSignal.timeout(10_000),
    });
    if (response.status >= 500) throw new SlackAwayError(method, String(response.status));
    answer = (await response.json()) as { error?: string };
  } catch (error) {
    if (error instanceof SlackAwayError) throw error;
    throw new SlackAwayError(method, error instanceof Error ? error.message : String(error));
  }
  if (answer.error !== undefined && awayCodes.has(answer.error))
    throw new SlackAwayError(method, answer.error);
  return answer as T;
}
