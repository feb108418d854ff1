import { readCount } from './numerals.ts';

export type TimeFound = { length: number; time: string } | { length: number; wrong: true };

const clock = /^(?:at |@ ?)?(\d{1,2}):(\d{2})(?::\d{2})?(?: ?(am|pm|a\.m\.|p\.m\.))?(?![\da-z:])/;
const twelve = /^(?:at |@ ?)?(\d{1,2})(?:[.:](\d{2}))? ?(am|pm|a\.m\.?|p\.m\.?)(?![a-z])/;
const bare = /^(?:at |@ ?)(\d{1,2})(?![\d.:a-z%])/;
const named = /^(?:at )?(noon|midday|midnight|morning|afternoon|evening)(?![a-z])/;
const namedTimes: Readonly<Record<string, string>> = {
  noon: '12:00',
  midday: '12:00',
  midnight: '23:59',
  morning: '09:00',
  afternoon: '14:00',
  evening: '18:00',
};
const han =
  /^(凌晨|清晨|早上|早晨|早|上午|中午|下午|傍晚|晚上|晚)? ?(?:(\d{1,2}):(\d{2})(?!\d)|(\d{1,2}|[一二两三四五六七八九十]{1,3})(?:点钟?|點|时)(?:(半)|(一刻)|(三刻)|(?:(\d{1,2}|[零一二三四五六七八九十]{1,3})分?)|整)?)/;
const hanPart = /^(清晨|早上|早晨|早|上午|中午|下午|傍晚|晚上|晚)/;
const partTimes: Readonly<Record<string, string>> = {
  清晨: '08:00',
  早上: '09:00',
  早晨: '09:00',
  早: '09:00',
  上午: '10:00',
  中午: '12:00',
  下午: '14:00',
  傍晚: '18:00',
  晚上: '19:00',
  晚: '19:00',
};

/** Reads the time of day a flat text begins with. `afterDay`: only there do `at 10` and `morning` count. */
export function scanTime(text: string, afterDay: boolean): TimeFound | undefined {
  const first = text.charCodeAt(0);
  if (first > 0x2000) return scanHan(text, afterDay);
  const match = twelve.exec(text) ?? clock.exec(text);
  if (match) {
    const [{ length }, hour = '', minute = '00', half] = match;
    return made(length, Number(hour), Number(minute), half?.[0]);
  }
  if (afterDay) {
    const hour = bare.exec(text);
    if (hour) return made(hour[0].length, Number(hour[1]), 0, undefined);
  }
  const word = named.exec(text);
  if (word && (afterDay || word[1] === 'noon')) {
    return { length: word[0].length, time: namedTimes[word[1] ?? ''] ?? '12:00' };
  }
  return scanHan(text, afterDay);
}

function scanHan(text: string, afterDay: boolean): TimeFound | undefined {
  const match = han.exec(text);
  if (match) {
    const [{ length }, part, clockHour, clockMinute, hourWord, half, quarter, threeQuarters, minuteWord] =
      match;
    const hour = clockHour === undefined ? (readCount(hourWord ?? '') ?? 99) : Number(clockHour);
    let minute = clockMinute === undefined ? 0 : Number(clockMinute);
    if (half) minute = 30;
    else if (quarter) minute = 15;
    else if (threeQuarters) minute = 45;
    else if (minuteWord !== undefined) minute = readCount(minuteWord.replace(/^零/, '')) ?? 0;
    // 晚上12点 is the end of that day.
    if (part?.startsWith('晚') && hour === 12) return { length, time: '23:59' };
    return made(length, hour, minute, halfOfDay(part, hour));
  }
  const part = afterDay ? hanPart.exec(text)?.[0] : undefined;
  return part === undefined ? undefined : { length: part.length, time: partTimes[part] ?? '12:00' };
}

function halfOfDay(part: string | undefined, hour: number): string | undefined {
  switch (part) {
    case '下午':
    case '傍晚':
    case '晚上':
    case '晚':
      return hour <= 12 ? 'p' : undefined;
    case '中午':
      return hour < 11 ? 'p' : undefined;
    case '凌晨':
      return 'a';
    default:
      return undefined;
  }
}

function made(length: number, hour: number, minute: number, half: string | undefined): TimeFound {
  if (half !== undefined && (hour < 1 || hour > 12)) return { length, wrong: true };
  let value = hour;
  if (half === 'p' && hour < 12) value += 12;
  if (half === 'a' && hour === 12) value = 0;
  if (value > 23 || minute > 59) return { length, wrong: true };
  return { length, time: `${String(value).padStart(2, '0')}:${String(minute).padStart(2, '0')}` };
}
