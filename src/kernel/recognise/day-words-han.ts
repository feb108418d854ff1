import { addDays, addMonths, dayIn, endOf, isDay, startOf } from '../dates.ts';
import type { FieldMeta } from '../fields.ts';
import { comingWeekday, isoDay, type Today, weekdayInWeek, withYear } from './calendar.ts';
import type { DayFound } from './day-words.ts';
import { readCount } from './numerals.ts';
import type { ReadContext } from './recogniser.ts';

const num = '(?:\\d{1,3}|[一二两三四五六七八九十]{1,3})';
const relative = /^(今[天日]|明[天日]|大后天|后天|昨[天日]|前天|今早|今晚|明早|明晚)/;
const offsets: Readonly<Record<string, number>> = { 今: 0, 明: 1, 后: 2, 大: 3, 昨: -1, 前: -2 };
const weekday = /^(本|这个?|上个?|下下个?|下个?)?(?:周|星期|礼拜)(?:([一二三四五六日天]|[1-7](?!\d))|(末))/;
const week = /^(本|这个?|下下个?|下个?)(?:周|星期|礼拜)/;
const nextMonth = /^下个?月(?![\d一二三四五六七八九十底末初])/;
const monthEnd = /^(本|这个?|下个?)?月([底末初])/;
const quarterEnd = /^(本|这个?|下个?)?(?:季度|季)([底末])/;
const yearEnd = /^(今|明)?年([底末])/;
const dayEnd = /^(今天)?下班前/;
const laterPattern = new RegExp(
  `^过?(半|${num}) ?(个半|个)?(分钟|小时|钟头|天|日|周|星期|礼拜|月|年)(?:之后|以后|后|之内|以内|内)`,
);
const year = '(?:((?:19|20)\\d\\d|[今明去后])年)?';
const full = new RegExp(`^${year}(${num})月(${num})(?:日|号)?`);
const endOfNamed = new RegExp(`^${year}(${num})月([底末])`);
const monthAndDay = new RegExp(`^(本|这个?|下个?)月(${num})(?:日|号)`);
const dayOnly = new RegExp(`^(${num})(?:号|日)(?!后)`);

/** Reads the Chinese day words a flat text begins with. */
export function scanHanDay(
  text: string,
  today: Today,
  read: ReadContext,
  meta: FieldMeta,
): DayFound | undefined {
  const simple = text.replaceAll('週', '周');
  const found =
    scanHanLater(simple, today, read) ??
    scanRelative(simple, today) ??
    scanWeekday(simple, today, meta) ??
    scanEnds(simple, today, read) ??
    scanDate(simple, today, meta);
  if (!found || !('on' in found) || meta.past) return found;
  // `月底前`: the last day that will do.
  const before = /^(?:之前|以前|前)/.exec(simple.slice(found.length))?.[0].length ?? 0;
  return { ...found, length: found.length + before };
}

const yearOffsets: Readonly<Record<string, number>> = { 去: -1, 今: 0, 明: 1, 后: 2 };

/** `2026` or `明`, as a year. */
function yearSaid(said: string, today: Today): number {
  const offset = yearOffsets[said];
  return offset === undefined ? Number(said) : today.year + offset;
}

/** `3天后`, `两周后`, `半小时后`, `1个月后`, `3天内`. */
export function scanHanLater(text: string, today: Today, read: ReadContext): DayFound | undefined {
  const match = laterPattern.exec(text);
  if (!match) return undefined;
  const [{ length }, word = '', measure, unit] = match;
  const half = word === '半' || measure === '个半' ? 0.5 : 0;
  const count = (word === '半' ? 0 : (readCount(word) ?? 0)) + half;
  switch (unit) {
    case '天':
    case '日':
      return { length, on: addDays(today.on, Math.round(count)) };
    case '周':
    case '星期':
    case '礼拜':
      return { length, on: addDays(today.on, Math.round(count * 7)) };
    case '月':
      return {
        length,
        on: half ? addDays(addMonths(today.on, count - half), 15) : addMonths(today.on, count),
      };
    case '年':
      return { length, on: addMonths(today.on, count * 12) };
    default: {
      const minutes = Math.round(count * (unit === '分钟' ? 1 : 60));
      const then = new Date(read.now.getTime() + minutes * 60_000);
      return { length, on: dayIn(then, read.timeZone), inMinutes: minutes };
    }
  }
}

function scanRelative(text: string, today: Today): DayFound | undefined {
  const word = relative.exec(text)?.[0];
  if (word === undefined) return undefined;
  // 今晚8点: the part of day belongs to the time.
  const length = /[早晚]$/.test(word) ? 1 : word.length;
  const days = offsets[word[0] ?? ''] ?? 0;
  const found = { length, on: addDays(today.on, days) };
  return days === 0 ? { ...found, again: 1 } : found;
}

function scanWeekday(text: string, today: Today, meta: FieldMeta): DayFound | undefined {
  const match = weekday.exec(text);
  if (match) {
    const [{ length }, which, name, weekend] = match;
    const day = weekend ? 6 : weekdayNumber(name ?? '');
    if (which === undefined) return { length, on: comingWeekday(day, today, meta), again: 7 };
    const weeks = which.startsWith('下下') ? 2 : which.startsWith('下') ? 1 : which.startsWith('上') ? -1 : 0;
    const on = weekdayInWeek(day, weeks, today);
    return weeks === 0 ? { length, on, again: 7 } : { length, on };
  }
  const whole = week.exec(text);
  if (!whole) return undefined;
  const [{ length }, which = ''] = whole;
  if (!which.startsWith('下')) return undefined;
  return { length, on: weekdayInWeek(1, which.startsWith('下下') ? 2 : 1, today) };
}

function weekdayNumber(name: string): number {
  const index = '一二三四五六日'.indexOf(name === '天' ? '日' : name);
  return index >= 0 ? index + 1 : Number(name);
}

function scanEnds(text: string, today: Today, read: ReadContext): DayFound | undefined {
  let match = monthEnd.exec(text);
  if (match) {
    const [{ length }, which, end] = match;
    const isNext = which?.startsWith('下') || (end === '初' && which === undefined);
    const month = isNext ? addMonths(startOf('month', today.on), 1) : today.on;
    return { length, on: end === '初' ? startOf('month', month) : endOf('month', month) };
  }
  match = nextMonth.exec(text);
  if (match) return { length: match[0].length, on: addMonths(startOf('month', today.on), 1) };
  match = quarterEnd.exec(text);
  if (match) {
    const start = startOf('quarter', today.on);
    return {
      length: match[0].length,
      on: endOf('quarter', match[1]?.startsWith('下') ? addMonths(start, 3) : start),
    };
  }
  match = yearEnd.exec(text);
  if (match) return { length: match[0].length, on: isoDay(today.year + (match[1] === '明' ? 1 : 0), 12, 31) };
  match = dayEnd.exec(text);
  return match ? { length: match[0].length, on: today.on, time: read.workdayEndsAt, again: 1 } : undefined;
}

function scanDate(text: string, today: Today, meta: FieldMeta): DayFound | undefined {
  let match = full.exec(text);
  if (match) {
    const [{ length }, year, monthWord = '', dayWord = ''] = match;
    const month = readCount(monthWord) ?? 0;
    const day = readCount(dayWord) ?? 0;
    const on =
      year === undefined ? withYear(month, day, today, meta) : isoDay(yearSaid(year, today), month, day);
    const found = dated(length, on);
    return year === undefined && 'on' in found ? { ...found, yearly: true } : found;
  }
  match = endOfNamed.exec(text);
  if (match) {
    const [{ length }, year, monthWord = ''] = match;
    const month = readCount(monthWord) ?? 0;
    const first =
      year === undefined ? withYear(month, 1, today, meta) : isoDay(yearSaid(year, today), month, 1);
    return dated(length, first !== undefined && isDay(first) ? endOf('month', first) : undefined);
  }
  match = monthAndDay.exec(text);
  if (match) {
    const [{ length }, which = '', dayWord = ''] = match;
    const month = which.startsWith('下') ? addMonths(startOf('month', today.on), 1) : today.on;
    return dated(
      length,
      isoDay(Number(month.slice(0, 4)), Number(month.slice(5, 7)), readCount(dayWord) ?? 0),
    );
  }
  match = dayOnly.exec(text);
  if (!match) return undefined;
  const day = readCount(match[1] ?? '') ?? 0;
  const own = isoDay(today.year, today.month, day);
  const other = addMonths(startOf('month', today.on), meta.past ? -1 : 1);
  const isOther = meta.past ? own > today.on : own < today.on;
  return dated(
    match[0].length,
    isOther ? isoDay(Number(other.slice(0, 4)), Number(other.slice(5, 7)), day) : own,
  );
}

function dated(length: number, on: string | undefined): DayFound {
  return on !== undefined && isDay(on) ? { length, on } : { length, wrong: 'day' };
}
