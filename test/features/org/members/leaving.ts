import { randomUUID } from 'node:crypto';
import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { demoUsers, tenantOf } from '../../../../src/demo-places.ts';
import { askWhoIsThere } from '../../../../src/features/org/members/jobs.ts';
import { connectInstallation } from '../../../../src/infra/organizations.ts';
import { mountSlack } from '../../../../src/mount-slack.ts';
import { mountTeams } from '../../../../src/mount-teams.ts';
import { serveSlackStandIn, serveTeamsStandIn } from '../../../../src/playground/serve.ts';
import type { SlackStandIn } from '../../../../src/playground/slack/stand-in.ts';
import type { StandInUser } from '../../../../src/playground/slack/workspace.ts';
import { connectorIssuer } from '../../../../src/playground/teams/authority.ts';
import type { TeamsStandIn } from '../../../../src/playground/teams/stand-in.ts';
import { executeSystem } from '../../../../src/runtime/execute.ts';
import type { Log } from '../../../../src/runtime/ports.ts';
import { oneTimeCodes, sessions } from '../../../../src/store/tables/access.ts';
import { gates, outbox } from '../../../../src/store/tables/outbox.ts';
import { identities, members } from '../../../../src/store/tables/people.ts';
import { type TestApp, testApp } from '../../../support/app.ts';

export const secret = 'leaving-signing-secret';
const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** The demo organization with both strict platforms beside it, each over its real requests. */
export interface Company {
  app: TestApp;
  slack: SlackStandIn;
  teams: TeamsStandIn;
  tenant: string;
  /** What Slack and we send each other, without the stand-in's signature. */
  request(body: string, headers: Record<string, string>): Promise<Response>;
  /** What the platform knows from now on, and says nothing of. */
  silently(user: string, change: Partial<StandInUser>): void;
  /** Runs the daily question once, and all that follows from it. */
  askWhoIsThere(): Promise<void>;
  /** A member with the states of their accounts, in the order in which those came. */
  member(key: string): Promise<{ id: string; status: string; accounts: string[] }>;
  statuses(): Promise<Record<string, string>>;
  /** A page, a link and a code somebody has open. */
  openPage(key: string): Promise<void>;
  /** How many of those still lead anywhere. */
  waysIn(key: string): Promise<number>;
  /** What the bot has told somebody in Slack, oldest first. */
  told(user: string): string[];
  /** Work that waits, or that was given up. */
  unfinished(): Promise<{ name: string; state: string; dueInSeconds: number }[]>;
  /** Lets so much time pass for queued work and for places that took a message a moment ago, and works on. */
  pass(seconds: number): Promise<void>;
  /** Lets time pass until all that was queued is done: one place takes a message about once a second. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export async function startCompany(): Promise<Company> {
  const app = await testApp();
  const botToken = 'xoxb-leaving';
  const bot: StandInUser = {
    id: 'UBOT',
    name: 'parley',
    realName: 'Parley',
    email: '',
    isBot: true,
    locale: 'en-US',
    tz: 'UTC',
  };
  const users = [...demoUsers(), bot];
  let slackRoutes: { request(input: string, init?: RequestInit): Response | Promise<Response> } | undefined;
  const slack = await serveSlackStandIn({
    port: 0,
    target: 'http://service.test/slack/events',
    signingSecret: secret,
    fetch: async (input, init) =>
      slackRoutes?.request(String(input), init) ?? new Response('', { status: 503 }),
    workspaces: [
      {
        id: app.installation,
        name: 'Northwind',
        domain: 'northwind',
        botToken,
        botUserId: bot.id,
        appId: 'A0PARLEY',
        users,
        channels: [{ id: 'C0LEAVING', name: 'leaving', members: users.map(({ id }) => id) }],
      },
    ],
  });
  const config = { signingSecret: secret, botToken: undefined, clientId: undefined, clientSecret: undefined };
  const mountedSlack = await mountSlack(
    app,
    { ...config, apiUrl: `${slack.url}/api/` },
    silent,
    new Map([[app.installation, botToken]]),
  );
  slackRoutes = mountedSlack.routes;
  app.platforms.set('slack', mountedSlack.platform);

  const tenant = randomUUID();
  const teamsApp = { appId: randomUUID(), appSecret: 'leaving-app-secret' };
  let teamsRoutes: typeof slackRoutes;
  const teams = await serveTeamsStandIn({
    port: 0,
    target: 'http://service.test/api/messages',
    ...teamsApp,
    homeTenantId: tenant,
    fetch: async (input, init) =>
      teamsRoutes?.request(String(input), init) ?? new Response('', { status: 503 }),
    tenants: [tenantOf({ id: tenant, name: 'Northwind AG', isDemo: true })],
  });
  const mountedTeams = await mountTeams(
    app,
    {
      ...teamsApp,
      homeTenantId: tenant,
      issuer: connectorIssuer,
      jwksUrl: `${teams.url}/keys`,
      tokenUrl: `${teams.url}/token`,
      serviceHosts: [new URL(teams.url).host],
    },
    { publicUrl: 'https://crm.example.com', production: false, log: silent },
  );
  teamsRoutes = mountedTeams.routes;
  app.platforms.set('teams', mountedTeams.platform);
  await connectInstallation(
    app.db,
    app.orgId,
    { platform: 'teams', externalId: tenant, name: 'Northwind AG', botUserId: null },
    app.clock.now(),
  );

  /** By account, not by name: somebody who uses two chats was two people of one name. */
  const idOf = async (key: string) => {
    const [row] = await app.inOrg((tx) =>
      tx
        .select({ id: identities.memberId })
        .from(identities)
        .where(
          and(eq(identities.orgId, app.orgId), eq(identities.externalUserId, app.as(key).visitor.userId)),
        ),
    );
    return row?.id ?? '';
  };
  const pass = async (seconds: number): Promise<void> => {
    await app.inOrg((tx) =>
      tx
        .update(outbox)
        .set({ dueAt: sql`${outbox.dueAt} - make_interval(secs => ${seconds})` })
        .where(eq(outbox.orgId, app.orgId)),
    );
    await app.inOrg((tx) =>
      tx
        .update(gates)
        .set({ usedUpTo: sql`${gates.usedUpTo} - make_interval(secs => ${seconds})` })
        .where(eq(gates.orgId, app.orgId)),
    );
    await app.drainOutbox();
  };
  return {
    app,
    slack: slack.standIn,
    teams: teams.standIn,
    tenant,
    request: async (body, headers) =>
      mountedSlack.routes.request('/slack/events', { method: 'POST', body, headers }),
    silently(user, change) {
      const found = slack.standIn.workspaces()[0]?.users.find(({ id }) => id === user);
      if (!found) throw new Error(`nobody is ${user}`);
      Object.assign(found, change);
    },
    async askWhoIsThere() {
      const who = {
        kind: 'system',
        orgId: app.orgId,
        handler: askWhoIsThere.name,
        causeAuditId: null,
      } as const;
      await executeSystem(
        app.engine,
        who,
        (ctx) => askWhoIsThere.run(ctx, {}),
        async () => undefined,
      );
      await app.drainOutbox();
    },
    async member(key) {
      const id = await idOf(key);
      return app.inOrg(async (tx) => {
        const [row] = await tx.select().from(members).where(eq(members.id, id));
        const accounts = await tx
          .select({ state: identities.state })
          .from(identities)
          .where(eq(identities.memberId, id))
          .orderBy(asc(identities.createdAt), asc(identities.id));
        return { id, status: row?.status ?? 'none', accounts: accounts.map(({ state }) => state) };
      });
    },
    async statuses() {
      const rows = await app.inOrg((tx) =>
        tx
          .select({ name: members.name, status: members.status })
          .from(members)
          .innerJoin(identities, eq(identities.memberId, members.id))
          .where(and(eq(members.orgId, app.orgId), eq(identities.orgId, app.orgId)))
          .orderBy(asc(members.name)),
      );
      return Object.fromEntries(rows.map(({ name, status }) => [name, status]));
    },
    async openPage(key) {
      const person = app.as(key);
      await person.type('open');
      await person.type('link');
      const memberId = await idOf(key);
      await app.inOrg((tx) =>
        tx.insert(sessions).values({
          orgId: app.orgId,
          id: randomUUID(),
          memberId,
          hash: randomUUID(),
          createdAt: app.clock.now(),
          expiresAt: new Date(app.clock.now().getTime() + 3_600_000),
        }),
      );
    },
    async waysIn(key) {
      const memberId = await idOf(key);
      return app.inOrg(async (tx) => {
        const open = await tx
          .select({ id: sessions.id })
          .from(sessions)
          .where(and(eq(sessions.memberId, memberId), sql`${sessions.endedAt} is null`));
        const codes = await tx
          .select({ id: oneTimeCodes.id })
          .from(oneTimeCodes)
          .where(and(eq(oneTimeCodes.memberId, memberId), sql`${oneTimeCodes.usedAt} is null`));
        return open.length + codes.length;
      });
    },
    told: (user) =>
      slack.standIn
        .messages({ user })
        .filter(({ isBot }) => isBot)
        .map(({ text }) => text),
    unfinished: () =>
      app.inOrg((tx) =>
        tx
          .select({
            name: outbox.name,
            state: outbox.state,
            dueInSeconds: sql<number>`extract(epoch from ${outbox.dueAt} - now())::float`,
          })
          .from(outbox)
          .where(
            and(
              eq(outbox.orgId, app.orgId),
              inArray(outbox.name, ['members.accounts-due', 'members.changed']),
              sql`${outbox.state} not in ('sent', 'cancelled')`,
            ),
          ),
      ),
    pass,
    async settle() {
      for (let rounds = 0; rounds < 50; rounds += 1) {
        await app.drainOutbox();
        const waiting = await app.inOrg((tx) =>
          tx
            .select({ id: outbox.id })
            .from(outbox)
            .where(and(eq(outbox.orgId, app.orgId), inArray(outbox.state, ['ready', 'sending'])))
            .limit(1),
        );
        if (waiting.length === 0) return;
        await pass(5);
      }
      throw new Error('something is queued again and again');
    },
    async close() {
      await Promise.all([mountedSlack.drain(), mountedTeams.drain()]);
      await Promise.all([slack.close(), teams.close()]);
    },
  };
}
