import { and, asc, eq, gt, inArray, isNotNull, isNull, ne, type SQL } from 'drizzle-orm';
import { nextDue, type ScheduleCalendar, type ScheduleRule, scheduleRule } from '../kernel/schedule.ts';
import { schedules } from './tables/schedules.ts';
import type { Tx } from './tx.ts';

/** The part of an action's context that schedules need. */
export interface ScheduleContext {
  readonly org: ScheduleCalendar & { id: string };
  /** Business time. */
  readonly now: Date;
  readonly tx: Tx;
  newId(): string;
}

export type Schedule = typeof schedules.$inferSelect;

/** There is one schedule of a job for each scope and destination. */
export interface ScheduleKey {
  /** Name of a registered job. */
  job: string;
  /** What it is about and where it goes, in a form of the feature's choosing; of a person see `personDestination`. */
  scope: string;
  destination: string;
}

export interface WantedSchedule extends ScheduleKey {
  /** The job gets it together with `schedule`, a `ScheduledRun`. */
  payload: Record<string, unknown>;
  rule: ScheduleRule;
  /** Null: the organization's, also when that changes. */
  timeZone: string | null;
  createdBy: string | null;
}

export type ScheduleFilter = Partial<ScheduleKey>;

/** Destination of what goes to one person: follows when the person changes their zone. */
export function personDestination(memberId: string): string {
  return `member:${memberId}`;
}

/** Sets up or changes; a paused one goes on. A day whose run has been is not run again. */
export async function putSchedule(ctx: ScheduleContext, wanted: WantedSchedule): Promise<Schedule> {
  if (wanted.scope === '' || wanted.destination === '')
    throw new TypeError('scope and destination are empty');
  const { job, scope, destination, createdBy, ...rest } = wanted;
  const values = { ...rest, ...nextColumns(ctx, wanted), missedSince: null, ...running, createdBy };
  const rows = await ctx.tx
    .insert(schedules)
    .values({ orgId: ctx.org.id, id: ctx.newId(), job, scope, destination, ...values, createdAt: ctx.now })
    .onConflictDoUpdate({
      target: [schedules.orgId, schedules.job, schedules.scope, schedules.destination],
      set: values,
    })
    .returning();
  return rows[0] as Schedule;
}

/** Answers what was dropped. */
export function dropSchedules(ctx: ScheduleContext, filter: ScheduleFilter): Promise<Schedule[]> {
  return ctx.tx.delete(schedules).where(matching(ctx, filter)).returning();
}

/** Paused ones included, the next to run first; those every organization has are left out. */
export function schedulesOf(ctx: ScheduleContext, filter: ScheduleFilter = {}): Promise<Schedule[]> {
  return ctx.tx.select().from(schedules).where(matching(ctx, filter)).orderBy(asc(schedules.nextRunAt));
}

/** Answers what was running until now: nothing the second time, so that its owner is told once. */
export function pauseSchedules(
  ctx: ScheduleContext,
  filter: ScheduleFilter,
  reason: string,
): Promise<Schedule[]> {
  return ctx.tx
    .update(schedules)
    .set({ pausedAt: ctx.now, pausedReason: reason })
    .where(and(matching(ctx, filter), isNull(schedules.pausedAt)))
    .returning();
}

/** Goes on with the next run from now; what fell into the pause is not made up for. */
export async function resumeSchedules(ctx: ScheduleContext, filter: ScheduleFilter): Promise<Schedule[]> {
  const paused = await ctx.tx
    .select()
    .from(schedules)
    .where(and(matching(ctx, filter), isNotNull(schedules.pausedAt)));
  return Promise.all(paused.map((row) => change(ctx, row, { ...nextColumns(ctx, row), ...running })));
}

/**
 * Reckons anew when each runs next: for a person's new zone (`timeZone`), or because the organization's zone or
 * days off changed (`ctx.org` as they are now; its own timers follow too). What is due already stays due.
 */
export async function reschedule(
  ctx: ScheduleContext,
  filter: ScheduleFilter = {},
  patch: { timeZone?: string } = {},
): Promise<void> {
  const rows = await ctx.tx
    .select()
    .from(schedules)
    .where(and(matching(ctx, filter, true), gt(schedules.nextRunAt, ctx.now)));
  await Promise.all(
    rows.map((row) => change(ctx, row, { ...patch, ...nextColumns(ctx, { ...row, ...patch }) })),
  );
}

/** A recurring job that every organization has. */
export interface WantedTimer {
  job: string;
  rule: ScheduleRule;
}

/** Gives organizations the timers they lack, changes those that differ and removes those of no feature any more. */
export async function ensureTimers(
  { tx, now, newId }: Pick<ScheduleContext, 'tx' | 'now' | 'newId'>,
  organizations: readonly ScheduleContext['org'][],
  timers: readonly WantedTimer[],
): Promise<void> {
  const ids = organizations.map((org) => org.id);
  if (ids.length === 0) return;
  const present = await tx
    .select()
    .from(schedules)
    .where(and(inArray(schedules.orgId, ids), eq(schedules.scope, ''), eq(schedules.destination, '')));
  const found = new Map(present.map((row) => [`${row.orgId} ${row.job}`, row]));
  const missing: (typeof schedules.$inferInsert)[] = [];
  for (const org of organizations) {
    const ctx = { org, now, tx, newId };
    for (const { job, rule } of timers) {
      const row = found.get(`${org.id} ${job}`);
      const values = { rule, ...nextColumns(ctx, { rule, timeZone: null }) };
      if (row && !sameRule(row.rule, rule)) await change(ctx, row, values);
      if (row) continue;
      const key = { orgId: org.id, id: newId(), job, scope: '', destination: '' };
      missing.push({ ...key, payload: {}, timeZone: null, ...values, createdAt: now });
    }
  }
  for (let at = 0; at < missing.length; at += 1000) {
    await tx
      .insert(schedules)
      .values(missing.slice(at, at + 1000))
      .onConflictDoNothing();
  }
  const gone = present.filter((row) => !timers.some(({ job }) => job === row.job)).map((row) => row.id);
  if (gone.length > 0) await tx.delete(schedules).where(inArray(schedules.id, gone));
}

const running = { pausedAt: null, pausedReason: null };

function nextColumns(ctx: ScheduleContext, { rule, timeZone }: Pick<Schedule, 'rule' | 'timeZone'>) {
  const next = nextDue(rule, { ...ctx.org, timeZone: timeZone ?? ctx.org.timeZone }, ctx.now);
  return { nextRunAt: next.at, nextOn: next.on };
}

async function change(ctx: ScheduleContext, row: Schedule, set: Partial<Schedule>): Promise<Schedule> {
  const rows = await ctx.tx
    .update(schedules)
    .set(set)
    .where(and(eq(schedules.orgId, row.orgId), eq(schedules.id, row.id)))
    .returning();
  return rows[0] ?? row;
}

function matching(ctx: ScheduleContext, filter: ScheduleFilter, timersToo = false): SQL | undefined {
  const { job, scope, destination } = filter;
  return and(
    eq(schedules.orgId, ctx.org.id),
    job === undefined ? undefined : eq(schedules.job, job),
    scope === undefined ? undefined : eq(schedules.scope, scope),
    destination === undefined ? undefined : eq(schedules.destination, destination),
    timersToo ? undefined : ne(schedules.destination, ''),
  );
}

/** As the shape has them: the database keeps keys in an order of its own. */
function sameRule(a: ScheduleRule, b: ScheduleRule): boolean {
  return JSON.stringify(scheduleRule.parse(a)) === JSON.stringify(scheduleRule.parse(b));
}
