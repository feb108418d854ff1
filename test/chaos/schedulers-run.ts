import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openPostgres } from '../../src/infra/db/postgres.ts';
import { createSchedules } from '../../src/infra/schedules.ts';
import { putSchedule } from '../../src/store/schedules.ts';
import { organizations } from '../../src/store/tables/organizations.ts';
import { type Child, runScript } from '../journeys/child.ts';
import { freshDirectory } from '../support/database.ts';
import { setSharedClock } from './shared-clock.ts';

export interface SchedulersRun {
  /** Script of one process; gets DATABASE_URL, CLOCK and SKEW_MS. */
  script: string;
  url: string;
  processes: number;
  organizations: number;
  /** Simulated ones, with one run each per organization. */
  days: number;
  kills: number;
  seed: number;
}

export interface Scheduled {
  queued: number;
  kills: number;
  /** `organization day` that was queued more than once, or never. */
  twice: string[];
  never: string[];
}

const job = 'chaos.digest';
const begin = new Date('2026-11-10T00:00:00Z');
/** None of them changes its clocks in these weeks. */
const zones = ['Asia/Shanghai', 'Europe/London', 'America/New_York', 'Asia/Kolkata'];

/**
 * Processes look for due schedules all the time while simulated days go by; a clock that is off by up to three
 * seconds each, and random ones killed right after something came due. Answers what was queued.
 */
export async function schedulersRun(run: SchedulersRun): Promise<Scheduled> {
  const db = openPostgres({ url: run.url, poolSize: 4 });
  const clock = join(freshDirectory(), 'clock');
  setSharedClock(clock, begin);
  const random = generator(run.seed);
  const start = () => {
    const SKEW_MS = String(Math.round((random() - 0.5) * 6000));
    return runScript(run.script, { DATABASE_URL: run.url, CLOCK: clock, SKEW_MS });
  };
  const children: Child[] = [];
  try {
    for (let n = 0; n < run.organizations; n++) await addOrganization(db, n);
    for (let n = 0; n < run.processes; n++) children.push(start());
    await Promise.all(children.map((child) => child.until('ready')));
    const kills = await passDays({ db, clock, run, random, children, start });
    return { kills, ...(await outcome(db, run)) };
  } finally {
    for (const child of children) child.kill('SIGKILL');
    await Promise.all(children.map((child) => child.exited));
    await db.close();
  }
}

type Database = ReturnType<typeof openPostgres>;

async function addOrganization(db: Database, n: number): Promise<void> {
  const orgId = randomUUID();
  const timeZone = zones[n % zones.length] ?? 'UTC';
  await db.transaction({ as: 'app', orgId }, async (tx) => {
    const values = { orgId, slug: `chaos-${n}`, name: `Chaos ${n}`, currency: 'EUR', createdAt: begin };
    const org = { id: orgId, timeZone, workdays: [1, 2, 3, 4, 5], holidays: [] };
    await tx.insert(organizations).values({ ...values, timeZone });
    await putSchedule(
      { org, now: begin, tx, newId: randomUUID },
      {
        job,
        scope: 'org',
        destination: 'channel:C1',
        payload: {},
        rule: { every: 'day', at: '08:30' },
        timeZone: null,
        createdBy: null,
      },
    );
  });
}

interface Passing {
  db: Database;
  clock: string;
  run: SchedulersRun;
  random: () => number;
  children: Child[];
  start(): Child;
}

/** From one due instant to the next, each only when nothing is due any more. Answers how many were killed. */
async function passDays({ db, clock, run, random, children, start }: Passing): Promise<number> {
  const schedules = createSchedules(db, console);
  const end = new Date(begin.getTime() + run.days * 86_400_000);
  const stops = run.days * zones.length;
  let kills = 0;
  for (let stop = 0; ; stop++) {
    const next = await schedules.nextAt();
    if (!next || next > end) return kills;
    const now = new Date(next.getTime() + 5000);
    setSharedClock(clock, now);
    while (kills < run.kills && kills < ((stop + 1) * run.kills) / stops) {
      await sleep(random() * 30);
      const victim = Math.floor(random() * children.length);
      children[victim]?.kill('SIGKILL');
      children[victim] = start();
      kills++;
    }
    await untilNothingIsDue(schedules, now);
  }
}

async function untilNothingIsDue(schedules: ReturnType<typeof createSchedules>, now: Date): Promise<void> {
  for (let tries = 0; tries < 6000; tries++) {
    const next = await schedules.nextAt();
    if (!next || next > now) return;
    await sleep(10);
  }
  throw new Error(`something stayed due at ${now.toISOString()}`);
}

async function outcome(db: Database, run: SchedulersRun): Promise<Omit<Scheduled, 'kills'>> {
  const rows = await db.asOwner((owner) =>
    owner.rows<{ slug: string; on: string; n: string }>(
      `select o.slug, q.payload #>> '{schedule,on}' as "on", count(*)::text as n
       from outbox q join organizations o on o.org_id = q.org_id
       where q.name = $1 group by 1, 2`,
      [job],
    ),
  );
  const counts = new Map(rows.map(({ slug, on, n }) => [`${slug} ${on}`, Number(n)]));
  const wanted = Array.from({ length: run.organizations }, (_, n) => n).flatMap((n) =>
    Array.from({ length: run.days }, (_, day) => {
      const on = new Date(begin.getTime() + day * 86_400_000).toISOString().slice(0, 10);
      return `chaos-${n} ${on}`;
    }),
  );
  return {
    queued: [...counts.values()].reduce((sum, n) => sum + n, 0),
    twice: [...counts].filter(([, n]) => n > 1).map(([key]) => key),
    never: wanted.filter((key) => !counts.has(key)),
  };
}

/** Numbers in [0, 1), the same for the same seed. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
