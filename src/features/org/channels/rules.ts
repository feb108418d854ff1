import { addDays, dayIn, isWorkday, type WorkCalendar } from '../../../kernel/dates.ts';
import { flat } from '../../../kernel/recognise/words.ts';
import { firstInstantOf } from '../../../kernel/schedule.ts';

/** Local times `HH:MM` between which nothing is sent; over midnight where `from` is later. Equal: none. */
export interface QuietTimes {
  from: string;
  to: string;
}

/** Where nobody has said otherwise. */
export const usualQuiet: QuietTimes = { from: '19:00', to: '08:30' };

/** What decides when a channel or a person may be told something: their own zone, the organization's days off. */
export interface ReadingHours {
  timeZone: string;
  quiet: QuietTimes;
  calendar: Pick<WorkCalendar, 'workdays' | 'holidays' | 'workdayStartsAt'>;
}

/** No longer ahead than this is looked for a working day; a calendar may have none. */
const mostDays = 400;

/**
 * The instant a message for somebody is held until: quiet hours last to their end, days off and holidays to the end
 * of the quiet hours on the next working day. `undefined`: it may be sent now. A calendar without working days holds
 * nothing for their sake.
 */
export function holdUntil(hours: ReadingHours, now: Date): Date | undefined {
  const today = dayIn(now, hours.timeZone);
  const hasWorkdays = nextWorkday(hours, today) !== undefined;
  for (let days = 0, on = today; days <= mostDays; days++, on = addDays(on, 1)) {
    if (hasWorkdays && !isWorkdayOf(hours, on)) continue;
    for (const { opens, closes } of openSpans(hours, on, hasWorkdays)) {
      if (closes <= now) continue;
      return opens <= now ? undefined : opens;
    }
  }
  return undefined;
}

export function isQuiet(hours: ReadingHours, now: Date): boolean {
  return holdUntil(hours, now) !== undefined;
}

interface OpenSpan {
  opens: Date;
  /** The first instant that is closed again. */
  closes: Date;
}

/** When messages may be sent on a working day. */
function openSpans(hours: ReadingHours, on: string, hasWorkdays: boolean): OpenSpan[] {
  const { quiet, timeZone, calendar } = hours;
  const at = (time: string) => firstInstantOf(on, time, timeZone);
  const ends = firstInstantOf(addDays(on, 1), '00:00', timeZone);
  if (quiet.from > quiet.to) return [{ opens: at(quiet.to), closes: at(quiet.from) }];
  // Nothing quiet ends in the night: after days off it begins with work, not at midnight.
  const afterOff = hasWorkdays && !isWorkdayOf(hours, addDays(on, -1));
  const opens = at(afterOff ? calendar.workdayStartsAt : '00:00');
  if (quiet.from === quiet.to) return [{ opens, closes: ends }];
  const spans = [
    { opens, closes: at(quiet.from) },
    { opens: later(opens, at(quiet.to)), closes: ends },
  ];
  return spans.filter((span) => span.opens < span.closes);
}

function later(a: Date, b: Date): Date {
  return a > b ? a : b;
}

function isWorkdayOf({ calendar }: ReadingHours, on: string): boolean {
  return isWorkday(on, calendar);
}

function nextWorkday(hours: ReadingHours, from: string): string | undefined {
  for (let days = 0, on = from; days <= mostDays; days++, on = addDays(on, 1)) {
    if (isWorkdayOf(hours, on)) return on;
  }
  return undefined;
}

const offWords = new Set(['off', 'none', 'no', 'never', '关闭', '关', '无', '不要']);
const usualWords = new Set(['default', 'usual', 'reset', '默认', '恢复默认']);

/** `19:00-08:30`, `19-8:30`, `22:00至7:00`; `off`: none; `default`: as everywhere. `undefined` for anything else. */
export function readQuiet(text: string): QuietTimes | 'usual' | undefined {
  const word = flat(text);
  if (offWords.has(word)) return { from: '00:00', to: '00:00' };
  if (usualWords.has(word)) return 'usual';
  const match = /^(\d{1,2})(?::(\d{2}))?\s*(?:-|to|till|until|至|到)\s*(\d{1,2})(?::(\d{2}))?$/.exec(word);
  if (!match) return undefined;
  const [, fromHour = '', fromMinute = '00', toHour = '', toMinute = '00'] = match;
  const from = `${fromHour.padStart(2, '0')}:${fromMinute}`;
  const to = `${toHour.padStart(2, '0')}:${toMinute}`;
  return isTime(from) && isTime(to) && from !== to ? { from, to } : undefined;
}

function isTime(time: string): boolean {
  return /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(time);
}

/** When a mute ends; `null`: when somebody unmutes. */
export type MuteEnd = Date | null;

/** The latest end of those mutes that still hold; `undefined`: none does. */
export function latestEnd(ends: readonly MuteEnd[], now: Date): MuteEnd | undefined {
  let latest: MuteEnd | undefined;
  for (const end of ends) {
    if (end === null) return null;
    if (end > now && (latest === undefined || (latest !== null && end > latest))) latest = end;
  }
  return latest;
}
