/** A strict chat platform with as many people as wanted, as a process of its own. */
import { serveSlackStandIn, serveTeamsStandIn } from '../../src/playground/serve.ts';
import { person, slack, teams } from './people.ts';

const { PORT, PLATFORM, PEOPLE, SEED } = process.env;
const port = Number(PORT);
const seed = Number(SEED);
const target = 'http://127.0.0.1:1/';
const people = Array.from({ length: Number(PEOPLE) }, (_, index) => person(index));
const bot = { id: slack.bot, name: 'parley', realName: 'Parley', email: '', isBot: true } as const;
const here = { locale: 'en-US', tz: 'UTC' } as const;

const running =
  PLATFORM === 'slack'
    ? await serveSlackStandIn({
        port,
        target,
        seed,
        signingSecret: 'chaos-signing-secret',
        workspaces: [
          {
            id: slack.team,
            name: 'Chaos',
            domain: 'chaos',
            botToken: slack.token,
            botUserId: slack.bot,
            appId: 'A0PARLEY',
            users: [
              ...people.map(({ slackId, name, email }) => ({
                id: slackId,
                name: slackId.toLowerCase(),
                realName: name,
                email,
                ...here,
              })),
              { ...bot, ...here },
            ],
            channels: [],
          },
        ],
      })
    : await serveTeamsStandIn({
        port,
        target,
        seed,
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
            teams: [],
          },
        ],
      });
process.stdout.write(`stand-in at ${running.url}\n`);
