import { Temporal } from 'temporal-polyfill';

/** Days are `YYYY-MM-DD`, wall-clock times `HH:MM`, zones IANA names, instants `Date`. */

export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** The local day of an instant. */
export function dayIn(instant: Date, timeZone: string): string {
  return zoned(instant, timeZone).toPlainDate().toString();
}

/** The local `HH:MM` of an instant. */
export function timeIn(instant: Date, timeZone: string): string {
  return zoned(instant, timeZone).toPlainTime().toString().slice(0, 5);
}

/**
 * The instant of a local day and time. In a gap (clocks go forward) the time moves forward by the gap, in an
 * overlap the first of the two instants counts.
 */
export function instantOf(on: string, at: string, timeZone: string): Date {
  const local = Temporal.PlainDate.from(on).toZonedDateTime({
    timeZone,
    plainTime: Temporal.PlainTime.from(at),
  });
  return new Date(local.epochMilliseconds);
}

export function addDays(on: string, days: number): string {
  return Temporal.PlainDate.from(on).add({ days }).toString();
}

/** Month arithmetic clamps: 31 January + 1 month = 28 or 29 February. */
export function addMonths(on: string, months: number): string {
  return Temporal.PlainDate.from(on).add({ months }).toString();
}

/** 1 = Monday … 7 = Sunday. */
export function weekdayOf(on: string): number {
  return Temporal.PlainDate.from(on).dayOfWeek;
}

/** Last day of the week (Sunday), month or quarter that `on` lies in. */
export function endOf(unit: 'week' | 'month' | 'quarter', on: string): string {
  const date = Temporal.PlainDate.from(on);
  if (unit === 'week') return date.add({ days: 7 - date.dayOfWeek }).toString();
  const months = unit === 'month' ? 0 : 2 - ((date.month - 1) % 3);
  const last = date.with({ day: 1 }).add({ months });
  return last.with({ day: last.daysInMonth }).toString();
}

export function startOf(unit: 'week' | 'month' | 'quarter' | 'year', on: string): string {
  const date = Temporal.PlainDate.from(on);
  switch (unit) {
    case 'week':
      return date.subtract({ days: date.dayOfWeek - 1 }).toString();
    case 'month':
      return date.with({ day: 1 }).toString();
    case 'quarter':
      return date
        .with({ day: 1 })
        .subtract({ months: (date.month - 1) % 3 })
        .toString();
    case 'year':
      return date.with({ day: 1, month: 1 }).toString();
    default:
      return unit satisfies never;
  }
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days;
}

export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
}

export interface WorkCalendar {
  timeZone: string;
  workdays: readonly number[];
  workdayStartsAt: string;
  workdayEndsAt: string;
  holidays: readonly string[];
}

export function isWorkday(on: string, calendar: Pick<WorkCalendar, 'workdays' | 'holidays'>): boolean {
  return calendar.workdays.includes(weekdayOf(on)) && !calendar.holidays.includes(on);
}

/**
 * The instant `minutes` of working time after `from`. Time outside working hours, on days off and holidays does
 * not count. Looks at most two years ahead; a calendar without any working time yields that bound.
 */
export function addWorkingMinutes(from: Date, minutes: number, calendar: WorkCalendar): Date {
  let left = minutes * 60_000;
  let on = dayIn(from, calendar.timeZone);
  for (let days = 0; days < 731; days++, on = addDays(on, 1)) {
    if (!isWorkday(on, calendar)) continue;
    const opens = instantOf(on, calendar.workdayStartsAt, calendar.timeZone).getTime();
    const closes = instantOf(on, calendar.workdayEndsAt, calendar.timeZone).getTime();
    const start = Math.max(opens, from.getTime());
    if (start >= closes) continue;
    if (closes - start >= left) return new Date(start + left);
    left -= closes - start;
  }
  return instantOf(on, calendar.workdayEndsAt, calendar.timeZone);
}

function zoned(instant: Date, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone);
}
