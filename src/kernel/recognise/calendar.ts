import { addDays, dayIn, isDay, weekdayOf } from '../dates.ts';
import type { FieldMeta } from '../fields.ts';
import type { ReadContext } from './recogniser.ts';

/** What day words are read against. */
export interface Today {
  on: string;
  year: number;
  month: number;
}

const days = new WeakMap<ReadContext, { now: number; timeZone: string; today: Today }>();

/** The reader's local day; computed once per context. */
export function todayOf(read: ReadContext): Today {
  const known = days.get(read);
  if (known && known.now === read.now.getTime() && known.timeZone === read.timeZone) return known.today;
  const on = dayIn(read.now, read.timeZone);
  const today = {
    on,
    year: Number(on.slice(0, 4)),
    month: Number(on.slice(5, 7)),
  };
  days.set(read, { now: read.now.getTime(), timeZone: read.timeZone, today });
  return today;
}

export function isoDay(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** A day without a year that is no longer past than this is not meant for next year. */
export const recentDays = 60;

/**
 * The year a day without one is meant in. About what has happened: the latest such day. Else this year's, unless
 * it is long past: then next year's.
 */
export function withYear(month: number, day: number, today: Today, meta: FieldMeta): string | undefined {
  const own = isoDay(today.year, month, day);
  if (meta.past) {
    if (isDay(own) && own <= today.on) return own;
    const before = isoDay(today.year - 1, month, day);
    return isDay(before) ? before : undefined;
  }
  if (isDay(own) && own >= addDays(today.on, -recentDays)) return own;
  const after = isoDay(today.year + 1, month, day);
  if (isDay(after)) return after;
  return undefined;
}

/** The weekday of this week and later, today included; backwards where it is about what has happened. */
export function comingWeekday(weekday: number, today: Today, meta: FieldMeta): string {
  const ahead = (weekday - weekdayOf(today.on) + 7) % 7;
  return addDays(today.on, meta.past && ahead > 0 ? ahead - 7 : ahead);
}

/** The weekday of the calendar week (Monday first) that lies `weeks` from this one. */
export function weekdayInWeek(weekday: number, weeks: number, today: Today): string {
  return addDays(today.on, weekday - weekdayOf(today.on) + 7 * weeks);
}

export const weekdayNames: Readonly<Record<string, number>> = {
  monday: 1,
  mon: 1,
  tuesday: 2,
  tues: 2,
  tue: 2,
  wednesday: 3,
  weds: 3,
  wed: 3,
  thursday: 4,
  thurs: 4,
  thur: 4,
  thu: 4,
  friday: 5,
  fri: 5,
  saturday: 6,
  sat: 6,
  sunday: 7,
  sun: 7,
};

const monthStarts = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** 1 to 12 for a matched month name of any length. */
export function monthOf(name: string): number {
  return monthStarts.indexOf(name.slice(0, 3)) + 1;
}

export const monthPattern =
  '(?:january|jan|february|feb|march|mar|april|apr|may|june|jun|july|jul|august|aug|september|sept|sep|october|oct|november|nov|december|dec)(?![a-z])';
export const weekdayPattern =
  '(?:monday|mon|tuesday|tues|tue|wednesday|weds|wed|thursday|thurs|thur|thu|friday|fri|saturday|sat|sunday|sun)(?![a-z])';

/** English words people type for days, for corrections. */
export const dayWords = [
  'today',
  'tomorrow',
  'yesterday',
  'eod',
  'eow',
  'eom',
  'eoq',
  'eoy',
  ...Object.keys(weekdayNames).filter((name) => name.length > 4),
];
