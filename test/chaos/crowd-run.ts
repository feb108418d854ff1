import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { v7 as uuidv7 } from 'uuid';
import { createDeal } from '../../src/features/sales/deals/api.ts';
import { operate } from '../../src/runtime/execute.ts';
import { identities, installations, members } from '../../src/store/tables/people.ts';
import { type Child, freePort } from '../journeys/child.ts';
import { commandBody, secret, signed } from '../journeys/service.ts';
import { freshPostgres } from '../support/database.ts';
import { generator, ready } from './kill-run.ts';
import { foundOn } from './organization.ts';
import { person, slack } from './people.ts';

export interface CrowdRun {
  start(env: Record<string, string>): Child;
  commands: number;
  /** How many of the people type at once. */
  atOnce: number;
  seed: number;
}

export interface Crowd {
  typed: number;
  acknowledged: number;
  /** Lines of which people were told that nobody knows, or that the result will follow. */
  unsure: number;
  /** Lines whose effects or whose entries in the history are not there exactly once; unsure ones at most once. */
  notOnce: string[];
  /** What people were told of a fault of ours, and what the log says of it. */
  visible: string[];
  /** Lines that were repeated because people were told that they are not saved. */
  refused: number;
  /** Transactions that lost against others and were run again, and those that were not. */
  retried: number;
  givenUp: number;
}

const people = 64;
const dealCount = 5;
const fewestLost = 6;
const mostPairs = 200;
/** Share of lines that write into two deals in whatever order. */
const weighing = 0.25;

/** Up to sixty-four people type about the same five deals at once, each line until it is acknowledged. */
export async function crowdRun({ start, commands, atOnce, seed }: CrowdRun): Promise<Crowd> {
  const [databaseUrl, port] = [await freshPostgres(), await freePort()];
  const url = `http://127.0.0.1:${port}/slack/events`;
  const admin = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  // Deadlocks are looked for sooner, so that a run with many does not take for ever.
  await admin.unsafe(
    `alter database ${new URL(databaseUrl).pathname.slice(1)} set deadlock_timeout = '30ms'`,
  );
  await furnish(databaseUrl);
  const service = start({
    PORT: String(port),
    DATABASE_URL: databaseUrl,
    SLACK_SIGNING_SECRET: secret,
    SLACK_BOT_TOKEN: slack.token,
    SLACK_API_URL: 'http://127.0.0.1:1/api/',
    PLAYGROUND: 'off',
    LOG_LEVEL: 'info',
  });
  const random = generator(seed);
  const one = () => 1 + Math.floor(random() * dealCount);
  const waiting = Array.from({ length: commands }, () => {
    const token = randomUUID().slice(0, 13);
    const [first, step] = [one(), 1 + Math.floor(random() * (dealCount - 1))];
    const second = 1 + ((first - 1 + step) % dealCount);
    const isWeighing = random() < weighing;
    const line = isWeighing ? `weigh D-${first} D-${second} -- ${token}` : `log call D-${first} -- ${token}`;
    return { token, line, isWeighing };
  });
  const typed = [...waiting];
  const visible: string[] = [];
  const unsure = new Set<string>();
  let [acknowledged, refused] = [0, 0];
  const type = async (index: number) => {
    const user = person(index).slackId;
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      for (let tries = 0; ; tries += 1) {
        const body = commandBody(next.line, {
          user_id: user,
          team_id: slack.team,
          trigger_id: randomUUID(),
        });
        const text = await (await fetch(url, signed(body))).text();
        if (/Not confirmed|longer than usual/.test(text)) {
          // Repeated more than a minute later it would be another line.
          unsure.add(next.token);
          break;
        }
        if (text.includes('Not saved')) {
          refused += 1;
          // As people do who are told to try again in a moment; all at once would keep a busy machine busy.
          await sleep(Math.random() * Math.min(5_000, 100 * 2 ** tries));
          continue;
        }
        if (text.includes(next.token)) acknowledged += 1;
        else visible.push(`${next.line}: ${text.slice(0, 300)}`);
        break;
      }
    }
  };
  try {
    await ready(url, service);
    await Promise.all(Array.from({ length: atOnce }, (_, index) => type(index)));
    const countOf = (words: string) => service.said().split(`"${words}"`).length - 1;
    const lost = () => countOf('transaction retried') + countOf('transaction given up');
    // On a busy machine hardly two get as far at once: two are sent to meet until somebody has lost.
    for (let pairs = 0; lost() < fewestLost && pairs < mostPairs; pairs += 1) {
      const both = [
        [1, 2],
        [2, 1],
      ].map(([first, second]) => {
        const token = randomUUID().slice(0, 13);
        return { token, line: `weigh D-${first} D-${second} -- ${token}`, isWeighing: true };
      });
      waiting.push(...both);
      typed.push(...both);
      await Promise.all([type(0), type(1)]);
    }
    return {
      typed: typed.length,
      acknowledged,
      unsure: unsure.size,
      notOnce: await notOnce(admin, typed, unsure),
      // A few say it all.
      visible: [
        ...visible.slice(0, 3),
        ...service
          .said()
          .split('\n')
          .filter((row) => row.includes('interaction failed'))
          .slice(0, 3),
      ],
      refused,
      retried: countOf('transaction retried'),
      givenUp: countOf('transaction given up'),
    };
  } finally {
    service.kill('SIGKILL');
    await service.exited;
    await admin.end();
  }
}

/** Every line has one entry in the history and its effects: one activity, or its note on two deals. */
async function notOnce(
  admin: postgres.Sql,
  typed: readonly { token: string; line: string; isWeighing: boolean }[],
  unsure: ReadonlySet<string>,
): Promise<string[]> {
  const entries = await admin<{ note: string; n: number }[]>`
    select input ->> 'note' as note, count(*)::int as n from audit where action in ('activities.log', 'weigh.note')
    group by 1 order by 1`;
  const logged = await admin<{ note: string; n: number }[]>`
    select note, count(*)::int as n from activities group by 1 order by 1`;
  const noted = await admin<{ note: string; n: number }[]>`
    select word as note, count(*)::int as n from deals, unnest(string_to_array(note, ' ')) as word
    group by 1 order by 1`;
  const inHistory = new Map(entries.map(({ note, n }) => [note, n]));
  const effects = new Map([...logged, ...noted].map(({ note, n }) => [note, n]));
  return typed.flatMap(({ token, line, isWeighing }) => {
    const [n, effect] = [inHistory.get(token) ?? 0, effects.get(token) ?? 0];
    const isOnce = (n === 1 || (n === 0 && unsure.has(token))) && effect === n * (isWeighing ? 2 : 1);
    return isOnce ? [] : [`${line}: ${n} entries, ${effect} effects`];
  });
}

/** People who may write on all deals, and the deals. */
function furnish(databaseUrl: string): Promise<string> {
  return foundOn(databaseUrl, async (core, orgId) => {
    const now = new Date();
    const everybody = Array.from({ length: people }, (_, index) => ({ ...person(index), id: uuidv7() }));
    await core.db.transaction({ as: 'app', orgId }, async (tx) => {
      const [home] = await tx.select().from(installations);
      if (!home) throw new Error('Slack is not connected');
      await tx.insert(members).values(
        everybody.map(({ id, name, email }) => ({
          orgId,
          id,
          name,
          email,
          roles: ['manager' as const, 'admin' as const],
          timeZone: 'UTC',
          status: 'active' as const,
          createdAt: now,
          updatedAt: now,
        })),
      );
      await tx.insert(identities).values(
        everybody.map(({ id, slackId }) => ({
          orgId,
          id: uuidv7(),
          memberId: id,
          platform: 'slack' as const,
          installationId: home.id,
          installationExternalId: home.externalId,
          externalUserId: slackId,
          createdAt: now,
        })),
      );
    });
    await operate(core.engine, { orgId, handler: 'test' }, async (ctx) => {
      for (let n = 1; n <= dealCount; n += 1) {
        await createDeal(ctx, { name: `Wanted ${n}`, ownerId: everybody[0]?.id ?? null });
      }
    });
  });
}
