import { and, asc, eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { moveClock } from '../../src/demo-clock.ts';
import { createSchedules, everyMinute } from '../../src/infra/schedules.ts';
import { type ScheduledRun, type ScheduleRule, scheduledRun } from '../../src/kernel/schedule.ts';
import { createScheduler, type Scheduler } from '../../src/runtime/scheduler.ts';
import {
  dropSchedules,
  pauseSchedules,
  personDestination,
  putSchedule,
  reschedule,
  resumeSchedules,
  type ScheduleContext,
  schedulesOf,
} from '../../src/store/schedules.ts';
import { organizations } from '../../src/store/tables/organizations.ts';
import { outbox } from '../../src/store/tables/outbox.ts';
import { schedules } from '../../src/store/tables/schedules.ts';
import { type Person, type TestApp, testApp } from '../support/app.ts';

const daily = { every: 'day', at: '08:30' } as const;
const workdays = { every: 'workday', at: '08:30' } as const;
const key = { job: 'test.digest', scope: 'org', destination: 'channel:C1' };

let app: TestApp;
let scheduler: Scheduler;

function schedulerOf(timers: { job: string; rule: ScheduleRule }[] = []): Scheduler {
  const { clock, engine, db, orgId } = app;
  const only = createSchedules(db, engine.log, { orgId });
  return createScheduler({ schedules: only, timers, clock, log: engine.log, wake: () => {}, everyMinute });
}

/** As an action's context has it; of the organization with its calendar as it is now. */
function inContext<T>(work: (ctx: ScheduleContext) => Promise<T>): Promise<T> {
  return app.inOrg(async (tx) => {
    const org = await app.engine.sessions.organization(tx, app.orgId);
    return work({ org, now: app.clock.now(), tx, newId: app.engine.newId });
  });
}

function put(rule: ScheduleRule = daily, patch: Partial<Parameters<typeof putSchedule>[1]> = {}) {
  const wanted = { ...key, payload: { list: 'all' }, rule, timeZone: 'UTC', createdBy: null, ...patch };
  return inContext((ctx) => putSchedule(ctx, wanted));
}

/** What was queued for the job of this organization, in order. */
async function queued(): Promise<ScheduledRun[]> {
  const rows = await app.inOrg((tx) =>
    tx
      .select({ payload: outbox.payload })
      .from(outbox)
      .where(and(eq(outbox.orgId, app.orgId), eq(outbox.name, key.job)))
      .orderBy(outbox.position),
  );
  const payload = z.object({ list: z.literal('all'), schedule: scheduledRun });
  return rows.map((row) => payload.parse(row.payload).schedule);
}

/** Lets the clock stand at each of these instants, with a look at each. */
async function tickAt(...instants: string[]): Promise<number[]> {
  const counts: number[] = [];
  for (const instant of instants) {
    app.clock.set(instant);
    counts.push(await scheduler.tick());
  }
  return counts;
}

async function joinedAdmin(): Promise<{ admin: Person; memberId: string }> {
  const visitor = { platform: 'slack', installation: app.installation, userId: 'UADMIN' } as const;
  const profile = {
    name: 'Ada Admin',
    email: 'ada@example.com',
    locale: 'en',
    timeZone: 'UTC',
    isOwnerOrAdmin: true,
    isOutsider: false,
  } as const;
  const { sessions } = app.engine;
  const memberId = await app.inOrg(async (tx) => {
    await sessions.join(tx, app.orgId, visitor, profile, app.clock.now());
    return (await sessions.byVisitor(tx, app.orgId, visitor))?.actor.memberId ?? '';
  });
  return { admin: app.at(visitor), memberId };
}

beforeEach(async () => {
  app = await testApp({ demo: false });
  app.clock.set('2026-11-10T02:00:00Z');
  // What features run in every organization would be counted as well.
  await app.inOrg((tx) => tx.delete(schedules).where(eq(schedules.orgId, app.orgId)));
  scheduler = schedulerOf();
});

describe('a schedule', () => {
  test('runs once a day, however often somebody looks', async () => {
    const { id } = await put();
    const counts = await tickAt(
      '2026-11-10T08:29:59Z',
      '2026-11-10T08:30:00Z',
      '2026-11-10T08:31:00Z',
      '2026-11-11T08:30:20Z',
    );
    expect(counts).toEqual([0, 1, 0, 1]);
    const run = { id, scope: 'org', destination: 'channel:C1', late: false, since: null };
    expect(await queued()).toEqual([
      { ...run, on: '2026-11-10', dueAt: '2026-11-10T08:30:00.000Z' },
      { ...run, on: '2026-11-11', dueAt: '2026-11-11T08:30:00.000Z' },
    ]);
  });

  test('that is moved to a later hour does not run again on a day it has run', async () => {
    await put();
    await tickAt('2026-11-10T08:30:00Z');
    await put({ every: 'day', at: '10:00' });
    expect(await tickAt('2026-11-10T10:00:00Z', '2026-11-11T10:00:00Z')).toEqual([0, 1]);
  });

  test.each([
    ['an hour', '2026-11-10T09:30:00Z', 1],
    ['five hours', '2026-11-10T13:30:00Z', 0],
    ['three days', '2026-11-13T13:30:00Z', 0],
  ])('missed for %s runs as often as it is still worth it', async (_, back, runs) => {
    await put();
    await tickAt('2026-11-09T08:30:00Z', back);
    expect(await queued()).toHaveLength(runs);
    expect((await queued()).every((run) => run.late)).toBe(true);
    await tickAt('2026-11-14T08:30:00Z');
    const last = (await queued()).at(-1);
    expect(last).toMatchObject({ on: '2026-11-14', late: false });
    expect(last?.since).not.toBeNull();
  });

  test('says since when, once, after runs were missed', async () => {
    await put();
    await tickAt(
      '2026-11-10T08:30:05Z',
      '2026-11-12T15:00:00Z',
      '2026-11-13T08:30:00Z',
      '2026-11-14T08:30:00Z',
    );
    expect((await queued()).map((run) => [run.on, run.since])).toEqual([
      ['2026-11-10', null],
      ['2026-11-13', '2026-11-10T08:30:05.000Z'],
      ['2026-11-14', null],
    ]);
  });

  test('of workdays rests on a day that became a holiday after it was reckoned', async () => {
    await put(workdays);
    await app.inOrg((tx) => tx.update(organizations).set({ holidays: ['2026-11-10'] }));
    expect(await tickAt('2026-11-10T08:30:00Z', '2026-11-11T08:30:00Z')).toEqual([0, 1]);
    expect(await queued()).toMatchObject([{ on: '2026-11-11', since: null }]);
  });

  test('rests while it is paused, and goes on with the next run', async () => {
    await put();
    const paused = await inContext((ctx) => pauseSchedules(ctx, { destination: 'channel:C1' }, 'archived'));
    expect(paused).toMatchObject([{ pausedReason: 'archived' }]);
    expect(await inContext((ctx) => pauseSchedules(ctx, key, 'archived'))).toEqual([]);
    expect(await tickAt('2026-11-10T08:30:00Z', '2026-11-12T09:00:00Z')).toEqual([0, 0]);
    const resumed = await inContext((ctx) => resumeSchedules(ctx, key));
    expect(resumed).toMatchObject([{ nextOn: '2026-11-13', pausedAt: null, pausedReason: null }]);
    expect(await tickAt('2026-11-13T08:30:00Z')).toEqual([1]);
  });

  test('that was dropped does not run', async () => {
    await put();
    expect(await inContext((ctx) => dropSchedules(ctx, key))).toHaveLength(1);
    expect(await tickAt('2026-11-10T08:30:00Z')).toEqual([0]);
  });

  test('without a zone of its own follows the organization, with one keeps it', async () => {
    await put(daily, { timeZone: null });
    await put(daily, { timeZone: 'Europe/Berlin', scope: 'mine' });
    const next = async () =>
      (await inContext((ctx) => schedulesOf(ctx))).map((row) => [row.scope, row.nextRunAt.toISOString()]);
    expect(await next()).toEqual([
      ['mine', '2026-11-10T07:30:00.000Z'],
      ['org', '2026-11-11T00:30:00.000Z'],
    ]);
    await app.inOrg((tx) => tx.update(organizations).set({ timeZone: 'America/New_York' }));
    await inContext((ctx) => reschedule(ctx));
    expect(await next()).toEqual([
      ['mine', '2026-11-10T07:30:00.000Z'],
      ['org', '2026-11-10T13:30:00.000Z'],
    ]);
  });

  test('that is due stays due when days off change', async () => {
    await put();
    app.clock.set('2026-11-10T08:35:00Z');
    await inContext((ctx) => reschedule(ctx));
    expect(await scheduler.tick()).toBe(1);
  });

  test('whose zone is no zone any more is paused and does not hold up the others', async () => {
    await put();
    await put(daily, { scope: 'broken' });
    await app.inOrg((tx) =>
      tx.update(schedules).set({ timeZone: 'Mars/Olympus' }).where(eq(schedules.scope, 'broken')),
    );
    expect(await tickAt('2026-11-10T08:30:00Z')).toEqual([1]);
    const rows = await inContext((ctx) => schedulesOf(ctx, { scope: 'broken' }));
    expect(rows).toMatchObject([{ pausedReason: 'unreadable' }]);
  });

  test('is seen by its own organization alone', async () => {
    await put();
    const other = await testApp({ demo: false });
    const rows = await other.inOrg((tx) => tx.select().from(schedules).where(eq(schedules.job, key.job)));
    expect(rows).toEqual([]);
  });
});

describe('days off and zones', () => {
  test('a new holiday moves what rests on days off at once', async () => {
    const { admin } = await joinedAdmin();
    await put(workdays, { timeZone: null });
    const shown = await admin.type('settings holidays:+2026-11-11 zone:Europe/Berlin');
    expect(shown.kind).toBe('card');
    const rows = await inContext((ctx) => schedulesOf(ctx));
    expect(rows.map((row) => row.nextRunAt.toISOString())).toEqual(['2026-11-10T07:30:00.000Z']);
    await admin.type('settings holidays:+2026-11-10');
    const moved = await inContext((ctx) => schedulesOf(ctx));
    expect(moved.map((row) => row.nextOn)).toEqual(['2026-11-12']);
  });

  test("a person's own schedule follows them to another zone, the channel's stays", async () => {
    const { admin, memberId } = await joinedAdmin();
    await put(daily, { destination: personDestination(memberId) });
    await put();
    await admin.type('me zone:Asia/Tokyo');
    const rows = await inContext((ctx) => schedulesOf(ctx));
    expect(rows.map((row) => [row.destination, row.nextRunAt.toISOString()])).toEqual([
      ['channel:C1', '2026-11-10T08:30:00.000Z'],
      [personDestination(memberId), '2026-11-10T23:30:00.000Z'],
    ]);
  });
});

describe('timers', () => {
  const timerRows = () =>
    app.inOrg((tx) =>
      tx
        .select()
        .from(schedules)
        .where(and(eq(schedules.destination, ''), eq(schedules.job, 'test.timer'))),
    );

  test('are given to every organization, follow their rule and go with their feature', async () => {
    const start = async (timers: Parameters<typeof schedulerOf>[0]) => {
      const starting = schedulerOf(timers);
      await starting.start();
      await starting.stop();
    };
    await start([{ job: 'test.timer', rule: { every: 'minutes', minutes: 15 } }]);
    await start([{ job: 'test.timer', rule: { every: 'minutes', minutes: 15 } }]);
    expect(await timerRows()).toMatchObject([
      { nextRunAt: new Date('2026-11-10T02:15:00Z'), timeZone: null },
    ]);
    await start([{ job: 'test.timer', rule: daily }]);
    expect(await timerRows()).toMatchObject([{ nextRunAt: new Date('2026-11-11T00:30:00Z') }]);
    await start([]);
    expect(await timerRows()).toEqual([]);
  });

  test('in minutes run once per slot, and the last one only after an outage', async () => {
    const own = schedulerOf([{ job: 'test.timer', rule: { every: 'minutes', minutes: 15 } }]);
    await own.start();
    await own.tick();
    // Other organizations have timers of their own: what counts are the runs of this one.
    for (const at of ['2026-11-10T02:15:30Z', '2026-11-10T05:44:00Z']) {
      app.clock.set(at);
      await own.tick();
      expect(await own.tick()).toBe(0);
    }
    await own.stop();
    const rows = await app.inOrg((tx) =>
      tx.select().from(outbox).where(eq(outbox.name, 'test.timer')).orderBy(asc(outbox.position)),
    );
    expect(rows.map((row) => row.payload)).toMatchObject([
      { schedule: { dueAt: '2026-11-10T02:15:00.000Z', since: null } },
      { schedule: { dueAt: '2026-11-10T05:30:00.000Z', since: '2026-11-10T02:15:30.000Z' } },
    ]);
  });
});

test('moving the demo clock lets each day on the way have its run, in time', async () => {
  await put();
  const { clock } = app;
  const settable = { now: clock.now, moveTo: (to: Date) => clock.set(to) };
  await moveClock({ scheduler, relay: app.relay }, settable, new Date('2026-11-12T09:00:00Z'));
  expect(clock.now()).toEqual(new Date('2026-11-12T09:00:00Z'));
  expect((await queued()).map((run) => [run.on, run.late, run.since])).toEqual([
    ['2026-11-10', false, null],
    ['2026-11-11', false, null],
    ['2026-11-12', false, null],
  ]);
});
