import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { asc, eq, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { expect } from 'vitest';
import { z } from 'zod';
import { type Core, createCore } from '../../../src/app.ts';
import { features } from '../../../src/features/index.ts';
import { createAddressBook } from '../../../src/infra/address-book.ts';
import { createClock } from '../../../src/infra/clock.ts';
import type { Database } from '../../../src/infra/db/client.ts';
import { isDatabaseFailure } from '../../../src/infra/db/errors.ts';
import type { Paces } from '../../../src/infra/gates.ts';
import { connectInstallation, createOrganization } from '../../../src/infra/organizations.ts';
import { createPosts } from '../../../src/infra/posts.ts';
import { createWorkQueue } from '../../../src/infra/work-queue.ts';
import { defineCatalog } from '../../../src/kernel/i18n.ts';
import { mountSlack } from '../../../src/mount-slack.ts';
import { mountTeams } from '../../../src/mount-teams.ts';
import { slackWords } from '../../../src/platforms/slack/words.ts';
import { teamsWords } from '../../../src/platforms/teams/words.ts';
import { type RunningStandIn, serveSlackStandIn, serveTeamsStandIn } from '../../../src/playground/serve.ts';
import type { SlackStandIn } from '../../../src/playground/slack/stand-in.ts';
import type { TeamsStandIn } from '../../../src/playground/teams/stand-in.ts';
import type { Ctx } from '../../../src/runtime/context.ts';
import type { Engine } from '../../../src/runtime/engine.ts';
import { on } from '../../../src/runtime/event.ts';
import { operate } from '../../../src/runtime/execute.ts';
import { defineFeature } from '../../../src/runtime/feature.ts';
import { defineNotification, type NotificationDefinition } from '../../../src/runtime/notification.ts';
import type { Log } from '../../../src/runtime/ports.ts';
import { createRegistry } from '../../../src/runtime/registry.ts';
import { deliveryPaused } from '../../../src/runtime/relay/events.ts';
import {
  createRelay,
  type Relay,
  type RelayOptions,
  type RelayTiming,
} from '../../../src/runtime/relay/relay.ts';
import type { Posts, QueuedWork, WorkQueue } from '../../../src/runtime/relay/work.ts';
import { gates, outbox, posts } from '../../../src/store/tables/outbox.ts';
import { places } from '../../../src/store/tables/places.ts';
import { freshDatabase } from '../../support/database.ts';

export const team = 'T0RELAY';
export const tenant = '00000000-0000-4000-8000-00000000e417';
const teamsApp = { appId: '00000000-0000-4000-8000-00000000b070', appSecret: 'relay-app-secret' };
const channelIds = Array.from({ length: 40 }, (_, index) => `C0R${index}`);
const teamsChannelIds = ['19:one@thread.tacv2', '19:two@thread.tacv2'];

/** Where a message of these tests goes: a Slack channel by number, or `teams 0`. */
export type Spot = number | `teams ${number}`;

const payload = z.strictObject({
  text: z.string(),
  to: z.array(z.union([z.number(), z.templateLiteral(['teams ', z.number()])])),
  key: z.string().optional(),
  /** Key of the note whose thread it belongs to. */
  under: z.string().optional(),
});
export type Note = z.output<typeof payload>;

const common: Omit<NotificationDefinition<Note>, 'name'> = {
  payload,
  audience: ({ to }) =>
    to.map((spot) => {
      const reads = { locale: 'en', timeZone: 'UTC' } as const;
      return typeof spot === 'number'
        ? { channel: { platform: 'slack', installation: team, channelId: channelIds[spot] ?? '', ...reads } }
        : {
            channel: {
              platform: 'teams',
              installation: tenant,
              channelId: teamsChannelIds[Number(spot.slice(6))] ?? '',
              ...reads,
            },
          };
    }),
  dedupeKey: ({ key, text }) => key ?? text,
  threadOf: ({ under }) =>
    under === undefined ? undefined : { notification: 'relay-test.note', key: under },
  render: ({ text }) => ({
    tone: 'plain',
    title: text,
    blocks: [{ t: 'buttons', buttons: [{ label: 'Help', press: { a: 'help.show', i: {} } }] }],
  }),
};

export const note = defineNotification<Note>({ ...common, name: 'relay-test.note' });
export const urgent = defineNotification<Note>({
  ...common,
  name: 'relay-test.urgent',
  whenUncertain: 'resend',
});
export const many = defineNotification<Note>({
  ...common,
  name: 'relay-test.many',
  fold: (notes) => ({ tone: 'plain', title: notes.map(({ text }) => text).join(' + '), blocks: [] }),
});

/** Withdrawn where a later payload is not for. */
export const placed = defineNotification<Note>({
  ...common,
  name: 'relay-test.placed',
  whenUncertain: 'resend',
  withdrawn: () => ({ tone: 'plain', title: 'withdrawn', blocks: [] }),
});
export const reply = defineNotification<Note>({
  ...common,
  name: 'relay-test.reply',
  threadOf: ({ under }) =>
    under === undefined ? undefined : { notification: 'relay-test.placed', key: under },
});

/** What happened between a request and its answer, as a test wants it. */
export type Tamper = (method: string, body: string) => 'pass' | { status: number; answer: unknown };

export interface Bench {
  core: Core;
  db: Database;
  orgId: string;
  slack: SlackStandIn;
  teams: TeamsStandIn;
  queue: WorkQueue;
  posts: Posts;
  /** Payloads of `deliveries.paused`. */
  paused: z.output<typeof deliveryPaused.payload>[];
  errors: { fields: Record<string, unknown>; message: string }[];
  /** A relay of its own, as another process would have. */
  relay(change?: Partial<RelayOptions>): Relay;
  send(notes: Note | readonly Note[], as?: NotificationDefinition<Note>): Promise<void>;
  edit(one: Note, as?: NotificationDefinition<Note>): Promise<void>;
  inOrg<T>(run: (ctx: Ctx) => Promise<T>): Promise<T>;
  /** Lets so much time pass for everything that waits. */
  pass(seconds: number): Promise<void>;
  /** Drains, and lets time pass, until nothing waits any more. */
  finish(relay?: Relay): Promise<void>;
  /** Drains until all notes have become messages, and posts none. */
  expand(): Promise<void>;
  claim(limit?: number, leaseSeconds?: number): Promise<QueuedWork[]>;
  rows(): Promise<(typeof outbox.$inferSelect)[]>;
  /** States of the messages of one text, in queueing order. */
  states(): Promise<string[]>;
  /** What stands in a place, oldest first. */
  seen(spot: Spot): string[];
  /** Somebody deletes our message. */
  remove(spot: number, text: string): Promise<void>;
  tamper(how: Tamper | undefined): void;
  /** Calls of one kind since the last reset. */
  calls(method: string): number;
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** No waiting between messages of one place, except where a test is about it. */
export const noPace: Paces = { slack: { everyMs: 1, burst: 1000 }, teams: { everyMs: 1, burst: 1000 } };
export const shortTiming: RelayTiming = { leaseSeconds: 30, lookAfterSeconds: 5 };

/** An organization in a workspace and a tenant, both strict and over HTTP, and relays as many as wanted. */
export async function startBench(): Promise<Bench> {
  const db = await freshDatabase();
  const errors: Bench['errors'] = [];
  const log: Log = {
    debug() {},
    info() {},
    warn() {},
    error: (fields, message) => void errors.push({ fields, message }),
  };
  const clock = createClock();
  const publicUrl = 'http://localhost:3000';
  const core = createCore({ db, log, clock, memberAutoJoin: 'rep', publicUrl });
  const { slack, teams } = await platforms();
  const front = await startFront(slack.url);
  const orgId = await prepare(core, teams.url);
  const botToken = 'xoxb-relay';
  const slackConfig = {
    signingSecret: 's'.repeat(32),
    botToken,
    clientId: undefined,
    clientSecret: undefined,
  };
  core.platforms.set(
    'slack',
    (await mountSlack(core, { ...slackConfig, apiUrl: `${front.url}/api/` }, log)).platform,
  );
  const teamsConfig = {
    ...teamsApp,
    homeTenantId: tenant,
    issuer: 'https://api.botframework.com',
    jwksUrl: `${teams.url}/keys`,
    tokenUrl: `${teams.url}/token`,
    serviceHosts: [new URL(teams.url).host],
    tabAppId: undefined,
  };
  const mounted = await mountTeams(core, teamsConfig, { publicUrl, production: false, log });
  core.platforms.set('teams', mounted.platform);

  const paused: Bench['paused'] = [];
  const feature = defineFeature({
    name: 'test/relay',
    messages: defineCatalog('relay-test', { en: {}, 'zh-CN': {} }),
    actions: [],
    notifications: [note, urgent, many, placed, reply] as NotificationDefinition<unknown>[],
    subscriptions: [
      on(deliveryPaused, 'relay-test.paused', async (_ctx, said) => {
        paused.push(said);
      }),
    ],
  });
  const engine: Engine = { ...core.engine, registry: createRegistry([...features, feature]) };
  const queue = createWorkQueue(db, noPace);
  const ownPosts = createPosts(db, queue);
  const inOrg = <T>(run: (ctx: Ctx) => Promise<T>) => operate(engine, { orgId, handler: 'test' }, run);
  const relay = (change: Partial<RelayOptions> = {}) =>
    createRelay({
      engine,
      queue,
      posts: ownPosts,
      addresses: createAddressBook(db),
      platforms: core.platforms,
      words: { slack: slackWords, teams: teamsWords, web: slackWords },
      translate: core.translate,
      timing: shortTiming,
      isOurFailure: isDatabaseFailure,
      random: () => 0,
      ...change,
    });
  const rows = () =>
    db.transaction({ as: 'relay' }, (tx) => tx.select().from(outbox).orderBy(asc(outbox.position)));
  const pass = async (seconds: number) => {
    const ago = sql`make_interval(secs => ${seconds})`;
    await db.transaction({ as: 'relay' }, async (tx) => {
      await tx.update(outbox).set({
        dueAt: sql`${outbox.dueAt} - ${ago}`,
        leaseUntil: sql`${outbox.leaseUntil} - ${ago}`,
        begunAt: sql`${outbox.begunAt} - ${ago}`,
        queuedAt: sql`${outbox.queuedAt} - ${ago}`,
      });
      await tx.update(gates).set({
        usedUpTo: sql`${gates.usedUpTo} - ${ago}`,
        closedUntil: sql`${gates.closedUntil} - ${ago}`,
      });
    });
  };

  const before = new Set<string>();
  return {
    core,
    db,
    orgId,
    slack: slack.standIn,
    teams: teams.standIn,
    queue,
    posts: ownPosts,
    paused,
    errors,
    relay,
    inOrg,
    rows,
    pass,
    send: async (notes, as = note) => {
      // A commit each: that is how they come, and what gives them their order.
      for (const one of [notes].flat()) await inOrg(async (ctx) => ctx.notify(as, one));
    },
    edit: (one, as = note) => inOrg(async (ctx) => ctx.edit(as, one)),
    async finish(one = relay()) {
      for (let round = 0; round < 60; round += 1) {
        await one.drain();
        const left = (await rows()).filter(({ state }) => state === 'ready' || state === 'sending');
        if (left.length === 0) return;
        await pass(310);
      }
      expect.unreachable(
        `never finished: ${(await rows()).map(({ op, state }) => `${op} ${state}`).join(', ')}`,
      );
    },
    async expand() {
      const none = relay({
        queue: {
          ...queue,
          claim: async (limit, lease) => {
            const claimed = await queue.claim(limit, lease);
            const held = claimed.work.filter(({ op }) => op === 'post' || op === 'revise' || op === 'plain');
            for (const work of held) await unclaim(db, work);
            return { ...claimed, work: claimed.work.filter((work) => !held.includes(work)) };
          },
        },
      });
      await none.drain();
      await pass(3600);
    },
    claim: async (limit = 10, leaseSeconds = shortTiming.leaseSeconds) =>
      (await queue.claim(limit, leaseSeconds)).work,
    async states() {
      const all = await rows();
      return all
        .filter(({ op }) => op === 'post' || op === 'revise' || op === 'plain')
        .map(({ state }) => state);
    },
    seen(spot) {
      if (typeof spot === 'number') {
        return slack.standIn.messages({ team, channel: channelIds[spot] ?? '' }).map(textIn);
      }
      const conversation = teamsChannelIds[Number(spot.slice(6))] ?? '';
      return teams.standIn
        .messages({ tenant, conversation })
        .filter(({ id }) => !before.has(id))
        .map(({ summary }) => String(summary));
    },
    async remove(spot, text) {
      const channel = channelIds[spot] ?? '';
      const found = slack.standIn.messages({ team, channel }).find((message) => textIn(message) === text);
      const answer = await fetch(`${slack.url}/api/chat.delete`, {
        method: 'POST',
        headers: { authorization: `Bearer ${botToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({ channel, ts: found?.ts }),
      });
      if (!((await answer.json()) as { ok: boolean }).ok) throw new Error(`${text} is not there`);
    },
    tamper: front.tamper,
    calls: (method) => slack.standIn.calls().filter((call) => call.method === method).length,
    async reset() {
      slack.standIn.reset();
      // Not a reset: the bot's token would be refused once, and faults strike that call.
      teams.standIn.faults.clear();
      for (const { id } of teams.standIn.messages({ all: true })) before.add(id);
      front.tamper(undefined);
      paused.length = 0;
      errors.length = 0;
      await db.transaction({ as: 'app', orgId }, async (tx) => {
        await tx.delete(outbox);
        await tx.delete(posts);
        await tx.delete(gates);
      });
    },
    async close() {
      await mounted.drain();
      await Promise.all([slack.close(), teams.close(), front.close()]);
      await db.close();
    },
  };
}

/** Put off for an hour, as if nobody had claimed it. */
async function unclaim(db: Database, work: QueuedWork): Promise<void> {
  await db.transaction({ as: 'relay' }, (tx) =>
    tx
      .update(outbox)
      .set({ state: 'ready', leaseUntil: null, dueAt: sql`now() + interval '1 hour'` })
      .where(eq(outbox.id, work.id)),
  );
}

/** The title of one of our cards. */
function textIn({ text, blocks }: { text: string; blocks?: unknown }): string {
  return text.split('\n')[0] || JSON.stringify(blocks);
}

async function platforms() {
  const person = { locale: 'en-US', tz: 'UTC', email: '' } as const;
  const users = [
    { id: 'U0REP', name: 'rob', realName: 'Rob', ...person },
    { id: 'U0BOT', name: 'parley', realName: 'Parley', isBot: true, ...person },
  ];
  const slack: RunningStandIn = await serveSlackStandIn({
    port: 0,
    target: 'http://127.0.0.1:1/',
    signingSecret: 's'.repeat(32),
    workspaces: [
      {
        id: team,
        name: 'Relay',
        domain: 'relay',
        botToken: 'xoxb-relay',
        botUserId: 'U0BOT',
        appId: 'A0PARLEY',
        users,
        channels: channelIds.map((id) => ({ id, name: id.toLowerCase(), members: ['U0REP', 'U0BOT'] })),
      },
    ],
  });
  const channels = teamsChannelIds.map((id) => ({ id, name: id, members: [] }));
  const teams = await serveTeamsStandIn({
    port: 0,
    target: 'http://127.0.0.1:1/',
    ...teamsApp,
    homeTenantId: tenant,
    tenants: [
      { id: tenant, name: 'Relay', users: [], teams: [{ id: '19:t@thread.tacv2', name: 'T', channels }] },
    ],
  });
  return { slack, teams };
}

async function prepare(core: Core, teamsUrl: string): Promise<string> {
  const now = core.engine.clock.now();
  const organization = {
    slug: 'relay',
    name: 'Relay',
    currency: 'EUR',
    timeZone: 'UTC',
    locale: 'en',
  } as const;
  const orgId = await createOrganization(core.engine, organization);
  for (const [platform, externalId] of [
    ['slack', team],
    ['teams', tenant],
  ] as const) {
    await connectInstallation(core.db, orgId, { platform, externalId, name: 'R', botUserId: 'U0BOT' }, now);
  }
  await core.db.transaction({ as: 'app', orgId }, (tx) =>
    tx.insert(places).values(
      teamsChannelIds.map((externalId) => ({
        orgId,
        platform: 'teams' as const,
        installation: tenant,
        kind: 'channel' as const,
        externalId,
        address: { serviceUrl: `${teamsUrl}/`, conversationId: externalId },
        seenAt: now,
        id: uuidv7(),
      })),
    ),
  );
  return orgId;
}

/** Stands before the stand-in and answers in its place where a test says so. */
async function startFront(standInUrl: string) {
  let how: Tamper | undefined;
  const server: Server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const said = how?.(request.url?.split('/').at(-1) ?? '', decodeURIComponent(body)) ?? 'pass';
    if (said !== 'pass') {
      response.writeHead(said.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(said.answer));
      return;
    }
    try {
      const answer = await fetch(`${standInUrl}${request.url}`, {
        method: request.method ?? 'GET',
        headers: { ...(request.headers as Record<string, string>), connection: 'close' },
        ...(body ? { body } : {}),
      });
      const headers = Object.fromEntries(answer.headers);
      const text = await answer.text();
      for (const name of ['content-length', 'content-encoding', 'transfer-encoding', 'connection']) {
        delete headers[name];
      }
      response.writeHead(answer.status, headers);
      response.end(text);
    } catch {
      response.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tamper: (next: Tamper | undefined) => {
      how = next;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
