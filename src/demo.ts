import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Hono } from 'hono';
import type { Core } from './app.ts';
import { moveClock } from './demo-clock.ts';
import { exampleLines } from './demo-examples.ts';
import {
  type DemoPlace,
  demoTenant,
  demoWorkspace,
  ownerObjectId,
  ownerUser,
  tenantOf,
  workspaceOf,
} from './demo-places.ts';
import {
  demoChannels,
  linkDemoPeople,
  linkIdentities,
  seedDemoDesk,
  seedDemoSet,
} from './features/demo-set.ts';
import { keepSchedules } from './features/insight/digests/api.ts';
import type { SettableClock } from './infra/clock.ts';
import type { Config } from './infra/config.ts';
import {
  connectInstallation,
  createOrganization,
  installedOrganizations,
  listOrganizations,
} from './infra/organizations.ts';
import { createPlaceBook } from './infra/places.ts';
import { globalShortcutId, messageShortcutId } from './platforms/slack/manifest.ts';
import { createPlayground, type PlaygroundOrganization } from './playground/playground.ts';
import { createSlackStandIn } from './playground/slack/stand-in.ts';
import { createTeamsStandIn } from './playground/teams/stand-in.ts';
import { operate } from './runtime/execute.ts';
import { extensionCommands, teamsOffer } from './teams-offer.ts';

const demoSlug = 'demo';
const appId = '0e0e0e0e-0000-4000-8000-0000000000a1';
const tabAppId = '0e0e0e0e-0000-4000-8000-0000000000a2';

export interface Demo {
  slack: NonNullable<Config['slack']>;
  teams: NonNullable<Config['teams']>;
  entra: NonNullable<Config['entra']>;
  routes: Hono;
  /** Bot token of each workspace, by team id. */
  tokens: ReadonlyMap<string, string>;
  close(): void;
}

interface DemoOrganization {
  orgId: string;
  slug: string;
  workspace: DemoPlace;
  tenant: DemoPlace;
}

/**
 * The playground: stand-ins of both chat platforms in this process that talk to the service over real HTTP, with the
 * demo organization and a workspace and a tenant for every other organization there is.
 */
export async function openDemo(core: Core, clock: SettableClock, port: () => number): Promise<Demo> {
  await ensureDemoOrganization(core);
  const organizations = (await listOrganizations(core.db)).map(placesOf);
  await connect(core, organizations);
  for (const { orgId } of organizations) {
    // Everybody's morning list is on from the start, not from the next full hour.
    await operate(core.engine, { orgId, handler: 'digests.keep' }, keepSchedules);
  }
  const signingSecret = randomBytes(32).toString('hex');
  const appSecret = randomBytes(32).toString('hex');
  const base = () => `http://127.0.0.1:${port()}`;
  const teamsBase = () => `${base()}/playground/teams`;
  if (port() > 0) await makeDeskKnown(core, organizations, teamsBase());
  const wallClock = () => clock.now().getTime();
  const tokens = new Map(
    organizations.map(({ workspace }) => [
      workspace.id,
      `xoxb-playground-${randomBytes(16).toString('hex')}`,
    ]),
  );
  const slackStandIn = createSlackStandIn({
    signingSecret,
    target: () => `${base()}/slack/events`,
    publicBase: () => `${base()}/playground/slack`,
    workspaces: organizations.map(({ slug, workspace }) =>
      workspaceOf(workspace, { domain: slug, botToken: tokens.get(workspace.id) ?? '' }),
    ),
    wallClock,
  });
  const teamsStandIn = createTeamsStandIn({
    appId,
    appSecret,
    tabAppId,
    target: () => `${base()}/api/messages`,
    publicBase: teamsBase,
    tenants: organizations.map(({ tenant }) => tenantOf(tenant)),
    wallClock,
  });
  const entries: PlaygroundOrganization[] = organizations.map(({ slug, workspace, tenant }) => ({
    id: slug,
    name: workspace.name,
    team: workspace.id,
    tenant: tenant.id,
    examples: exampleLines(core),
  }));
  const routes = createPlayground({
    standIn: slackStandIn,
    teams: teamsStandIn,
    wwwDir: join(import.meta.dirname, '../dist/www'),
    organizations: entries.sort((a, b) => Number(b.id === demoSlug) - Number(a.id === demoSlug)),
    shortcuts: [
      { type: 'message', callbackId: messageShortcutId, name: 'Log to CRM' },
      { type: 'global', callbackId: globalShortcutId, name: 'New lead' },
    ],
    commands: extensionCommands(teamsOffer(core.registry, core.translate, 'en')),
    clock: { now: clock.now, set: (to) => moveClock(core, clock, to) },
  });
  return {
    slack: {
      signingSecret,
      botToken: undefined,
      clientId: undefined,
      clientSecret: undefined,
      apiUrl: `${base()}/playground/slack/api/`,
    },
    teams: {
      appId,
      appSecret,
      homeTenantId: demoTenant,
      issuer: 'https://api.botframework.com',
      jwksUrl: `${teamsBase()}/keys`,
      tokenUrl: `${teamsBase()}/token`,
      serviceHosts: [new URL(base()).host],
    },
    entra: {
      tabAppId,
      issuerTemplate: `${teamsBase()}/entra/{tid}/v2.0`,
      jwksUrl: `${teamsBase()}/entra/keys`,
    },
    routes,
    tokens,
    close: () => {
      slackStandIn.close();
      teamsStandIn.close();
    },
  };
}

function placesOf({ orgId, slug, name }: { orgId: string; slug: string; name: string }): DemoOrganization {
  const isDemo = slug === demoSlug;
  const team = isDemo ? demoWorkspace.id : `T${orgId.replaceAll('-', '').slice(-9).toUpperCase()}`;
  return {
    orgId,
    slug,
    workspace: { id: team, name, isDemo },
    tenant: { id: isDemo ? demoTenant : orgId, name, isDemo },
  };
}

/** Puts every organization on both platforms; people who are on one are the same people on the other. */
async function connect(core: Core, organizations: readonly DemoOrganization[]): Promise<void> {
  const now = core.engine.clock.now();
  const inTeams = await installedOrganizations(core.db, 'teams');
  const { botUserId } = demoWorkspace;
  for (const { orgId, workspace, tenant } of organizations) {
    const at = {
      slack: { externalId: workspace.id, botUserId },
      teams: { externalId: tenant.id, botUserId: null },
    };
    for (const platform of ['slack', 'teams'] as const) {
      const installation = { platform, name: workspace.name, ...at[platform] };
      await connectInstallation(core.db, orgId, installation, now);
    }
    // Once only: what people tie and untie themselves afterwards stays as they left it.
    if (inTeams.some((one) => one.externalId === tenant.id)) continue;
    await operate(core.engine, { orgId, handler: 'demo-set' }, async (ctx) => {
      const installation = { platform: 'teams', installation: tenant.id } as const;
      if (workspace.isDemo) {
        await seedDemoDesk(ctx, installation);
        return linkDemoPeople(ctx, installation);
      }
      const memberId = await ensureOwner(core, ctx, workspace.id);
      await linkIdentities(ctx, installation, [{ memberId, externalUserId: ownerObjectId(tenant.id) }]);
    });
  }
}

/** Teams tells where a channel is only once somebody writes there; the demo's desk takes posts from the start. */
async function makeDeskKnown(
  core: Core,
  organizations: readonly DemoOrganization[],
  serviceUrl: string,
): Promise<void> {
  const desk = demoChannels.find(({ key }) => key === 'deal-desk');
  const demo = organizations.find(({ slug }) => slug === demoSlug);
  if (!desk || !demo) return;
  const conversationId = desk.teamsChannelId;
  await createPlaceBook(core.db, core.engine.clock).remember(
    {
      orgId: demo.orgId,
      platform: 'teams',
      installation: demo.tenant.id,
      place: { kind: 'channel', id: conversationId },
    },
    { serviceUrl, conversationId },
  );
}

type DemoCtx = Parameters<typeof linkDemoPeople>[0];

/** The owner of a workspace, who otherwise joins with the first line they type. */
async function ensureOwner(core: Core, ctx: DemoCtx, team: string): Promise<string> {
  const { id, realName, email, tz } = ownerUser();
  const visitor = { platform: 'slack', installation: team, userId: id } as const;
  const profile = {
    name: realName,
    email,
    locale: 'en',
    timeZone: tz,
    isOwnerOrAdmin: true,
    isOutsider: false,
  } as const;
  const { sessions } = core.engine;
  await sessions.join(ctx.tx, ctx.org.id, visitor, profile, ctx.now);
  const owner = await sessions.byVisitor(ctx.tx, ctx.org.id, visitor);
  if (!owner) throw new Error('the owner did not join');
  return owner.actor.memberId;
}

async function ensureDemoOrganization(core: Core): Promise<void> {
  const present = await listOrganizations(core.db);
  if (present.some((one) => one.slug === demoSlug)) return;
  const name = 'Northwind Industrial';
  const orgId = await createOrganization(core.engine, {
    slug: demoSlug,
    name,
    currency: 'CNY',
    timeZone: 'Europe/London',
    locale: 'en',
  });
  const { id, botUserId } = demoWorkspace;
  const installation = { platform: 'slack', externalId: id, name, botUserId } as const;
  await connectInstallation(core.db, orgId, installation, core.engine.clock.now());
  await operate(core.engine, { orgId, handler: 'demo-set' }, async (ctx) => {
    const at = { platform: 'slack', installation: id } as const;
    await seedDemoSet(ctx, at);
    await seedDemoDesk(ctx, at);
  });
}
