import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Hono } from 'hono';
import type { Core } from './app.ts';
import { demoChannels, demoPeople, seedDemoSet } from './features/demo-set.ts';
import type { SettableClock } from './infra/clock.ts';
import type { Config } from './infra/config.ts';
import { connectInstallation, createOrganization, listOrganizations } from './infra/organizations.ts';
import { globalShortcutId, messageShortcutId } from './platforms/slack/manifest.ts';
import { slackWords } from './platforms/slack/words.ts';
import { createPlayground, type ExampleLine, type PlaygroundOrganization } from './playground/playground.ts';
import { createSlackStandIn } from './playground/slack/stand-in.ts';
import type { StandInUser, Workspace } from './playground/slack/workspace.ts';
import { operate } from './runtime/execute.ts';
import { plain } from './view/spans.ts';

const demoSlug = 'demo';
const appId = 'A0PARLEY';
const botUserId = 'U0PARLEYBOT';

export interface Demo {
  slack: NonNullable<Config['slack']>;
  routes: Hono;
  /** Bot token of each workspace, by team id. */
  tokens: ReadonlyMap<string, string>;
  close(): void;
}

/**
 * The playground: a Slack stand-in in this process that talks to the service over real HTTP, with the demo
 * organization and a workspace for every other organization there is.
 */
export async function openDemo(core: Core, clock: SettableClock, port: () => number): Promise<Demo> {
  await ensureDemoOrganization(core);
  const organizations = await listOrganizations(core.db);
  const workspaces: Workspace[] = [];
  const entries: PlaygroundOrganization[] = [];
  const signingSecret = randomBytes(32).toString('hex');
  const tokens = new Map<string, string>();
  for (const { orgId, slug, name } of organizations) {
    const isDemo = slug === demoSlug;
    const team = isDemo ? 'T0DEMO' : `T${orgId.replaceAll('-', '').slice(-9).toUpperCase()}`;
    await connectInstallation(
      core.db,
      orgId,
      { platform: 'slack', externalId: team, name, botUserId },
      core.engine.clock.now(),
    );
    const botToken = `xoxb-playground-${randomBytes(16).toString('hex')}`;
    tokens.set(team, botToken);
    workspaces.push(workspaceOf(team, name, slug, botToken, isDemo));
    entries.push({ id: slug, name, team, examples: exampleLines(core) });
  }
  const base = () => `http://127.0.0.1:${port()}`;
  const standIn = createSlackStandIn({
    signingSecret,
    target: () => `${base()}/slack/events`,
    publicBase: () => `${base()}/playground/slack`,
    workspaces,
    wallClock: () => clock.now().getTime(),
  });
  const routes = createPlayground({
    standIn,
    wwwDir: join(import.meta.dirname, '../dist/www'),
    organizations: entries.sort((a, b) => Number(b.id === demoSlug) - Number(a.id === demoSlug)),
    shortcuts: [
      { type: 'message', callbackId: messageShortcutId, name: 'Log to CRM' },
      { type: 'global', callbackId: globalShortcutId, name: 'New lead' },
    ],
    clock: { now: clock.now, set: (to) => clock.moveTo(to) },
  });
  const slack = {
    signingSecret,
    botToken: undefined,
    clientId: undefined,
    clientSecret: undefined,
    apiUrl: `${base()}/playground/slack/api/`,
  };
  return { slack, routes, tokens, close: () => standIn.close() };
}

async function ensureDemoOrganization(core: Core): Promise<void> {
  const present = await listOrganizations(core.db);
  if (present.some((one) => one.slug === demoSlug)) return;
  const orgId = await createOrganization(core.engine, {
    slug: demoSlug,
    name: 'Northwind Industrial',
    currency: 'CNY',
    timeZone: 'Europe/London',
    locale: 'en',
  });
  await connectInstallation(
    core.db,
    orgId,
    { platform: 'slack', externalId: 'T0DEMO', name: 'Northwind Industrial', botUserId },
    core.engine.clock.now(),
  );
  await operate(core.engine, { orgId, handler: 'demo-set' }, (ctx) =>
    seedDemoSet(ctx, { platform: 'slack', installation: 'T0DEMO' }),
  );
}

function workspaceOf(id: string, name: string, domain: string, botToken: string, isDemo: boolean): Workspace {
  const bot: StandInUser = {
    id: botUserId,
    name: 'parley',
    realName: 'Parley',
    email: '',
    locale: 'en-US',
    tz: 'UTC',
    isBot: true,
  };
  const users = isDemo ? demoUsers() : [ownerUser()];
  const everybody = [...users.map((user) => user.id), botUserId];
  const channels = isDemo
    ? demoChannels.map(({ name, slackChannelId }) => ({ id: slackChannelId, name, members: everybody }))
    : [{ id: 'C0SALES', name: 'sales', members: everybody }];
  return {
    id,
    name,
    domain,
    botToken,
    botUserId,
    appId,
    appName: 'Parley',
    users: [...users, bot],
    channels,
  };
}

/** The people of the demo set as Slack knows them. */
export function demoUsers(): StandInUser[] {
  return demoPeople.flatMap((person) =>
    person.accounts === null
      ? []
      : [
          {
            id: person.accounts.slack,
            name: person.key,
            realName: person.name,
            email: person.email ?? '',
            locale: person.locale === 'zh-CN' ? ('zh-CN' as const) : ('en-US' as const),
            tz: person.timeZone,
            isAdmin: person.roles.includes('admin'),
            note: person.roles.join(' + '),
          },
        ],
  );
}

function ownerUser(): StandInUser {
  return {
    id: 'U0OWNER',
    name: 'owner',
    realName: 'Olivia Owner',
    email: 'owner@parley.example',
    locale: 'en-US',
    tz: 'Europe/London',
    isAdmin: true,
    isOwner: true,
    note: 'admin + manager',
  };
}

/** The example lines of all commands, as help shows them, about records the demo set has. */
function exampleLines(core: Core): ExampleLine[] {
  const commands = core.registry
    .actions()
    .flatMap((action) => (action.command ? [{ action, command: action.command }] : []))
    .sort((a, b) => (a.command.top ?? 99) - (b.command.top ?? 99));
  const languages = [
    { locale: 'en', slack: 'en-US' },
    { locale: 'zh-CN', slack: 'zh-CN' },
  ] as const;
  return commands.flatMap(({ action, command }) =>
    languages.flatMap(({ locale, slack }) => {
      const about = plain(action.summary, {
        locale,
        timeZone: 'UTC',
        translate: core.translate,
        commandLine: slackWords.commandLine,
      });
      return command.examples[locale].map((line) => ({
        text: `/crm ${demoNumbers(line)}`,
        about,
        locale: slack,
      }));
    }),
  );
}

/** Examples in help name made-up numbers; here they may as well work. */
function demoNumbers(line: string): string {
  return line
    .replace(/\bC-91\b/g, 'C-10')
    .replace(/\bC-88\b/g, 'C-1')
    .replace(/\b([LD])-\d{2,}\b/g, '$1-1');
}
