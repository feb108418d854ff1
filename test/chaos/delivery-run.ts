import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { v7 as uuidv7 } from 'uuid';
import type { Core } from '../../src/app.ts';
import { leads } from '../../src/features/sales/leads/tables.ts';
import { connectInstallation } from '../../src/infra/organizations.ts';
import { nameKey } from '../../src/kernel/names.ts';
import { identities, installations, members } from '../../src/store/tables/people.ts';
import { places } from '../../src/store/tables/places.ts';
import { type Child, freePort, gesture, runScript } from '../journeys/child.ts';
import { secret } from '../journeys/service.ts';
import { freshPostgres } from '../support/database.ts';
import { typeWhileKilled } from './kill-run.ts';
import { foundOn } from './organization.ts';
import { person, slack, teams } from './people.ts';
import { teamsEnvironment } from './platforms.ts';

export interface DeliveryRun {
  platform: 'slack' | 'teams';
  /** The process that is killed. */
  start(env: Record<string, string>): Child;
  commands: number;
  people: number;
  kills: number;
  /** Share of the answers that are lost. */
  lost: number;
  seed: number;
}

export interface Delivered {
  acknowledged: number;
  kills: number;
  /** Companies nobody was told of. */
  missing: string[];
  /** Companies somebody was told of more than once. */
  twice: string[];
  /** How many rows of the outbox ended in which state. */
  states: Record<string, number>;
  /** How often each fault struck. */
  struck: Record<string, number>;
}

const longestDrainMs = 600_000;

/**
 * A manager gives leads to people, each told in a direct message, while the service is killed at random and the
 * platform refuses, fails and loses answers. What people saw is asked of the platform.
 */
export async function deliveryRun(run: DeliveryRun): Promise<Delivered> {
  const { platform, seed, kills } = run;
  const [url, port, platformPort] = [await freshPostgres(), await freePort(), await freePort()];
  const platformUrl = `http://127.0.0.1:${platformPort}`;
  const standIn = runScript(new URL('stand-in.ts', import.meta.url).pathname, {
    PORT: String(platformPort),
    PLATFORM: platform,
    PEOPLE: String(run.people),
    SEED: String(seed),
  });
  const env = environment(platform, url, port, platformUrl);
  let service: Child | undefined;
  try {
    await standIn.until('stand-in at');
    await foundOn(url, (core, orgId) => furnish(core, orgId, platformUrl, run));
    for (const fault of faultsOf(run)) await gesture(platformUrl, 'fault', fault);
    const typed = await typeWhileKilled({
      start: () => {
        service = run.start(env);
        return service;
      },
      url: `http://127.0.0.1:${port}/slack/events`,
      user: person(0).slackId,
      team: slack.team,
      lines: Array.from({ length: run.commands }, (_, index) => ({
        line: `assign L-${index + 1} ${person(1 + (index % (run.people - 1))).email}`,
        done: companyOf(index),
      })),
      kills,
      seed,
    });
    const states = await drained(url);
    const seen = await companiesSeen(platformUrl);
    const all = Array.from({ length: run.commands }, (_, index) => companyOf(index));
    const countOf = (company: string) => seen.filter((one) => one === company).length;
    return {
      acknowledged: typed.acknowledged,
      kills: typed.kills,
      missing: all.filter((company) => countOf(company) === 0),
      twice: all.filter((company) => countOf(company) > 1),
      states,
      struck: await struckBy(platformUrl),
    };
  } finally {
    service?.kill('SIGKILL');
    standIn.kill('SIGKILL');
    await Promise.all([service?.exited, standIn.exited]);
  }
}

function faultsOf({ platform, lost }: DeliveryRun): Record<string, unknown>[] {
  const losses =
    platform === 'slack'
      ? (['500', 'abort'] as const).map((lostAs) => ({ kind: 'lost_answer', rate: lost / 2, lostAs }))
      : [{ kind: 'lost_answer', rate: lost }];
  return [{ kind: '429', rate: 0.02, retryAfter: 1 }, { kind: '500', rate: 0.01 }, ...losses];
}

function companyOf(index: number): string {
  return `Company ${String(index).padStart(6, '0')}`;
}

function environment(platform: string, url: string, port: number, platformUrl: string) {
  return {
    PORT: String(port),
    DATABASE_URL: url,
    SLACK_SIGNING_SECRET: secret,
    SLACK_BOT_TOKEN: slack.token,
    SLACK_API_URL: `${platformUrl}/api/`,
    PLAYGROUND: 'off',
    LOG_LEVEL: 'silent',
    ...(platform === 'teams' ? teamsEnvironment(platformUrl) : {}),
  };
}

/** The manager on Slack, everybody else on the platform of the run, and as many leads as commands. */
async function furnish(
  { db, engine }: Core,
  orgId: string,
  platformUrl: string,
  run: DeliveryRun,
): Promise<void> {
  const now = engine.clock.now();
  const tenant = { platform: 'teams', externalId: teams.tenant, name: 'Chaos', botUserId: null } as const;
  await connectInstallation(db, orgId, tenant, now);
  await db.transaction(
    { as: 'app', orgId },
    async (tx) => {
      const connected = await tx.select().from(installations);
      const people = Array.from({ length: run.people }, (_, index) => ({ id: uuidv7(), ...person(index) }));
      await tx.insert(members).values(
        people.map(({ id, name, email }, index) => ({
          orgId,
          id,
          name,
          email,
          roles: index === 0 ? (['manager', 'admin'] as const).slice() : (['rep'] as const).slice(),
          timeZone: 'UTC',
          status: 'active' as const,
          createdAt: now,
          updatedAt: now,
        })),
      );
      await tx.insert(identities).values(
        people.map(({ id, slackId, teamsId }, index) => {
          const platform = index === 0 ? 'slack' : run.platform;
          const at = connected.find((one) => one.platform === platform);
          if (!at) throw new Error(`${platform} is not connected`);
          return {
            orgId,
            id: uuidv7(),
            memberId: id,
            platform,
            installationId: at.id,
            installationExternalId: at.externalId,
            externalUserId: platform === 'slack' ? slackId : teamsId,
            createdAt: now,
          } as const;
        }),
      );
      await tx.insert(places).values(
        people.map(({ teamsId, fromId }) => ({
          orgId,
          platform: 'teams' as const,
          installation: teams.tenant,
          kind: 'person' as const,
          externalId: teamsId,
          address: { serviceUrl: `${platformUrl}/`, fromId },
          seenAt: now,
        })),
      );
      for (let first = 0; first < run.commands; first += 1000) {
        const size = Math.min(1000, run.commands - first);
        await tx.insert(leads).values(
          Array.from({ length: size }, (_, offset) => ({
            orgId,
            id: uuidv7(),
            number: first + offset + 1,
            company: companyOf(first + offset),
            nameKey: nameKey(companyOf(first + offset)),
            contactName: 'Jane',
            leadSource: 'test',
            ownerId: people[0]?.id ?? null,
            state: 'new' as const,
            createdAt: now,
            updatedAt: now,
          })),
        );
      }
    },
    { deadlineMs: 60_000 },
  );
}

/** Waits until nothing is to be done any more. */
async function drained(url: string): Promise<Record<string, number>> {
  const db = postgres(url, { max: 1, onnotice: () => {} });
  const until = Date.now() + longestDrainMs;
  try {
    for (;;) {
      const rows = await db<{ state: string; n: number }[]>`
        select state, count(*)::int as n from outbox where op in ('post', 'plain') or state in ('ready', 'sending')
        group by state`;
      const states = Object.fromEntries(rows.map(({ state, n }) => [state, n]));
      if (!states.ready && !states.sending) return states;
      if (Date.now() > until) throw new Error(`not drained: ${JSON.stringify(states)}`);
      await sleep(200);
    }
  } finally {
    await db.end();
  }
}

async function companiesSeen(platformUrl: string): Promise<string[]> {
  const answer = await fetch(`${platformUrl}/_control/messages?all=1`);
  const { messages } = (await answer.json()) as { messages: unknown[] };
  return messages.map((message) => /Company \d{6}/.exec(JSON.stringify(message))?.[0] ?? '');
}

async function struckBy(platformUrl: string): Promise<Record<string, number>> {
  const answer = await fetch(`${platformUrl}/_control/calls`);
  const { calls } = (await answer.json()) as { calls: { error?: string; status?: number }[] };
  const struck: Record<string, number> = {};
  for (const { error, status } of calls) {
    const kind = error ?? (status !== undefined && status >= 400 ? String(status) : 'ok');
    struck[kind] = (struck[kind] ?? 0) + 1;
  }
  return struck;
}
