import { serveSlackStandIn, serveTeamsStandIn } from '../../src/playground/serve.ts';
import { secret } from '../journeys/service.ts';
import { type Somebody, slack, teams } from './people.ts';

/** Where a stand-in listens, where it sends what people do, and the channel it has, if any; everybody is in it. */
export interface Served {
  port: number;
  target: string;
  seed?: number;
  /** How long Slack waits for an answer; three seconds otherwise. */
  acknowledgeMs?: number;
  /** Id of the channel. */
  desk?: string;
}

/** A strict Slack with these people and the bot. */
export function serveSlackFor(people: readonly Somebody[], { desk, ...at }: Served) {
  const here = { locale: 'en-US', tz: 'UTC' } as const;
  const bot = { id: slack.bot, name: 'parley', realName: 'Parley', email: '', isBot: true, ...here } as const;
  const users = people.map(({ slackId, name, email }) => ({
    id: slackId,
    name: slackId.toLowerCase(),
    realName: name,
    email,
    ...here,
  }));
  const everybody = [...users.map(({ id }) => id), slack.bot];
  return serveSlackStandIn({
    ...at,
    signingSecret: secret,
    workspaces: [
      {
        id: slack.team,
        name: 'Chaos',
        domain: 'chaos',
        botToken: slack.token,
        botUserId: slack.bot,
        appId: 'A0PARLEY',
        users: [...users, bot],
        channels: desk === undefined ? [] : [{ id: desk, name: 'desk', members: everybody }],
      },
    ],
  });
}

/** A strict Teams with these people. */
export function serveTeamsFor(people: readonly Somebody[], { desk, acknowledgeMs: _, ...at }: Served) {
  const everybody = people.map(({ teamsId }) => teamsId);
  const channels = desk === undefined ? [] : [{ id: desk, name: 'desk', members: everybody }];
  return serveTeamsStandIn({
    ...at,
    appId: teams.appId,
    appSecret: teams.appSecret,
    homeTenantId: teams.tenant,
    tenants: [
      {
        id: teams.tenant,
        name: 'Chaos',
        users: people.map(({ name, email, teamsId, fromId }) => ({
          id: fromId,
          aadObjectId: teamsId,
          name,
          email,
          userPrincipalName: email,
          locale: 'en-US',
          timeZone: 'UTC',
          userRole: 'user',
        })),
        teams: channels.length === 0 ? [] : [{ id: '19:team@thread.tacv2', name: 'Team', channels }],
      },
    ],
  });
}

/** What connects a service to such a Teams. */
export function teamsEnvironment(platformUrl: string): Record<string, string> {
  return {
    TEAMS_APP_ID: teams.appId,
    TEAMS_APP_SECRET: teams.appSecret,
    TEAMS_HOME_TENANT_ID: teams.tenant,
    TEAMS_JWKS_URL: `${platformUrl}/keys`,
    TEAMS_TOKEN_URL: `${platformUrl}/token`,
    TEAMS_SERVICE_HOSTS: new URL(platformUrl).host,
  };
}
