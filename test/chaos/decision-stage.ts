import { and, eq, inArray } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { createCore } from '../../src/app.ts';
import { approvalDesks, approvalSubstitutes } from '../../src/features/org/approvals/tables.ts';
import { channels } from '../../src/features/org/channels/tables.ts';
import { createDeal } from '../../src/features/sales/deals/api.ts';
import { createClock } from '../../src/infra/clock.ts';
import { openDatabase } from '../../src/infra/db/client.ts';
import { connectInstallation } from '../../src/infra/organizations.ts';
import { hashOf, newSecret } from '../../src/infra/random-secrets.ts';
import type { SlackStandIn } from '../../src/playground/slack/stand-in.ts';
import type { TeamsStandIn } from '../../src/playground/teams/stand-in.ts';
import { execute, operate } from '../../src/runtime/execute.ts';
import type { Log } from '../../src/runtime/ports.ts';
import { sessions } from '../../src/store/tables/access.ts';
import { identities, installations, members } from '../../src/store/tables/people.ts';
import { places } from '../../src/store/tables/places.ts';
import type { Tx } from '../../src/store/tx.ts';
import { withWaivers } from '../features/org/approvals/waivers.ts';
import { type Child, freePort, runScript } from '../journeys/child.ts';
import { secret } from '../journeys/service.ts';
import { freshPostgres } from '../support/database.ts';
import { ready } from './kill-run.ts';
import { found } from './organization.ts';
import { person, type Somebody, slack, teams } from './people.ts';
import { serveSlackFor, serveTeamsFor, teamsEnvironment } from './platforms.ts';

const log: Log = { debug() {}, info() {}, warn() {}, error() {} };
export const desk = { slack: 'C0DESK', teams: '19:desk@thread.tacv2' } as const;

/** People of one team: whoever asks, and four who may decide, each at a place of their own. */
export interface Team {
  requester: Member;
  /** Presses in Slack. */
  inSlack: Member;
  /** Presses in Teams. */
  inTeams: Member;
  /** Presses on the web page. */
  onPage: Member & { cookie: string };
  /** Types in Slack. */
  typing: Member;
}

export type Member = Somebody & { memberId: string };

/** One request that waits. */
export interface Waiting {
  team: Team;
  number: string;
  dealId: string;
}

export interface Stage {
  orgId: string;
  slack: SlackStandIn;
  slackUrl: string;
  teams: TeamsStandIn;
  teamsUrl: string;
  /** Of the process Slack talks to, and of the one Teams and the page talk to. */
  urls: [string, string];
  waiting: Waiting[];
  inOrg<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One more request of a team. */
  ask(team: Team): Promise<Waiting>;
  close(): Promise<void>;
}

/** Two processes of the service on one Postgres, a strict Slack and a strict Teams, and requests that wait. */
export async function decisionStage(options: {
  script: string;
  teams: number;
  perTeam: number;
  withDesk?: boolean;
}): Promise<Stage> {
  const [databaseUrl, first, second] = [await freshPostgres(), await freePort(), await freePort()];
  const urls: [string, string] = [`http://127.0.0.1:${first}`, `http://127.0.0.1:${second}`];
  const people = Array.from({ length: options.teams * 5 }, (_, index) => person(index));
  const slackSide = await serveSlackFor(people, {
    port: 0,
    target: `${urls[0]}/slack/events`,
    desk: desk.slack,
  });
  const teamsSide = await serveTeamsFor(people, {
    port: 0,
    target: `${urls[1]}/api/messages`,
    desk: desk.teams,
  });
  const db = await openDatabase({ url: databaseUrl, dataDir: '', production: false, log });
  const clock = createClock();
  const core = createCore({
    db,
    log,
    clock,
    memberAutoJoin: 'off',
    publicUrl: urls[1],
    features: withWaivers(),
  });
  const orgId = await found(core);
  await connectInstallation(
    db,
    orgId,
    { platform: 'teams', externalId: teams.tenant, name: 'Chaos', botUserId: null },
    clock.now(),
  );
  const inOrg = <T>(work: (tx: Tx) => Promise<T>) =>
    db.transaction({ as: 'app', orgId }, work, { deadlineMs: 60_000 });
  const groups = await inOrg((tx) => furnish(tx, orgId, people, teamsSide.url));
  if (options.withDesk) await inOrg((tx) => openDesks(tx, orgId));
  let made = 0;
  const ask = async (team: Team): Promise<Waiting> => {
    made += 1;
    const name = `Raced ${made}`;
    const deal = await operate(core.engine, { orgId, handler: 'test' }, (ctx) =>
      createDeal(ctx, {
        name,
        ownerId: team.requester.memberId,
        amount: { amountMinor: 8_000_000n, currency: 'EUR' },
      }),
    );
    const action = core.registry.action('waivers.request');
    if (!action) throw new Error('no waivers');
    const done = await execute(
      core.engine,
      { kind: 'member', orgId, memberId: team.requester.memberId, platform: 'http' },
      { action, raw: { deal: `D-${deal.number}`, percent: 1500 } },
    );
    const { approval } = (done.kind === 'done' ? done.output : {}) as { approval?: string };
    if (!approval) throw new Error('nobody has to decide');
    return { team, number: approval, dealId: deal.id };
  };
  const waiting: Waiting[] = [];
  for (let n = 0; n < options.perTeam; n += 1) for (const team of groups) waiting.push(await ask(team));
  const processes = urls.map((url) =>
    runScript(options.script, environment(databaseUrl, url, slackSide.url, teamsSide.url)),
  );
  const stage: Stage = {
    orgId,
    slack: slackSide.standIn,
    slackUrl: slackSide.url,
    teams: teamsSide.standIn,
    teamsUrl: teamsSide.url,
    urls,
    waiting,
    inOrg,
    ask,
    async close() {
      for (const child of processes) child.kill('SIGKILL');
      await Promise.all(processes.map(({ exited }) => exited));
      await Promise.all([slackSide.close(), teamsSide.close(), db.close()]);
    },
  };
  try {
    await Promise.all(urls.map((url, index) => ready(url, processes[index] as Child)));
  } catch (error) {
    await stage.close();
    throw error;
  }
  return stage;
}

function environment(databaseUrl: string, url: string, slackUrl: string, teamsUrl: string) {
  return {
    PORT: new URL(url).port,
    PUBLIC_URL: url,
    DATABASE_URL: databaseUrl,
    SLACK_SIGNING_SECRET: secret,
    SLACK_BOT_TOKEN: slack.token,
    SLACK_API_URL: `${slackUrl}/api/`,
    ...teamsEnvironment(teamsUrl),
    PLAYGROUND: 'off',
    LOG_LEVEL: 'error',
  };
}

/** Teams of five: whoever asks reports to one manager, for whom three others stand in. */
async function furnish(
  tx: Tx,
  orgId: string,
  people: readonly Somebody[],
  teamsUrl: string,
): Promise<Team[]> {
  const now = new Date();
  const connected = await tx.select().from(installations).where(eq(installations.orgId, orgId));
  const everybody: Member[] = people.map((one) => ({ ...one, memberId: uuidv7() }));
  const stamps = { createdAt: now, updatedAt: now };
  await tx.insert(members).values(
    everybody.map(({ memberId, name, email }, index) => ({
      orgId,
      id: memberId,
      name,
      email,
      roles: index % 5 === 0 ? ['rep' as const] : ['manager' as const],
      reportsTo: index % 5 === 0 ? (everybody[index + 1]?.memberId ?? null) : null,
      timeZone: 'UTC',
      status: 'active' as const,
      ...stamps,
    })),
  );
  const groups: Team[] = [];
  for (let at = 0; at < everybody.length; at += 5) {
    const [requester, inSlack, inTeams, page, typing] = everybody.slice(at, at + 5) as Member[];
    if (!requester || !inSlack || !inTeams || !page || !typing) throw new Error('teams are of five');
    const cookie = newSecret();
    const expiresAt = new Date(now.getTime() + 3_600_000);
    await tx.insert(sessions).values({
      orgId,
      id: uuidv7(),
      memberId: page.memberId,
      hash: hashOf(cookie),
      createdAt: now,
      expiresAt,
    });
    await tx.insert(approvalSubstitutes).values(
      [inTeams, page, typing].map(({ memberId }) => ({
        orgId,
        id: uuidv7(),
        memberId: inSlack.memberId,
        substituteId: memberId,
        fromOn: '2020-01-01',
        untilOn: '2099-01-01',
        ...stamps,
      })),
    );
    const accounts = [
      { member: inSlack, platform: 'slack' },
      { member: typing, platform: 'slack' },
      { member: inTeams, platform: 'teams' },
    ] as const;
    await tx.insert(identities).values(
      accounts.map(({ member, platform }) => {
        const home = connected.find((one) => one.platform === platform);
        if (!home) throw new Error(`${platform} is not connected`);
        return {
          orgId,
          id: uuidv7(),
          memberId: member.memberId,
          platform,
          installationId: home.id,
          installationExternalId: home.externalId,
          externalUserId: platform === 'slack' ? member.slackId : member.teamsId,
          createdAt: now,
        };
      }),
    );
    await tx.insert(places).values({
      orgId,
      platform: 'teams',
      installation: teams.tenant,
      kind: 'person',
      externalId: inTeams.teamsId,
      address: { serviceUrl: `${teamsUrl}/`, fromId: inTeams.fromId },
      seenAt: now,
    });
    groups.push({ requester, inSlack, inTeams, onPage: { ...page, cookie }, typing });
  }
  await tx.insert(places).values({
    orgId,
    platform: 'teams',
    installation: teams.tenant,
    kind: 'channel',
    externalId: desk.teams,
    address: { serviceUrl: `${teamsUrl}/`, conversationId: desk.teams },
    seenAt: now,
  });
  return groups;
}

async function openDesks(tx: Tx, orgId: string): Promise<void> {
  const now = new Date();
  const stamps = { createdAt: now, updatedAt: now };
  for (const platform of ['slack', 'teams'] as const) {
    const id = uuidv7();
    await tx.insert(channels).values({
      orgId,
      id,
      platform,
      installation: platform === 'slack' ? slack.team : teams.tenant,
      placeId: desk[platform],
      name: 'desk',
      locale: 'en',
      timeZone: 'UTC',
      ...stamps,
    });
    await tx.insert(approvalDesks).values({ orgId, id: uuidv7(), channelId: id, kind: null, ...stamps });
  }
}

/** The members of these ids, by name. */
export async function nameOf(stage: Stage, memberId: string): Promise<string> {
  const rows = await stage.inOrg((tx) =>
    tx
      .select({ name: members.name })
      .from(members)
      .where(and(eq(members.orgId, stage.orgId), inArray(members.id, [memberId]))),
  );
  return rows[0]?.name ?? '?';
}
