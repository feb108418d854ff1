import { randomUUID } from 'node:crypto';
import { and, inArray, ne } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { demoChannels, demoPeople, linkDemoPeople } from '../../../../src/features/demo-set.ts';
import { createAddressBook } from '../../../../src/infra/address-book.ts';
import { isDatabaseFailure } from '../../../../src/infra/db/errors.ts';
import { connectInstallation } from '../../../../src/infra/organizations.ts';
import { createPosts } from '../../../../src/infra/posts.ts';
import { createWorkQueue } from '../../../../src/infra/work-queue.ts';
import { mountSlack } from '../../../../src/mount-slack.ts';
import { mountTeams } from '../../../../src/mount-teams.ts';
import { slackWords } from '../../../../src/platforms/slack/words.ts';
import { teamsWords } from '../../../../src/platforms/teams/words.ts';
import { serveSlackStandIn, serveTeamsStandIn } from '../../../../src/playground/serve.ts';
import type { Ctx } from '../../../../src/runtime/context.ts';
import { operate } from '../../../../src/runtime/execute.ts';
import { createRelay, usualTiming } from '../../../../src/runtime/relay/relay.ts';
import { outbox } from '../../../../src/store/tables/outbox.ts';
import { places } from '../../../../src/store/tables/places.ts';
import { sign } from '../../../platforms/slack/support.ts';
import { type Person, type TestApp, testApp } from '../../../support/app.ts';
import { schedulerOf } from '../../../support/scheduler.ts';

/** A message of ours as it stands in a place. */
export interface Seen {
  id: string;
  text: string;
  /** The card as the platform got it. */
  card: string;
  thread: string | undefined;
  isEdited: boolean;
}

export interface Scene {
  app: TestApp;
  /** Runs everything queued and delivers it to both stand-ins. */
  drain(): Promise<void>;
  /** What the watch does when its time comes, then drains. */
  watch(): Promise<void>;
  /** Runs the schedules that are due, without the watch's own, then drains. */
  tick(): Promise<void>;
  /** Runs the line as the person, then drains; the reply as text. */
  type(key: string, line: string): Promise<string>;
  forward(minutes: number): void;
  /** What stands in a channel of the demo set on Slack or Teams, oldest first. */
  slack(channel: string): Seen[];
  teams(channel: string): Seen[];
  /** How often a message in a channel on Slack was changed. */
  editsOf(channel: string, id: string | undefined): number;
  /** An event from Slack, signed; the HTTP status it is answered with. Everything that follows is delivered. */
  hear(event: { type: string; channel: string }): Promise<number>;
  /** Direct messages to a person on Slack. */
  direct(key: string): Seen[];
  /** A person in a channel. */
  inSlack(key: string, channel: string): Person;
  inTeams(key: string, channel: string): Person;
  asJob<T>(run: (ctx: Ctx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const botToken = 'xoxb-alerts';
const signingSecret = 's'.repeat(32);
const teamsApp = { appId: '00000000-0000-4000-8000-00000000b071', appSecret: 'alerts-app-secret' };
/** What other suites left in the shared database would be posted into our channels: they have the same ids. */
async function dropWorkOfOthers({ db, orgId }: TestApp): Promise<void> {
  await db.transaction({ as: 'relay' }, (tx) =>
    tx
      .update(outbox)
      .set({ state: 'cancelled' })
      .where(and(ne(outbox.orgId, orgId), inArray(outbox.state, ['ready', 'sending']))),
  );
}

const noPace = { slack: { everyMs: 1, burst: 1000 }, teams: { everyMs: 1, burst: 1000 } };

/** The demo set in a Slack workspace and a Teams tenant, both strict and over HTTP. */
export async function startScene(): Promise<Scene> {
  const app = await testApp();
  // Working hours in London, Berlin and Shanghai.
  app.clock.set('2026-11-10T09:00:00Z');
  const team = app.installation;
  const tenant = randomUUID();
  const slack = await serveSlackStandIn({
    port: 0,
    target: 'http://127.0.0.1:1/',
    signingSecret,
    workspaces: [
      {
        id: team,
        name: 'Alerts',
        domain: 'alerts',
        botToken,
        botUserId: 'UBOT',
        appId: 'A0PARLEY',
        users: [
          ...demoPeople.flatMap(({ name, accounts, timeZone }) =>
            accounts
              ? [
                  {
                    id: accounts.slack,
                    name,
                    realName: name,
                    locale: 'en-US' as const,
                    tz: timeZone,
                    email: '',
                  },
                ]
              : [],
          ),
          {
            id: 'UBOT',
            name: 'parley',
            realName: 'Parley',
            isBot: true,
            locale: 'en-US' as const,
            tz: 'UTC',
            email: '',
          },
        ],
        channels: demoChannels.map(({ slackChannelId: id, name }) => ({
          id,
          name,
          members: ['UBOT', ...demoPeople.flatMap(({ accounts }) => accounts?.slack ?? [])],
        })),
      },
    ],
  });
  const teams = await serveTeamsStandIn({
    port: 0,
    target: 'http://127.0.0.1:1/',
    ...teamsApp,
    homeTenantId: tenant,
    tenants: [
      {
        id: tenant,
        name: 'Alerts',
        users: [],
        teams: [
          {
            id: '19:t@thread.tacv2',
            name: 'Sales',
            channels: demoChannels.map(({ teamsChannelId: id, name }) => ({ id, name, members: [] })),
          },
        ],
      },
    ],
  });
  await connectInstallation(
    app.db,
    app.orgId,
    { platform: 'teams', externalId: tenant, name: 'Alerts', botUserId: 'UBOT' },
    app.clock.now(),
  );
  await app.inOrg((tx) =>
    tx.insert(places).values(
      demoChannels.map(({ teamsChannelId: externalId }) => ({
        orgId: app.orgId,
        platform: 'teams' as const,
        installation: tenant,
        kind: 'channel' as const,
        externalId,
        address: { serviceUrl: `${teams.url}/`, conversationId: externalId },
        seenAt: app.clock.now(),
        id: uuidv7(),
      })),
    ),
  );
  await dropWorkOfOthers(app);
  const { log } = app.engine;
  const config = { signingSecret, botToken, clientId: undefined, clientSecret: undefined };
  const mountedSlack = await mountSlack(app, { ...config, apiUrl: `${slack.url}/api/` }, log);
  const mountedTeams = await mountTeams(
    app,
    {
      ...teamsApp,
      homeTenantId: tenant,
      issuer: 'https://api.botframework.com',
      jwksUrl: `${teams.url}/keys`,
      tokenUrl: `${teams.url}/token`,
      serviceHosts: [new URL(teams.url).host],
    },
    { publicUrl: 'http://localhost:3000', production: false, log },
  );
  const queue = createWorkQueue(app.db, noPace);
  const relay = createRelay({
    engine: app.engine,
    queue,
    posts: createPosts(app.db, queue),
    addresses: createAddressBook(app.db),
    platforms: new Map([
      ['slack' as const, mountedSlack.platform],
      ['teams' as const, mountedTeams.platform],
    ]),
    words: { slack: slackWords, teams: teamsWords, web: slackWords },
    translate: app.translate,
    timing: usualTiming,
    isOurFailure: isDatabaseFailure,
    random: () => 0,
  });
  const schedule = schedulerOf(app);
  const asJob = <T>(run: (ctx: Ctx) => Promise<T>) =>
    operate(app.engine, { orgId: app.orgId, handler: 'test' }, run);
  await asJob((ctx) => linkDemoPeople(ctx, { platform: 'teams', installation: tenant }));
  const job = app.registry.job('alerts.watch');
  if (!job) throw new Error('no watch');
  const channelOf = (name: string) => {
    const found = demoChannels.find((one) => one.name === name);
    if (!found) throw new Error(`no channel ${name}`);
    return found;
  };
  const inSlackChannel = (channel: string): Seen[] =>
    slack.standIn.messages({ team, channel }).map((message) => ({
      id: message.ts,
      text: message.text,
      card: JSON.stringify(message.blocks),
      thread: message.threadTs,
      isEdited: message.edits > 0,
    }));
  const drain = async () => {
    while ((await relay.drain()) > 0);
  };
  return {
    app,
    drain,
    asJob,
    async watch() {
      await asJob((ctx) => job.run(ctx, {}));
      await drain();
    },
    async tick() {
      await schedule.tick();
      await drain();
    },
    async type(key, line) {
      const { text } = await app.as(key).type(line);
      await drain();
      return text;
    },
    forward: (minutes) => app.clock.forward(minutes * 60_000),
    async hear({ type, channel: name }) {
      const channel = channelOf(name).slackChannelId;
      const body = JSON.stringify({
        type: 'event_callback',
        team_id: team,
        event_id: randomUUID(),
        authorizations: [{ team_id: team, user_id: 'UBOT' }],
        event: { type, channel },
      });
      const headers = {
        'content-type': 'application/json',
        ...sign(body, Math.floor(Date.now() / 1000), signingSecret),
      };
      const answer = await mountedSlack.routes.request('/slack/events', { method: 'POST', headers, body });
      await drain();
      return answer.status;
    },
    slack: (channel) => inSlackChannel(channelOf(channel).slackChannelId),
    editsOf: (channel, id) =>
      slack.standIn.messages({ team, channel: channelOf(channel).slackChannelId }).find(({ ts }) => ts === id)
        ?.edits ?? 0,
    teams: (channel) =>
      teams.standIn.messages({ tenant, conversation: channelOf(channel).teamsChannelId }).map((message) => ({
        id: message.id,
        text: String(message.summary),
        card: JSON.stringify(message.cards),
        thread: message.replyTo,
        isEdited: message.editedAt !== undefined,
      })),
    direct(key) {
      const { visitor } = app.as(key);
      return slack.standIn
        .messages({ team, user: visitor.userId })
        .filter(({ channel }) => channel.startsWith('D'))
        .map(({ ts, text, blocks, threadTs, edits }) => ({
          id: ts,
          text,
          card: JSON.stringify(blocks),
          thread: threadTs,
          isEdited: edits > 0,
        }));
    },
    inSlack: (key, name) => app.as(key).in({ kind: 'channel', id: channelOf(name).slackChannelId, name }),
    inTeams(key, name) {
      const userId = demoPeople.find((one) => one.key === key)?.accounts?.teams;
      if (!userId) throw new Error(`no account of ${key}`);
      return app
        .at({ platform: 'teams', installation: tenant, userId })
        .in({ kind: 'channel', id: channelOf(name).teamsChannelId, name });
    },
    async close() {
      await Promise.all([mountedSlack.drain(), mountedTeams.drain()]);
      await Promise.all([slack.close(), teams.close()]);
    },
  };
}
