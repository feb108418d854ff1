import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { addDays, addMonths, dayIn, isWorkday, startOf, type WorkCalendar } from './dates.ts';

/** Times of day that may be chosen for a digest, both included: away from midnight, where clocks are changed. */
export const digestTimes = { from: '05:00', to: '22:00' } as const;

const at = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/**
 * When something runs again and again, in local time of a zone. `onWorkday`: on the first workday on or after
 * that day. Rules in minutes count from the epoch, so that the slots of all processes are the same.
 */
export const scheduleRule = z.discriminatedUnion('every', [
  z.object({ every: z.enum(['day', 'workday']), at }),
  z.object({
    every: z.literal('week'),
    weekday: z.int().min(1).max(7),
    at,
    onWorkday: z.boolean().optional(),
  }),
  z.object({ every: z.literal('month'), day: z.int().min(1).max(28), at, onWorkday: z.boolean().optional() }),
  z.object({ every: z.literal('minutes'), minutes: z.int().min(1).max(1440) }),
]);

export type ScheduleRule = z.infer<typeof scheduleRule>;

/** What a scheduled job finds in its payload beside its own values, as `schedule`. */
export const scheduledRun = z.object({
  id: z.uuid(),
  scope: z.string(),
  destination: z.string(),
  /** The local day it counts for, and the instant it was due. */
  on: z.string(),
  dueAt: z.iso.datetime(),
  late: z.boolean(),
  /** Runs were missed: the instant of the last one before (of the set-up, if there was none). */
  since: z.iso.datetime().nullable(),
});

export type ScheduledRun = z.infer<typeof scheduledRun>;

/** One run: its instant and the local day it counts for. */
export interface Due {
  at: Date;
  on: string;
}

/** Days off and the zone; `WorkCalendar` has them. */
export type ScheduleCalendar = Pick<WorkCalendar, 'timeZone' | 'workdays' | 'holidays'>;

/** The first run strictly after `after`. A calendar without workdays is treated as one without days off. */
export function nextDue(rule: ScheduleRule, calendar: ScheduleCalendar, after: Date): Due {
  if (rule.every === 'minutes') {
    const step = rule.minutes * 60_000;
    const next = new Date((Math.floor(after.getTime() / step) + 1) * step);
    return { at: next, on: dayIn(next, calendar.timeZone) };
  }
  for (const on of daysOf(rule, calendar, dayIn(after, calendar.timeZone))) {
    const next = firstInstantOf(on, rule.at, calendar.timeZone);
    if (next > after) return { at: next, on };
  }
  throw new RangeError('no further run');
}

/** The last of the runs from `due` on that has come by `now`, and whether there were others before it. */
export function lastDue(
  rule: ScheduleRule,
  calendar: ScheduleCalendar,
  due: Due,
  now: Date,
): { due: Due; skipped: boolean } {
  if (rule.every === 'minutes') {
    const step = rule.minutes * 60_000;
    const last = nextDue(rule, calendar, new Date(now.getTime() - step));
    return last.at > due.at ? { due: last, skipped: true } : { due, skipped: false };
  }
  let last = due;
  for (;;) {
    const following = nextDue(rule, calendar, last.at);
    if (following.at > now) return { due: last, skipped: last !== due };
    last = following;
  }
}

/** What makes two runs of a schedule the same one. */
export function slotOf(rule: ScheduleRule, due: Due): string {
  return rule.every === 'minutes' ? due.at.toISOString() : due.on;
}

/** Whether the rule still has a run on that day: it may have become a holiday. */
export function stillFalls(rule: ScheduleRule, calendar: ScheduleCalendar, on: string): boolean {
  const skipsDaysOff = rule.every === 'workday' || ('onWorkday' in rule && rule.onWorkday === true);
  return !skipsDaysOff || isWorkday(on, calendar) || !hasWorkdays(calendar, on);
}

/** Where a schedule stands; `missedSince`: runs were missed, and the last one before them was then. */
export interface ScheduleState {
  rule: ScheduleRule;
  next: Due;
  lastRunAt: Date | null;
  missedSince: Date | null;
  createdAt: Date;
}

export interface Turn {
  /** What is to run now; of several missed runs only the last one can. */
  run: { due: Due; late: boolean; since: Date | null } | undefined;
  next: Due;
  missedSince: Date | null;
}

/** What becomes of a schedule that has come due: a run, or none because it is too late or a day off by now. */
export function turnOf(state: ScheduleState, calendar: ScheduleCalendar, now: Date): Turn {
  const { rule, next } = state;
  const first = stillFalls(rule, calendar, next.on) ? next : nextDue(rule, calendar, next.at);
  if (first.at > now) return { run: undefined, next: first, missedSince: state.missedSince };
  const { due, skipped } = lastDue(rule, calendar, first, now);
  const following = nextDue(rule, calendar, due.at);
  const before = state.missedSince ?? state.lastRunAt ?? state.createdAt;
  const verdict = rule.every === 'minutes' ? 'on-time' : lateness(due.at, now, calendar.timeZone);
  if (verdict === 'skip') return { run: undefined, next: following, missedSince: before };
  const since = skipped || state.missedSince ? before : null;
  return { run: { due, late: verdict === 'late', since }, next: following, missedSince: null };
}

const onTimeMs = 10 * 60_000;
const lateMs = 4 * 3_600_000;

/** Up to ten minutes is on time; up to four hours, on the same local day, late; more is not worth it any more. */
export function lateness(dueAt: Date, now: Date, timeZone: string): 'on-time' | 'late' | 'skip' {
  const ms = now.getTime() - dueAt.getTime();
  if (ms <= onTimeMs) return 'on-time';
  return ms <= lateMs && dayIn(now, timeZone) === dayIn(dueAt, timeZone) ? 'late' : 'skip';
}

/**
 * The instant of a local day and time. In a gap (clocks go forward) the first instant after it, unlike
 * `instantOf`; in an overlap the first of the two.
 */
export function firstInstantOf(on: string, time: string, timeZone: string): Date {
  const local = Temporal.PlainDate.from(on).toPlainDateTime(Temporal.PlainTime.from(time));
  const earlier = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  const isGap = !earlier.toPlainDateTime().equals(local);
  // Shifted back by the length of the gap, `earlier` lies before it: the next transition is its end.
  const instant = isGap ? (earlier.getTimeZoneTransition('next') ?? earlier) : earlier;
  return new Date(instant.epochMilliseconds);
}

/** Local days a rule falls on, in order, from about `from` on. */
function* daysOf(
  rule: Exclude<ScheduleRule, { every: 'minutes' }>,
  calendar: ScheduleCalendar,
  from: string,
): Generator<string> {
  let last = '';
  for (const nominal of nominalDays(rule, from)) {
    const on = shifted(rule, calendar, nominal);
    // A shift past days off or a day that does not exist may land on the run after it.
    if (on === undefined || on <= last) continue;
    last = on;
    yield on;
  }
}

/** Starts early enough for a day before `from` whose run was shifted past it. */
function* nominalDays(rule: Exclude<ScheduleRule, { every: 'minutes' }>, from: string): Generator<string> {
  if (rule.every === 'month') {
    for (let month = addMonths(startOf('month', from), -2); ; month = addMonths(month, 1)) {
      yield addDays(month, rule.day - 1);
    }
  }
  if (rule.every === 'week') {
    for (let on = addDays(startOf('week', from), rule.weekday - 15); ; on = addDays(on, 7)) yield on;
  }
  for (let on = from; ; on = addDays(on, 1)) yield on;
}

function shifted(
  rule: Exclude<ScheduleRule, { every: 'minutes' }>,
  calendar: ScheduleCalendar,
  nominal: string,
): string | undefined {
  const fits = (on: string) => exists(on, calendar.timeZone) && stillFalls(rule, calendar, on);
  if (fits(nominal)) return nominal;
  if (rule.every === 'day' || rule.every === 'workday') return undefined;
  let on = addDays(nominal, 1);
  while (!fits(on)) on = addDays(on, 1);
  return on;
}

/** Zones that moved across the date line left out a day. */
function exists(on: string, timeZone: string): boolean {
  return dayIn(firstInstantOf(on, '00:00', timeZone), timeZone) === on;
}

/** Within a year from `on`; without this a calendar of days off would be searched for ever. */
function hasWorkdays(calendar: ScheduleCalendar, on: string): boolean {
  for (let days = 0; days < 366; days++) if (isWorkday(addDays(on, days), calendar)) return true;
  return false;
}
