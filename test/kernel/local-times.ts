/**
 * Wall clocks read off minute by minute around each change of a zone's clocks, by `Intl.DateTimeFormat` alone: no
 * library that reckons in zones takes part.
 */
export interface Change {
  at: number;
  /** Local times right before, in and after the change. */
  times: string[];
  /** Whole local days around the change, with the instant (epoch ms) of each minute shown. */
  days: WallDay[];
}

interface WallDay {
  on: string;
  minutes: { at: number; time: string }[];
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export function changesOf(zone: string, fromYear: number, toYear: number): Change[] {
  const read = reader(zone);
  const ahead = (at: number) => {
    const { on, time } = read(at);
    return Date.parse(`${on}T${time}:00Z`) - at;
  };
  const found: Change[] = [];
  const end = Date.UTC(toYear + 1, 0, 1);
  for (let at = Date.UTC(fromYear, 0, 1); at < end; at += 6 * hour) {
    if (ahead(at) === ahead(at + 6 * hour)) continue;
    let low = at;
    let high = at + 6 * hour;
    while (high - low > minute) {
      const middle = Math.floor((low + high) / 2 / minute) * minute;
      if (ahead(middle) === ahead(at)) low = middle;
      else high = middle;
    }
    found.push({ at: high, times: timesAround(read(low).time, read(high).time), days: walk(read, high) });
  }
  return found;
}

/** The first instant of each local day that shows this time; if none does, the first that shows a later one. */
export function firstInstants(
  days: readonly WallDay[],
  time: string,
): { on: string; at: number | undefined }[] {
  return days.map(({ on, minutes }, index) => {
    const shown = minutes.find((one) => one.time === time) ?? minutes.find((one) => one.time > time);
    return { on, at: shown?.at ?? days[index + 1]?.minutes[0]?.at };
  });
}

type Reading = { on: string; time: string };

function reader(zone: string): (at: number) => Reading {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  return (at) => {
    const [on = '', time = ''] = format.format(at).split(' ');
    return { on, time };
  };
}

function walk(read: (at: number) => Reading, change: number): WallDay[] {
  const days = new Map<string, WallDay>();
  for (let at = change - 2 * day; at < change + 2 * day; at += minute) {
    const { on, time } = read(at);
    const known = days.get(on) ?? { on, minutes: [] };
    days.set(on, known);
    known.minutes.push({ at, time });
  }
  // Those at both ends were not seen whole.
  return [...days.values()].slice(1, -1);
}

function timesAround(before: string, after: string): string[] {
  const plus = (time: string, minutes: number) => {
    const sum = (Number(time.slice(0, 2)) * 60 + Number(time.slice(3)) + minutes) % 1440;
    return `${String(Math.floor(sum / 60)).padStart(2, '0')}:${String(sum % 60).padStart(2, '0')}`;
  };
  return [before, after, plus(before, 16), plus(after, 16)];
}
