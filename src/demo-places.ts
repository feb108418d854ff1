import { demoChannels, demoPeople } from './features/demo-set.ts';
import type { StandInUser, Workspace } from './playground/slack/workspace.ts';
import type { TeamsUser, Tenant } from './playground/teams/tenant.ts';

export const demoWorkspace = { id: 'T0DEMO', botUserId: 'U0PARLEYBOT', appId: 'A0PARLEY' } as const;
export const demoTenant = '0e0e0e0e-0000-4000-8000-00000000de00';

export interface DemoPlace {
  /** Team or tenant id. */
  id: string;
  name: string;
  /** The demo organization itself; every other one has only its owner here. */
  isDemo: boolean;
}

export function workspaceOf(
  { id, name, isDemo }: DemoPlace,
  { domain, botToken }: { domain: string; botToken: string },
): Workspace {
  const { botUserId, appId } = demoWorkspace;
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
    unfurlDomains: ['localhost', '127.0.0.1'],
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

export function ownerUser(): StandInUser {
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

/** The same company as Teams knows it. */
export function tenantOf({ id, name, isDemo }: DemoPlace): Tenant {
  const users = isDemo ? demoTeamsUsers() : [ownerInTeams(id)];
  const members = users.map(({ aadObjectId }) => aadObjectId);
  const channels = isDemo
    ? demoChannels.map(({ name, teamsChannelId }) => ({ id: teamsChannelId, name, members }))
    : [{ id: '19:sales@thread.tacv2', name: 'sales', members }];
  // A team goes by the id of its general channel.
  const general = channels.find((channel) => channel.name === 'general') ?? channels[0];
  return { id, name, users, teams: general ? [{ id: general.id, name, channels }] : [] };
}

function demoTeamsUsers(): TeamsUser[] {
  return demoPeople.flatMap((person) =>
    person.accounts === null
      ? []
      : [
          teamsUser({
            aadObjectId: person.accounts.teams,
            key: person.key,
            name: person.name,
            email: person.email ?? '',
            locale: person.locale === 'zh-CN' ? 'zh-CN' : 'en-US',
            timeZone: person.timeZone,
            note: person.roles.join(' + '),
          }),
        ],
  );
}

function teamsUser({
  key,
  ...user
}: Omit<TeamsUser, 'id' | 'userPrincipalName' | 'userRole'> & { key: string }): TeamsUser {
  return {
    id: `29:${key}-${user.aadObjectId.slice(-12)}`,
    userPrincipalName: user.email,
    userRole: 'user',
    ...user,
  };
}

/** Every organization of the playground has an owner; ids differ by tenant as Entra's do. */
export function ownerObjectId(tenant: string): string {
  return `0e0e0e0e-0001-4000-8000-${tenant.replaceAll('-', '').slice(-12)}`;
}

function ownerInTeams(tenant: string): TeamsUser {
  const { name, realName, email, tz, note } = ownerUser();
  return teamsUser({
    aadObjectId: ownerObjectId(tenant),
    key: name,
    name: realName,
    email,
    locale: 'en-US',
    timeZone: tz,
    ...(note === undefined ? {} : { note }),
  });
}
