import { addDays, dayIn, instantOf, isWorkday, timeIn, type WorkCalendar } from '../../../kernel/dates.ts';
import type { When } from '../../../kernel/fields.ts';

/** A shown list is counted in for this long; after that it is shown again instead. */
const listLifeMs = 24 * 3_600_000;

export function isStale(shownAt: Date, now: Date): boolean {
  return now.getTime() - shownAt.getTime() > listLifeMs;
}

/** A day without a time is past when it is over; today still counts. */
export function isPast(due: When, now: Date, timeZone: string): boolean {
  return due.at === undefined ? due.on < dayIn(now, timeZone) : new Date(due.at) <= now;
}

/** The first working day after `on`; plainly the next day when the calendar has none within a month. */
export function nextWorkday(on: string, calendar: WorkCalendar): string {
  for (let days = 1; days <= 31; days++) {
    const next = addDays(on, days);
    if (isWorkday(next, calendar)) return next;
  }
  return addDays(on, 1);
}

/**
 * What was probably meant by a past time, the likeliest first: the same weekday to come (Friday said late on a
 * Friday), and the next working day.
 */
export function plausible(due: When, now: Date, timeZone: string, calendar: WorkCalendar): When[] {
  const today = dayIn(now, timeZone);
  let sameWeekday = due.on;
  while (sameWeekday <= today) sameWeekday = addDays(sameWeekday, 7);
  const days = [...new Set([sameWeekday, nextWorkday(today, calendar)])];
  return days.map((on) => atTimeOf(due, on, timeZone));
}

/** Another day at the same time of day; without one where there was none. */
export function atTimeOf(due: When, on: string, timeZone: string): When {
  if (due.at === undefined) return { on };
  return { on, at: instantOf(on, timeIn(new Date(due.at), timeZone), timeZone).toISOString() };
}

/** Where a step is put off to: a day said without a time keeps the step's own. */
export function putOff(step: When, to: When, timeZone: string): When {
  return to.at === undefined ? atTimeOf(step, to.on, timeZone) : to;
}

/** Whether a step should have been done by now: its day is over, or its time of today. */
export function isLate(
  { dueOn, dueAt }: { dueOn: string; dueAt: string | null },
  today: string,
  now: Date,
): boolean {
  return dueOn < today || (dueAt !== null && new Date(dueAt) < now);
}
