import { addDays, addMonths, endOf, startOf } from '../dates.ts';
import type { FieldMeta } from '../fields.ts';
import { isoDay, monthOf, monthPattern, type Today, todayOf } from './calendar.ts';
import { scanDay } from './day-words.ts';
import { readCount } from './numerals.ts';
import type { ReadContext } from './recogniser.ts';
import { type Ahead, wordsUpTo } from './words.ts';

export interface SpanFound {
  length: number;
  from: string;
  to: string;
  /** A bare year: a number elsewhere. */
  loose?: boolean;
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
    const y = typedYear === undefined ? today.year : Number(typedYear);
    return {
      length,
      from: isoDay(y, monthOf(name), Number(first)),
      to: isoDay(y, monthOf(name), Number(last)),
    };
  }
  const left = scanPart(text, today, read, meta);
  if (!left) return undefined;
  const gap = separator.exec(text.slice(left.length))?.[0];
  if (gap !== undefined) {
    const at = left.length + gap.length;
    const right = scanRight(text.slice(at), left, today, read, meta);
    if (right && wordsUpTo(view, at + right.length) > 0) {
      return { length: at + right.length, from: left.from, to: right.to };
    }
  }
  return left;
}

function scanRight(
  text: string,
  left: SpanFound,
  today: Today,
  read: ReadContext,
  meta: FieldMeta,
): SpanFound | undefined {
  const han = hanSecondDay.exec(text);
  if (han) {
    const to = isoDay(Number(left.from.slice(0, 4)), Number(left.from.slice(5, 7)), Number(han[1]));
    return { length: han[0].length, from: to, to };
  }
  const right = scanPart(text, today, read, meta);
  // A later part without a year lies in the next one (`nov..feb`); `10nov..1nov` is a slip.
  const isOtherMonth = right?.to.slice(5, 7) !== left.from.slice(5, 7);
  if (right && isOtherMonth && right.to < left.from && !/\d{4}/.test(text.slice(0, right.length))) {
    return { ...right, from: addMonths(right.from, 12), to: addMonths(right.to, 12) };
  }
  return right;
}

function scanPart(text: string, today: Today, read: ReadContext, meta: FieldMeta): SpanFound | undefined {
  const found = scanPeriod(text, today);
  if (found) return found;
  const single = scanDay(text, today, read, meta);
  if (!single || !('on' in single) || single.inMinutes !== undefined) return undefined;
  return { length: single.length, from: single.on, to: single.on };
}

function scanPeriod(text: string, today: Today): SpanFound | undefined {
  const first = text.charCodeAt(0);
  if (first > 0x2000) return scanHan(text, today);
  if (first >= 48 && first <= 57) {
    let match = yearQuarter.exec(text);
    if (match) return quarterOf(match[0].length, Number(match[1]), Number(match[2]));
    match = yearMonth.exec(text);
    if (match) return period(match[0].length, 'month', isoDay(Number(match[1]), Number(match[2]), 1));
    const han = scanHan(text, today);
    if (han) return han;
    match = year.exec(text);
    if (!match) return undefined;
    const found = period(match[0].length, 'year', isoDay(Number(match[1]), 1, 1));
    return match[0].endsWith('年') ? found : { ...found, loose: true };
  }
  return scanEnglish(text, today);
}

function scanEnglish(text: string, today: Today): SpanFound | undefined {
  let match = quarter.exec(text);
  if (match) return quarterOf(match[0].length, Number(match[2] ?? today.year), Number(match[1]));
  match = half.exec(text);
  if (match) return halfOf(match[0].length, Number(match[2] ?? today.year), Number(match[1]));
  match = month.exec(text);
  if (match)
    return period(
      match[0].length,
      'month',
      isoDay(Number(match[2] ?? today.year), monthOf(match[1] ?? ''), 1),
    );
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

function scanHan(text: string, today: Today): SpanFound | undefined {
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
    return quarterOf(match[0].length, Number(match[1] ?? today.year), number);
  }
  match = hanMonth.exec(text);
  if (match) {
    const number = readCount(match[2] ?? '') ?? 0;
    const start = isoDay(Number(match[1] ?? today.year), number, 1);
    if (number < 1 || number > 12) return { length: match[0].length, from: start, to: start };
    return period(match[0].length, 'month', start);
  }
  match = hanHalf.exec(text);
  if (match) return halfOf(match[0].length, Number(match[1] ?? today.year), match[2] === '上' ? 1 : 2);
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

function quarterOf(length: number, inYear: number, number: number): SpanFound {
  return period(length, 'quarter', isoDay(inYear, number * 3 - 2, 1));
}

function halfOf(length: number, inYear: number, number: number): SpanFound {
  return {
    length,
    from: isoDay(inYear, number * 6 - 5, 1),
    to: number === 1 ? `${inYear}-06-30` : `${inYear}-12-31`,
  };
}
