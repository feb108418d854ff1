import { and, asc, eq, gt, isNull, lte, min, sql } from 'drizzle-orm';
import { schedule as cron } from 'node-cron';
import { v7 as uuidv7 } from 'uuid';
import { type ScheduledRun, scheduleRule, slotOf, type Turn, turnOf } from '../kernel/schedule.ts';
import type { Log } from '../runtime/ports.ts';
import type { Schedules } from '../runtime/scheduler.ts';
import { ensureTimers } from '../store/schedules.ts';
import { organizations } from '../store/tables/organizations.ts';
import { outbox } from '../store/tables/outbox.ts';
import { scheduleRuns, schedules } from '../store/tables/schedules.ts';
import type { Tx } from '../store/tx.ts';
import type { Database } from './db/database.ts';

const calendarColumns = {
  timeZone: organizations.timeZone,
  workdays: organizations.workdays,
  holidays: organizations.holidays,
};

type Claimed = typeof schedules.$inferSelect;
type Running = Claimed & { turn: Turn & { run: NonNullable<Turn['run']> } };

/** `orgId`: of one organization only (tests, which share a database). */
export function createSchedules(db: Database, log: Log, { orgId }: { orgId?: string } = {}): Schedules {
  const mine = orgId === undefined ? undefined : eq(schedules.orgId, orgId);
  return {
    claimDue: (now, limit) =>
      db.transaction({ as: 'relay' }, async (tx) => {
        const rows = await tx
          .select({ row: schedules, calendar: calendarColumns })
          .from(schedules)
          .innerJoin(organizations, eq(organizations.orgId, schedules.orgId))
          .where(and(isNull(schedules.pausedAt), lte(schedules.nextRunAt, now), mine))
          .orderBy(asc(schedules.nextRunAt))
          .limit(limit)
          .for('update', { of: schedules, skipLocked: true });
        const turns = rows.map(({ row, calendar }) => {
          const zone = { ...calendar, timeZone: row.timeZone ?? calendar.timeZone };
          return { ...row, turn: turnOrPause(row, zone, now, log) };
        });
        const wanted = turns.filter((one): one is Running => one.turn?.run !== undefined);
        const ran = await claimRuns(tx, wanted, now);
        const queued = wanted.filter((one) => ran.has(one.id));
        if (queued.length > 0) await tx.insert(outbox).values(queued.map(jobOf));
        await Promise.all(turns.map((one) => moveOn(tx, one, ran.has(one.id), now)));
        return { claimed: rows.length, queued: queued.length };
      }),

    async nextAt() {
      const rows = await db.transaction({ as: 'relay' }, (tx) =>
        tx
          .select({ at: min(schedules.nextRunAt) })
          .from(schedules)
          .where(and(isNull(schedules.pausedAt), sql`${schedules.rule} ->> 'every' <> 'minutes'`, mine)),
      );
      return rows[0]?.at ?? undefined;
    },

    async ensureTimers(timers, now) {
      // A few at a time, so that no transaction is long.
      for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
        const last = await db.transaction({ as: 'relay' }, async (tx) => {
          const some = await tx
            .select({ id: organizations.orgId, ...calendarColumns })
            .from(organizations)
            .where(
              and(
                gt(organizations.orgId, after),
                orgId === undefined ? undefined : eq(organizations.orgId, orgId),
              ),
            )
            .orderBy(asc(organizations.orgId))
            .limit(100);
          await ensureTimers({ tx, now, newId: uuidv7 }, some, timers);
          return some.at(-1)?.id;
        });
        if (last === undefined) return;
        after = last;
      }
    },
  };
}

/** Calls back at every full minute. */
export function everyMinute(run: () => void): () => Promise<void> {
  const task = cron('* * * * *', run);
  return async () => {
    await task.destroy();
  };
}

/** `undefined`: a rule or zone that cannot be read any more; it must not hold up the others. */
function turnOrPause(
  row: Claimed,
  calendar: Parameters<typeof turnOf>[1],
  now: Date,
  log: Log,
): Turn | undefined {
  const { id, orgId, job, lastRunAt, missedSince, createdAt } = row;
  const next = { at: row.nextRunAt, on: row.nextOn };
  try {
    const rule = scheduleRule.parse(row.rule);
    return turnOf({ rule, next, lastRunAt, missedSince, createdAt }, calendar, now);
  } catch (error) {
    log.error({ err: error, orgId, id, job }, 'schedule paused: its rule or zone cannot be read');
    return undefined;
  }
}

/** Writes down the runs; answers the ids of schedules whose run nobody else has claimed. */
async function claimRuns(tx: Tx, wanted: readonly Running[], now: Date): Promise<Set<string>> {
  if (wanted.length === 0) return new Set();
  const runs = wanted.map((one) => ({
    orgId: one.orgId,
    job: one.job,
    scope: one.scope,
    slot: slotOf(one.rule, one.turn.run.due),
    destination: one.destination,
    at: now,
    isLate: one.turn.run.late,
  }));
  const inserted = await tx.insert(scheduleRuns).values(runs).onConflictDoNothing().returning();
  const key = (run: Omit<(typeof runs)[number], 'at' | 'isLate'>) =>
    JSON.stringify([run.orgId, run.job, run.scope, run.slot, run.destination]);
  const claimed = new Set(inserted.map(key));
  return new Set(
    wanted.filter((_, index) => claimed.has(key(runs[index] as (typeof runs)[number]))).map((one) => one.id),
  );
}

function jobOf({ orgId, id, job, scope, destination, payload, turn }: Running): typeof outbox.$inferInsert {
  const { due, late, since } = turn.run;
  const schedule: ScheduledRun = {
    id,
    scope,
    destination,
    on: due.on,
    dueAt: due.at.toISOString(),
    late,
    since: since?.toISOString() ?? null,
  };
  return {
    orgId,
    id: uuidv7(),
    kind: 'job',
    name: job,
    payload: { ...payload, schedule },
    orderKey: `schedule ${id}`,
  };
}

async function moveOn(
  tx: Tx,
  { orgId, id, turn, lastRunAt }: Claimed & { turn: Turn | undefined },
  hasRun: boolean,
  now: Date,
): Promise<void> {
  const set = turn
    ? {
        nextRunAt: turn.next.at,
        nextOn: turn.next.on,
        missedSince: turn.missedSince,
        lastRunAt: hasRun ? now : lastRunAt,
      }
    : { pausedAt: now, pausedReason: 'unreadable' };
  await tx
    .update(schedules)
    .set(set)
    .where(and(eq(schedules.orgId, orgId), eq(schedules.id, id)));
}
