import { addDays, addMonths, endOf, startOf } from '../dates.ts';
import type { FieldMeta, Span } from '../fields.ts';
import { isoDay, monthOf, monthPattern, type Today, todayOf } from './calendar.ts';
import { scanDay } from './day-words.ts';
import { readCount } from './numerals.ts';
import type { ReadContext } from './recogniser.ts';
import { inItsYear, joined, type Part } from './span-years.ts';
import { type Ahead, wordsUpTo } from './words.ts';

export interface SpanFound {
  length: number;
  from: string;
  to: string;
  /** A bare year: a number elsewhere. */
  loose?: boolean;
  /** What it is where the month comes first (`3/11..5/11`). */
  other?: { from: string; to: string };
}

/** One end of a period, or all of it. */
interface SpanPart extends Part {
  length: number;
  loose?: boolean;
  other?: Part;
}

type Unit = 'week' | 'month' | 'quarter' | 'year';

const separator = /^ ?(?:\.{2,3}|…|~|-|至|到|to(?= )|until(?= )) ?/;
const quarter = /^q([1-4])(?:[ /-]?(20\d\d))?(?![\da-z])/;
const yearQuarter = /^(20\d\d)[ -]?q([1-4])(?![\da-z])/;
const yearMonth = /^(\d{4})[-/](0[1-9]|1[0-2])(?![-/\d])/;
const year = /^((?:19|20)\d\d)年?(?![\d\-/月年第]|\.\d)/;
const half = /^h([12])(?:[ /-]?(20\d\d))?(?![\da-z])/;
const month = new RegExp(`^(${monthPattern})(?:\\.(?!\\.))?(?:[ ,-]?(20\\d\\d)(?!\\d))?(?! ?\\d)`);
const relative = /^(?:(this|current|next|last|previous|prev) )?(week|month|quarter|year)(?![a-z])/;
const toDate = /^([wmqy])td(?![a-z])/;
const rolling = /^(?:last|past|previous) (\d{1,3}) ?(days?|d|weeks?|w|months?|mo)(?![a-z])/;
const hanRelative =
  /^(本|这个?|上上个?|上个?|下个?|今|去|明|当前?)(周|星期|礼拜|月|季度|季|年)(?!\d|[一二三四五六日天末底初])/;
const hanQuarter = /^(?:(20\d\d)年)?(?:第?([一二三四1-4])季度?|q([1-4]))/;
const hanMonth =
  /^(?:(20\d\d)年)?(\d{1,2}|[一二三四五六七八九十]{1,2})月份?(?!\d|[一二三四五六七八九十底末初])/;
const hanHalf = /^(?:(20\d\d)年)?([上下])半年/;
const hanRolling = /^(?:最近|近|过去)(\d{1,3}|[一二两三四五六七八九十]{1,3})(天|日|周|个月|月)/;
const sharedMonth = new RegExp(
  `^(\\d{1,2}) ?(?:\\.{2,3}|-|to) ?(\\d{1,2}) ?(${monthPattern})(?: (20\\d\\d)(?!\\d))?`,
);
const hanSecondDay = /^(\d{1,2})[日号]/;

/** Reads the period a text begins with; of several lengths the longest that ends where a word ends. */
export function scanSpan(view: Ahead, read: ReadContext, meta: FieldMeta): SpanFound | undefined {
  const { text } = view;
  const today = todayOf(read);
  const shared = sharedMonth.exec(text);
  if (shared && wordsUpTo(view, shared[0].length) > 0) {
    const [{ length }, first, last, name = '', typedYear] = shared;
    const month = monthOf(name);
    const at = (y: number) => ({ from: isoDay(y, month, Number(first)), to: isoDay(y, month, Number(last)) });
    return partOf(length, typedYear, at, today, meta);
  }
  const left = scanPart(text, today, read, meta);
  if (!left) return undefined;
  const gap = separator.exec(text.slice(left.length))?.[0];
  if (gap !== undefined) {
    const at = left.length + gap.length;
    const right = scanRight(text.slice(at), left, today, read, meta);
    if (right && wordsUpTo(view, at + right.length) > 0) {
      const whole = { length: at + right.length, ...joined(left, right, today, meta) };
      if (!left.other && !right.other) return whole;
      const other = joined(left.other ?? left, right.other ?? right, today, meta);
      if (!isPlain(other)) return whole;
      return isPlain(whole) ? { ...whole, other } : { ...whole, ...other };
    }
  }
  return left;
}

/** Within one year and forwards: of two readings of `3/11..1/12` the likelier. */
function isPlain({ from, to }: Span): boolean {
  return from <= to && from.slice(0, 4) === to.slice(0, 4);
}

function scanRight(
  text: string,
  left: SpanPart,
  today: Today,
  read: ReadContext,
  meta: FieldMeta,
): SpanPart | undefined {
  const han = hanSecondDay.exec(text);
  if (!han) return scanPart(text, today, read, meta);
  const month = Number(left.from.slice(5, 7));
  const at = (y: number) => ofDay(isoDay(y, month, Number(han[1])));
  return { length: han[0].length, ...at(Number(left.from.slice(0, 4))), at };
}

function scanPart(text: string, today: Today, read: ReadContext, meta: FieldMeta): SpanPart | undefined {
  const found = scanPeriod(text, today, meta);
  if (found) return found;
  const single = scanDay(text, today, read, meta);
  if (single && 'wrong' in single && single.wrong === 'which') {
    const [first, second] = single.days;
    const other = dayPart(second, single.yearly);
    return { length: single.length, ...dayPart(first, single.yearly), other };
  }
  if (!single || !('on' in single) || single.inMinutes !== undefined) return undefined;
  return { length: single.length, ...dayPart(single.on, single.yearly) };
}

function dayPart(on: string, yearly: boolean | undefined): Part {
  const at = (y: number) => ofDay(`${String(y).padStart(4, '0')}${on.slice(4)}`);
  return { ...ofDay(on), at: yearly ? at : undefined };
}

function ofDay(on: string): Span {
  return { from: on, to: on };
}

/** In the year that was typed, else in the one that is meant. */
function partOf(
  length: number,
  typedYear: string | undefined,
  at: (year: number) => Span,
  today: Today,
  meta: FieldMeta,
): SpanPart {
  return typedYear === undefined
    ? { length, ...inItsYear(at, today, meta) }
    : { length, ...at(Number(typedYear)) };
}

function scanPeriod(text: string, today: Today, meta: FieldMeta): SpanPart | undefined {
  const first = text.charCodeAt(0);
  if (first > 0x2000) return scanHan(text, today, meta);
  if (first >= 48 && first <= 57) {
    let match = yearQuarter.exec(text);
    if (match) return partOf(match[0].length, match[1], quarterIn(Number(match[2])), today, meta);
    match = yearMonth.exec(text);
    if (match) return period(match[0].length, 'month', isoDay(Number(match[1]), Number(match[2]), 1));
    const han = scanHan(text, today, meta);
    if (han) return han;
    match = year.exec(text);
    if (!match) return undefined;
    const found = period(match[0].length, 'year', isoDay(Number(match[1]), 1, 1));
    return match[0].endsWith('年') ? found : { ...found, loose: true };
  }
  return scanEnglish(text, today, meta);
}

function scanEnglish(text: string, today: Today, meta: FieldMeta): SpanPart | undefined {
  let match = quarter.exec(text);
  if (match) return partOf(match[0].length, match[2], quarterIn(Number(match[1])), today, meta);
  match = half.exec(text);
  if (match) return partOf(match[0].length, match[2], halfIn(Number(match[1])), today, meta);
  match = month.exec(text);
  if (match) return partOf(match[0].length, match[2], monthIn(monthOf(match[1] ?? '')), today, meta);
  match = rolling.exec(text);
  if (match) return back(match[0].length, Number(match[1]), match[2] ?? 'd', today);
  match = relative.exec(text);
  if (match) return shiftedPeriod(match[0].length, match[2] as Unit, shiftOf(match[1]), today);
  match = toDate.exec(text);
  if (match) {
    const unit = ({ w: 'week', m: 'month', q: 'quarter', y: 'year' } as const)[
      match[1] as 'w' | 'm' | 'q' | 'y'
    ];
    return { length: match[0].length, from: startOf(unit, today.on), to: today.on };
  }
  return undefined;
}

/** `明年第一季度` is that of a year that has a number. */
function scanHan(text: string, today: Today, meta: FieldMeta): SpanPart | undefined {
  const said = /^([今明去])年(?=[第上下q]|\d{1,2}月|[一二三四五六七八九十]{1,2}(?:月|季))/.exec(text)?.[1];
  if (said === undefined) return scanHanPeriod(text, today, meta);
  const year = `${today.year + (said === '明' ? 1 : said === '去' ? -1 : 0)}年`;
  const found = scanHanPeriod(year + text.slice(2), today, meta);
  return found && { ...found, length: found.length - year.length + 2 };
}

function scanHanPeriod(text: string, today: Today, meta: FieldMeta): SpanPart | undefined {
  let match = hanRelative.exec(text);
  if (match) {
    const [{ length }, which = '', name = ''] = match;
    const unit: Unit =
      name === '月' ? 'month' : name === '年' ? 'year' : name.startsWith('季') ? 'quarter' : 'week';
    const shift = which.startsWith('上上') ? -2 : /^[上去]/.test(which) ? -1 : /^[下明]/.test(which) ? 1 : 0;
    return shiftedPeriod(length, unit, shift, today);
  }
  match = hanQuarter.exec(text);
  if (match) {
    const number = Number(match[3] ?? readCount(match[2] ?? ''));
    return partOf(match[0].length, match[1], quarterIn(number), today, meta);
  }
  match = hanMonth.exec(text);
  if (match) {
    const number = readCount(match[2] ?? '') ?? 0;
    if (number < 1 || number > 12)
      return { length: match[0].length, ...ofDay(isoDay(today.year, number, 1)) };
    return partOf(match[0].length, match[1], monthIn(number), today, meta);
  }
  match = hanHalf.exec(text);
  if (match) return partOf(match[0].length, match[1], halfIn(match[2] === '上' ? 1 : 2), today, meta);
  match = hanRolling.exec(text);
  if (!match) return undefined;
  const unit = match[2]?.endsWith('月') ? 'mo' : match[2] === '周' ? 'w' : 'd';
  return back(match[0].length, readCount(match[1] ?? '') ?? 1, unit, today);
}

function shiftOf(word: string | undefined): number {
  if (word === 'next') return 1;
  return word === 'last' || word?.startsWith('prev') ? -1 : 0;
}

function shiftedPeriod(length: number, unit: Unit, shift: number, today: Today): SpanFound {
  const start = startOf(unit, today.on);
  const months = { week: 0, month: 1, quarter: 3, year: 12 }[unit];
  const from = unit === 'week' ? addDays(start, 7 * shift) : addMonths(start, months * shift);
  return period(length, unit, from);
}

/** The last `count` units up to and with today. */
function back(length: number, count: number, unit: string, today: Today): SpanFound {
  const from = unit.startsWith('m')
    ? addDays(addMonths(today.on, -count), 1)
    : addDays(today.on, 1 - count * (unit.startsWith('w') ? 7 : 1));
  return { length, from, to: today.on };
}

function period(length: number, unit: Unit, from: string): SpanFound {
  return { length, from, to: unit === 'year' ? `${from.slice(0, 4)}-12-31` : endOf(unit, from) };
}

/** From the first of a month to the end of the last of `count` months. */
function monthsIn(first: number, count: number): (year: number) => Span {
  return (y) => {
    const from = isoDay(y, first, 1);
    return { from, to: endOf('month', addMonths(from, count - 1)) };
  };
}

const monthIn = (number: number) => monthsIn(number, 1);
const quarterIn = (number: number) => monthsIn(number * 3 - 2, 3);
const halfIn = (number: number) => monthsIn(number * 6 - 5, 6);
