import { addDays, addMonths, dayIn, endOf, isDay, startOf } from '../dates.ts';
import type { FieldMeta } from '../fields.ts';
import {
  comingWeekday,
  isoDay,
  monthOf,
  monthPattern,
  type Today,
  weekdayInWeek,
  weekdayNames,
  weekdayPattern,
  withYear,
} from './calendar.ts';
import { scanHanDay, scanHanLater } from './day-words-han.ts';
import type { ReadContext } from './recogniser.ts';

/** A day found at the start of a text. */
export type DayFound =
  | {
      length: number;
      on: string;
      /** Days until the phrase would be true again (`fri`: 7), where it names no fixed day. */
      again?: number;
      /** A date without a year. */
      yearly?: boolean;
      /** `HH:MM` that comes with the words (`eod`). */
      time?: string;
      /** Minutes from now (`+4h`). */
      inMinutes?: number;
    }
  | { length: number; wrong: 'day' }
  | { length: number; wrong: 'which'; days: [string, string]; yearly?: boolean }
  | { length: number; wrong: 'unit'; typed: [string, string] };

const iso = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)/;
const named = /^(today|tomorrow|tmrw|tmr|tmw|yesterday|eod|eow|eom|eoq|eoy)(?![a-z])/;
const endPhrase = /^end of (?:the )?(day|week|month|quarter|year)(?![a-z])/;
const weekday = new RegExp(`^(?:(this|next|last|coming) )?(${weekdayPattern})(?:\\.(?!\\.))?`);
const relativePeriod = /^next (week|month|quarter|year)(?![a-z])/;
const plus =
  /^\+ ?(\d{1,4}) ?(minutes|minute|mins|min|months|month|mo|m|hours|hour|hrs|hr|h|days|day|d|weeks|week|wks|wk|w|years|year|y)(?![a-z])/;
const inSome =
  /^in (?:(\d{1,4})|(an?|one|two|three|four|five|six|seven|ten)) ?(minutes|minute|mins|min|months|month|mo|hours|hour|hrs|hr|h|days|day|d|weeks|week|w|years|year)(?![a-z])/;
const dayMonth = new RegExp(
  `^(\\d{1,2})(?:st|nd|rd|th)?[ -]?(?:of )?(${monthPattern})(?:\\.(?!\\.))?(?:[ ,-]{1,2}((?:19|20)\\d\\d)(?!\\d))?`,
);
const monthDay = new RegExp(
  `^(${monthPattern})(?:\\.(?!\\.))?[ -]?(\\d{1,2})(?:st|nd|rd|th)?(?![\\d:]|\\.\\d)(?:[ ,]{1,2}((?:19|20)\\d\\d)(?!\\d))?`,
);
const slashed = /^(\d{1,2})\/(\d{1,2})(?:\/((?:19|20)\d\d|\d{2}))?(?![\d/])/;
/** `30.11.2026`, `30.11.26`, `30.11.` */
const dotted = /^(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d|\d\d)?(?![\d.])/;
const counts: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  ten: 10,
};

/** Reads the day words a flat text begins with. */
export function scanDay(
  text: string,
  today: Today,
  read: ReadContext,
  meta: FieldMeta,
): DayFound | undefined {
  const first = text.charCodeAt(0);
  if (first > 0x2000) return scanHanDay(text, today, read, meta);
  const isDigit = first >= 48 && first <= 57;
  if (isDigit) return scanFigures(text, today, meta) ?? scanHanDay(text, today, read, meta);
  if (first === 43) return scanPlus(text, today, read);
  if (first < 97 || first > 122) return undefined;
  return scanWords(text, today, read, meta);
}

function scanFigures(text: string, today: Today, meta: FieldMeta): DayFound | undefined {
  let match = iso.exec(text);
  if (match) return fixed(match[0], Number(match[1]), Number(match[3]), Number(match[4]));
  match = dayMonth.exec(text);
  if (match) return inYear(match[0], monthOf(match[2] ?? ''), Number(match[1]), match[3], today, meta);
  match = dotted.exec(text);
  if (match) {
    const [all, day, month, year] = match;
    const whole = year?.length === 2 ? `20${year}` : year;
    return inYear(all, Number(month), Number(day), whole, today, meta);
  }
  match = slashed.exec(text);
  return match ? scanSlashed(match, today, meta) : undefined;
}

function scanSlashed(match: RegExpExecArray, today: Today, meta: FieldMeta): DayFound {
  const [all, first = '', second = '', shortYear] = match;
  const year = shortYear?.length === 2 ? `20${shortYear}` : shortYear;
  const [a, b] = [Number(first), Number(second)];
  if (a > 12 || a === b) return inYear(all, b, a, year, today, meta);
  if (b > 12) return inYear(all, a, b, year, today, meta);
  const dayFirst = inYear(all, b, a, year, today, meta);
  const monthFirst = inYear(all, a, b, year, today, meta);
  if (!('on' in dayFirst) || !('on' in monthFirst)) return { length: all.length, wrong: 'day' };
  return {
    length: all.length,
    wrong: 'which',
    days: [notPast(dayFirst.on, today, meta), notPast(monthFirst.on, today, meta)],
    ...(year === undefined ? { yearly: true } : {}),
  };
}

/** Where only the future counts, a day that is just past is next year's. */
function notPast(on: string, today: Today, meta: FieldMeta): string {
  const next = `${Number(on.slice(0, 4)) + 1}${on.slice(4)}`;
  return meta.future && on < today.on && isDay(next) ? next : on;
}

function scanPlus(text: string, today: Today, read: ReadContext): DayFound | undefined {
  const match = plus.exec(text);
  if (match) {
    const [all, count = '', unit = ''] = match;
    if (unit === 'm') return { length: all.length, wrong: 'unit', typed: [`+${count}mo`, `+${count}min`] };
    return later(all, Number(count), unit, today, read);
  }
  const word = /^\+ ?([^ ]{2,8})/.exec(text);
  // `+3天` is `3天后`.
  const han = word && scanHanLater(`${word[1]}后`, today, read);
  return han && word && han.length === (word[1] ?? '').length + 1
    ? { ...han, length: word[0].length }
    : undefined;
}

function scanWords(text: string, today: Today, read: ReadContext, meta: FieldMeta): DayFound | undefined {
  const known = named.exec(text);
  if (known) return fromName(known[0], known[1] ?? '', today, read);
  const end = endPhrase.exec(text);
  if (end) return fromName(end[0], `eo${end[1]?.[0]}`, today, read);
  const match = weekday.exec(text);
  if (match) {
    const [all, which, name = ''] = match;
    const day = weekdayNames[name] ?? 1;
    const length = all.length;
    switch (which) {
      case 'next':
        return { length, on: weekdayInWeek(day, 1, today) };
      case 'last': {
        const on = comingWeekday(day, today, { ...meta, past: true });
        return { length, on: on === today.on ? addDays(on, -7) : on };
      }
      case 'this':
        return { length, on: weekdayInWeek(day, 0, today), again: 7 };
      default:
        return { length, on: comingWeekday(day, today, meta), again: 7 };
    }
  }
  const period = relativePeriod.exec(text);
  if (period) return { length: period[0].length, on: startOfNext(period[1] ?? '', today) };
  const some = inSome.exec(text);
  if (some) {
    const count = some[1] === undefined ? (counts[some[2] ?? ''] ?? 1) : Number(some[1]);
    return later(some[0], count, some[3] ?? '', today, read);
  }
  const named2 = monthDay.exec(text);
  if (named2) return inYear(named2[0], monthOf(named2[1] ?? ''), Number(named2[2]), named2[3], today, meta);
  return undefined;
}

/** The day `eod`, `tomorrow` and the like stand for. */
function fromName(all: string, name: string, today: Today, read: ReadContext): DayFound {
  const length = all.length;
  switch (name) {
    case 'today':
      return { length, on: today.on, again: 1 };
    case 'yesterday':
      return { length, on: addDays(today.on, -1) };
    case 'eod':
      return { length, on: today.on, time: read.workdayEndsAt, again: 1 };
    case 'eow':
      return { length, on: endOfWorkWeek(today) };
    case 'eom':
      return { length, on: endOf('month', today.on) };
    case 'eoq':
      return { length, on: endOf('quarter', today.on) };
    case 'eoy':
      return { length, on: isoDay(today.year, 12, 31) };
    default:
      return { length, on: addDays(today.on, 1) };
  }
}

/** Friday; on the weekend itself its last day. */
function endOfWorkWeek(today: Today): string {
  const friday = weekdayInWeek(5, 0, today);
  return friday < today.on ? endOf('week', today.on) : friday;
}

function startOfNext(unit: string, today: Today): string {
  switch (unit) {
    case 'week':
      return weekdayInWeek(1, 1, today);
    case 'month':
      return addMonths(startOf('month', today.on), 1);
    case 'quarter':
      return addMonths(startOf('quarter', today.on), 3);
    default:
      return isoDay(today.year + 1, 1, 1);
  }
}

/** `count` units from now. Hours and minutes keep the time of day. */
function later(all: string, count: number, unit: string, today: Today, read: ReadContext): DayFound {
  const length = all.length;
  switch (unit.startsWith('mo') ? 'mo' : unit[0]) {
    case 'mo':
      return { length, on: addMonths(today.on, Math.min(count, 600)) };
    case 'y':
      return { length, on: addMonths(today.on, Math.min(count, 50) * 12) };
    case 'w':
      return { length, on: addDays(today.on, count * 7) };
    case 'd':
      return { length, on: addDays(today.on, count) };
    case 'h':
      return inMinutes(length, count * 60, read);
    default:
      return inMinutes(length, count, read);
  }
}

function inMinutes(length: number, minutes: number, read: ReadContext): DayFound {
  const then = new Date(read.now.getTime() + minutes * 60_000);
  return { length, on: dayIn(then, read.timeZone), inMinutes: minutes };
}

function fixed(all: string, year: number, month: number, day: number): DayFound {
  const on = isoDay(year, month, day);
  return isDay(on) ? { length: all.length, on } : { length: all.length, wrong: 'day' };
}

function inYear(
  all: string,
  month: number,
  day: number,
  year: string | undefined,
  today: Today,
  meta: FieldMeta,
): DayFound {
  if (year !== undefined) return fixed(all, Number(year), month, day);
  const on = withYear(month, day, today, meta);
  return on === undefined ? { length: all.length, wrong: 'day' } : { length: all.length, on, yearly: true };
}
