import { kernelMessages as t } from './messages.ts';
import { readCount } from './numerals.ts';
import type { Recogniser } from './recogniser.ts';
import { type Ahead, type Scan, scanning, shown } from './words.ts';

const hoursFirst =
  /^(\d{1,3}(?:\.\d{1,2})?) ?(?:h|hrs?|hours?)(?: ?(\d{1,2})(?: ?(?:m|mins?|minutes?))?)?(?![a-z\d])/;
const minutesOnly = /^(\d{1,5}) ?(?:m|mins?|minutes?|')(?![a-z\d])/;
const han =
  /^(?:(半个?|[\d.]{1,5}|[一二两三四五六七八九十]{1,3}) ?个?半?(?:小时|钟头))?(?:(半|\d{1,4}|[一二两三四五六七八九十]{1,5})(?: ?(?:分钟|分))?)?/;

/** `20m`, `1h`, `1h30`, `1.5h`, `20分钟`, `1小时30分`, `半小时`; a bare number counts minutes. */
export const minutes: Recogniser = {
  ...scanning(scan, (text) => ({ message: t('not-minutes', { text: shown(text) }) })),
  print(value) {
    if (typeof value !== 'number' || value < 60) return `${value}m`;
    const hours = Math.floor(value / 60);
    return value % 60 === 0 ? `${hours}h` : `${hours}h${value % 60}m`;
  },
};

function scan(view: Ahead): Scan {
  const { text } = view;
  if (!/^[\d半一二两三四五六七八九十]/.test(text)) return undefined;
  const english = hoursFirst.exec(text);
  if (english) {
    const value = Math.round(Number(english[1]) * 60) + Number(english[2] ?? 0);
    return { length: english[0].length, value };
  }
  const clock = /^(\d{1,2}):([0-5]\d)(?= |$)/.exec(text);
  if (clock) return { length: clock[0].length, value: Number(clock[1]) * 60 + Number(clock[2]) };
  const short = minutesOnly.exec(text);
  if (short) return { length: short[0].length, value: Number(short[1]) };
  const bare = /^\d{1,5}(?= |$)/.exec(text);
  if (bare) return { length: bare[0].length, value: Number(bare[0]), loose: true };
  return scanHan(text);
}

function scanHan(text: string): Scan {
  const match = han.exec(text);
  if (!match?.[0]) return undefined;
  const [all, hours, rest] = match;
  const isMinutes = /分钟?$/.test(all);
  if (hours === undefined && !isMinutes) return undefined;
  const hourCount =
    hours === undefined ? 0 : hours.startsWith('半') ? 0.5 : (readCount(hours) ?? Number(hours));
  const half = hours !== undefined && /半(?:小时|钟头)/.test(all) && !hours.startsWith('半') ? 0.5 : 0;
  const minuteCount = rest === undefined ? 0 : rest === '半' ? 30 : (readCount(rest) ?? 0);
  const value = Math.round((hourCount + half) * 60) + minuteCount;
  return Number.isFinite(value) && value > 0 ? { length: all.length, value } : undefined;
}
