import { flat } from '../../../kernel/recognise/words.ts';

/** `9-18`, `09:00-18:00`, `9:00 to 18:30`; `undefined` unless it is a span within one day. */
export function readHours(text: string): { startsAt: string; endsAt: string } | undefined {
  const match = /^(\d{1,2})(?::(\d{2}))?\s*(?:-|to|至|到)\s*(\d{1,2})(?::(\d{2}))?$/.exec(flat(text));
  if (!match) return undefined;
  const [, startHour = '', startMinute = '00', endHour = '', endMinute = '00'] = match;
  const startsAt = `${startHour.padStart(2, '0')}:${startMinute}`;
  const endsAt = `${endHour.padStart(2, '0')}:${endMinute}`;
  const isTime = (time: string) => /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(time);
  return isTime(startsAt) && isTime(endsAt) && startsAt < endsAt ? { startsAt, endsAt } : undefined;
}

const dayNames: ReadonlyMap<string, number> = new Map(
  [
    ['mon', 'monday', '周一', '星期一', '1'],
    ['tue', 'tuesday', '周二', '星期二', '2'],
    ['wed', 'wednesday', '周三', '星期三', '3'],
    ['thu', 'thursday', '周四', '星期四', '4'],
    ['fri', 'friday', '周五', '星期五', '5'],
    ['sat', 'saturday', '周六', '星期六', '6'],
    ['sun', 'sunday', '周日', '星期日', '7'],
  ].flatMap((names, index) => names.map((name) => [name, index + 1] as const)),
);

/** `mon-fri`, `sun-thu`, `1,2,3`, `周一至周五`; `undefined` for anything that is no weekday. */
export function readWorkdays(text: string): number[] | undefined {
  const days = new Set<number>();
  for (const part of flat(text).split(/[,、;\s]+/)) {
    if (part === '') continue;
    const [from, to, more] = part.split(/-|至|到/).map((name) => dayNames.get(name.trim()));
    if (from === undefined || more !== undefined || (/-|至|到/.test(part) && to === undefined))
      return undefined;
    // A span may run over the end of the week: sun-thu.
    for (let day = from, guard = 0; guard < 7; day = (day % 7) + 1, guard++) {
      days.add(day);
      if (day === (to ?? from)) break;
    }
  }
  return days.size === 0 ? undefined : [...days].sort((a, b) => a - b);
}

/** Consecutive days as spans: `[1,2,3,4,5,7]` → `[[1,5],[7,7]]`. */
export function spansOf(days: readonly number[]): [number, number][] {
  const spans: [number, number][] = [];
  for (const day of [...days].sort((a, b) => a - b)) {
    const last = spans.at(-1);
    if (last && last[1] === day - 1) last[1] = day;
    else spans.push([day, day]);
  }
  return spans;
}

const clear = new Set(['none', 'no', '无', '清空']);

/**
 * The list of days off after a change: `2026-12-25,2026-12-26` is the new list, `+2026-12-25` adds, `-…` takes
 * away, `none` clears. `readDay` turns one word into a day; words it cannot read come back as `unknown`.
 */
export function changeHolidays(
  current: readonly string[],
  text: string,
  readDay: (word: string) => string | undefined,
): { holidays: string[] } | { unknown: string } {
  const words = text.split(/[,，、;\s]+/).filter(Boolean);
  if (words.length === 1 && words[0] && clear.has(flat(words[0]))) return { holidays: [] };
  const isChange = words.every((word) => /^[+-]/.test(word));
  const days = new Set<string>(isChange ? current : []);
  for (const word of words) {
    const on = readDay(isChange ? word.slice(1) : word);
    if (on === undefined) return { unknown: word };
    if (isChange && word.startsWith('-')) days.delete(on);
    else days.add(on);
  }
  return { holidays: [...days].sort() };
}
