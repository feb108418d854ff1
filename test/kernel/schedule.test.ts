import { describe, expect, test } from 'vitest';
import {
  digestTimes,
  firstInstantOf,
  nextDue,
  type ScheduleCalendar,
  type ScheduleRule,
  type ScheduleState,
  scheduleRule,
  slotOf,
  turnOf,
} from '../../src/kernel/schedule.ts';
import { seed } from '../support/seed.ts';
import { changesOf, firstInstants } from './local-times.ts';

const calendar = (
  timeZone = 'UTC',
  holidays: string[] = [],
  workdays = [1, 2, 3, 4, 5],
): ScheduleCalendar => ({
  timeZone,
  holidays,
  workdays,
});

/** The next runs, as `day instant`. */
function runs(rule: ScheduleRule, days: ScheduleCalendar, from: string, count: number): string[] {
  const said: string[] = [];
  let after = new Date(from);
  for (let left = count; left > 0; left--) {
    const due = nextDue(rule, days, after);
    said.push(`${due.on} ${due.at.toISOString().slice(0, 16)}Z`);
    after = due.at;
  }
  return said;
}

describe('the next run', () => {
  test('of a day comes strictly after the instant asked for', () => {
    expect(runs({ every: 'day', at: '08:30' }, calendar(), '2026-11-27T08:30:00Z', 2)).toEqual([
      '2026-11-28 2026-11-28T08:30Z',
      '2026-11-29 2026-11-29T08:30Z',
    ]);
  });

  test('of a workday leaves out days off and holidays', () => {
    const london = calendar('Europe/London', ['2026-12-25', '2026-12-28']);
    expect(runs({ every: 'workday', at: '08:30' }, london, '2026-12-24T07:00:00Z', 3)).toEqual([
      '2026-12-24 2026-12-24T08:30Z',
      '2026-12-29 2026-12-29T08:30Z',
      '2026-12-30 2026-12-30T08:30Z',
    ]);
  });

  test('of a week falls on its day, or on the first workday after it', () => {
    const off = calendar('Asia/Shanghai', ['2027-01-01']);
    const friday = { every: 'week', weekday: 5, at: '16:00' } as const;
    expect(runs(friday, off, '2026-12-26T00:00:00Z', 1)).toEqual(['2027-01-01 2027-01-01T08:00Z']);
    expect(runs({ ...friday, onWorkday: true }, off, '2026-12-26T00:00:00Z', 2)).toEqual([
      '2027-01-04 2027-01-04T08:00Z',
      '2027-01-08 2027-01-08T08:00Z',
    ]);
  });

  test('of a month may fall into the next month, and each month has one', () => {
    const days = ['2026-12-28', '2026-12-29', '2026-12-30', '2026-12-31', '2027-01-01'];
    const monthly = { every: 'month', day: 28, at: '09:00', onWorkday: true } as const;
    expect(runs(monthly, calendar('UTC', days), '2026-12-20T00:00:00Z', 3)).toEqual([
      '2027-01-04 2027-01-04T09:00Z',
      '2027-01-28 2027-01-28T09:00Z',
      '2027-03-01 2027-03-01T09:00Z',
    ]);
  });

  test('of minutes is the same instant whoever asks', () => {
    const rule = { every: 'minutes', minutes: 15 } as const;
    const first = nextDue(rule, calendar(), new Date('2026-11-10T10:01:00Z'));
    const second = nextDue(rule, calendar(), new Date('2026-11-10T10:14:59.999Z'));
    expect(slotOf(rule, first)).toBe('2026-11-10T10:15:00.000Z');
    expect(slotOf(rule, second)).toBe(slotOf(rule, first));
  });

  test('comes daily where a calendar has no workdays at all', () => {
    const none = calendar('UTC', [], []);
    expect(runs({ every: 'workday', at: '09:00' }, none, '2026-12-15T20:00:00Z', 1)).toEqual([
      '2026-12-16 2026-12-16T09:00Z',
    ]);
  });
});

describe('where a zone changes its clocks', () => {
  test.each([
    // Clocks go forward: the first instant after the gap.
    ['America/New_York', '2026-03-08', '02:30', '2026-03-08T07:00Z'],
    ['Australia/Lord_Howe', '2026-10-04', '02:15', '2026-10-03T15:30Z'],
    ['Africa/Cairo', '2026-04-24', '00:30', '2026-04-23T22:00Z'],
    ['Pacific/Easter', '2026-09-05', '22:00', '2026-09-06T04:00Z'],
    // The gap reaches to midnight: the first instant after it is on the next day.
    ['America/Nuuk', '2026-03-28', '23:30', '2026-03-29T01:00Z'],
    // Clocks go back: the first of the two instants.
    ['America/New_York', '2026-11-01', '01:30', '2026-11-01T05:30Z'],
    ['Europe/Berlin', '2026-10-25', '02:30', '2026-10-25T00:30Z'],
    ['Antarctica/Troll', '2026-10-25', '01:30', '2026-10-24T23:30Z'],
  ])('%s on %s at %s is %s', (zone, on, time, instant) => {
    expect(firstInstantOf(on, time, zone).toISOString()).toBe(instant.replace('Z', ':00.000Z'));
  });

  test('a day that a zone left out has no run of its own', () => {
    const apia = calendar('Pacific/Apia');
    expect(runs({ every: 'day', at: '09:00' }, apia, '2011-12-29T00:00:00Z', 3)).toEqual([
      '2011-12-29 2011-12-29T19:00Z',
      '2011-12-31 2011-12-30T19:00Z',
      '2012-01-01 2011-12-31T19:00Z',
    ]);
    expect(runs({ every: 'month', day: 28, at: '09:00' }, apia, '2011-12-29T00:00:00Z', 1)).toEqual([
      '2012-01-28 2012-01-27T19:00Z',
    ]);
    const weekly = { every: 'week', weekday: 5, at: '09:00' } as const;
    expect(runs(weekly, apia, '2011-12-28T00:00:00Z', 2)).toEqual([
      '2011-12-31 2011-12-30T19:00Z',
      '2012-01-06 2012-01-05T19:00Z',
    ]);
  });

  test('a day with a run in the gap or in the overlap has one run', () => {
    const nuuk = calendar('America/Nuuk');
    expect(runs({ every: 'day', at: '23:30' }, nuuk, '2026-03-28T00:00:00Z', 3)).toEqual([
      '2026-03-27 2026-03-28T01:30Z',
      '2026-03-28 2026-03-29T01:00Z',
      '2026-03-29 2026-03-30T00:30Z',
    ]);
    expect(runs({ every: 'day', at: '02:30' }, calendar('Europe/Berlin'), '2026-10-24T12:00:00Z', 2)).toEqual(
      ['2026-10-25 2026-10-25T00:30Z', '2026-10-26 2026-10-26T01:30Z'],
    );
  });
});

const isLong = process.env.PARLEY_LONG === '1';

/** Zones known for odd changes; always tried. */
const odd = [
  'Africa/Casablanca',
  'America/Nuuk',
  'Antarctica/Troll',
  'Asia/Gaza',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Pacific/Easter',
];

function sample(zones: readonly string[], count: number): string[] {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const picked = new Set(odd);
  while (picked.size < Math.min(zones.length, count)) {
    picked.add(zones[Math.floor(random() * zones.length)] as string);
  }
  return [...picked];
}

const zones = Intl.supportedValuesOf('timeZone');
const tried = isLong ? [...new Set([...zones, ...odd])] : sample(zones, 12);

test(`around every change of two years each day has one run, as the clocks on the wall of ${tried.length} zones tell (seed ${seed})`, () => {
  expect(zones.length).toBeGreaterThan(300);
  const wrong: string[] = [];
  let compared = 0;
  for (const zone of tried) {
    for (const { times, days } of changesOf(zone, 2026, 2027)) {
      for (const time of [digestTimes.from, '08:30', digestTimes.to, ...times]) {
        const [first, ...expected] = firstInstants(days, time);
        let after = new Date(first?.at ?? 0);
        for (const { on, at } of expected) {
          // What comes after the last day was not looked at.
          if (at === undefined) continue;
          const due = nextDue({ every: 'day', at: time }, calendar(zone), after);
          if (due.on !== on || due.at.getTime() !== at) {
            wrong.push(`${zone} ${on} ${time}: ${due.on} ${due.at.toISOString()}`);
          }
          after = due.at;
          compared++;
        }
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(compared).toBeGreaterThan(200);
}, 600_000);

describe('after an outage', () => {
  const daily: ScheduleState = {
    rule: { every: 'day', at: '08:30' },
    next: { at: new Date('2026-11-10T08:30:00Z'), on: '2026-11-10' },
    lastRunAt: new Date('2026-11-09T08:30:10Z'),
    missedSince: null,
    createdAt: new Date('2026-11-01T00:00:00Z'),
  };
  const at = (instant: string, state = daily) => turnOf(state, calendar(), new Date(instant));

  test('of ten minutes a run is on time', () => {
    expect(at('2026-11-10T08:40:00Z')).toMatchObject({ run: { late: false, since: null } });
    expect(at('2026-11-10T08:40:01Z')).toMatchObject({ run: { late: true, since: null } });
  });

  test('of one hour it runs once, late', () => {
    const turn = at('2026-11-10T09:30:00Z');
    expect(turn.run).toEqual({ due: daily.next, late: true, since: null });
    expect(turn.next.on).toBe('2026-11-11');
  });

  test('of five hours it does not run, and the next run says since when', () => {
    expect(at('2026-11-10T12:30:00Z').run).toBeDefined();
    const turn = at('2026-11-10T13:30:00Z');
    expect(turn).toEqual({
      run: undefined,
      next: { at: new Date('2026-11-11T08:30:00Z'), on: '2026-11-11' },
      missedSince: daily.lastRunAt,
    });
    const after = { ...daily, next: turn.next, missedSince: turn.missedSince };
    expect(at('2026-11-11T08:30:00Z', after)).toMatchObject({
      run: { due: turn.next, late: false, since: daily.lastRunAt },
      missedSince: null,
    });
  });

  test('of three days none of the missed runs is made up for', () => {
    const turn = at('2026-11-13T13:30:00Z');
    expect(turn).toMatchObject({ run: undefined, next: { on: '2026-11-14' }, missedSince: daily.lastRunAt });
  });

  test('of three days that ends soon after a run, that run is made up for, with since', () => {
    const { run } = at('2026-11-13T09:30:00Z');
    expect(run).toMatchObject({ due: { on: '2026-11-13' }, late: true, since: daily.lastRunAt });
  });

  test('that ends on the next local day it does not run, however short it was', () => {
    const late: ScheduleState = {
      ...daily,
      rule: { every: 'day', at: '22:00' },
      next: { at: new Date('2026-11-10T22:00:00Z'), on: '2026-11-10' },
    };
    expect(at('2026-11-10T23:59:00Z', late).run?.late).toBe(true);
    expect(at('2026-11-11T00:01:00Z', late).run).toBeUndefined();
  });

  test('a first run that was missed counts from the set-up', () => {
    const fresh = { ...daily, lastRunAt: null };
    expect(at('2026-11-10T13:30:00Z', fresh).missedSince).toEqual(daily.createdAt);
  });

  test('a rule in minutes runs its last slot only, and once', () => {
    const rule = { every: 'minutes', minutes: 15 } as const;
    const next = { at: new Date('2026-11-10T08:30:00Z'), on: '2026-11-10' };
    const turn = at('2026-11-13T09:44:00Z', { ...daily, rule, next });
    expect(turn.run?.due.at).toEqual(new Date('2026-11-13T09:30:00Z'));
    expect(turn.run?.late).toBe(false);
    expect(turn.next.at).toEqual(new Date('2026-11-13T09:45:00Z'));
  });

  test('a day that has become a holiday has no run, and is not missed', () => {
    const rule = { every: 'workday', at: '08:30' } as const;
    const off = calendar('UTC', ['2026-11-10']);
    expect(turnOf({ ...daily, rule }, off, new Date('2026-11-10T08:30:00Z'))).toEqual({
      run: undefined,
      next: { at: new Date('2026-11-11T08:30:00Z'), on: '2026-11-11' },
      missedSince: null,
    });
  });
});

test.each([
  { every: 'day', at: '24:00' },
  { every: 'day', at: '8:30' },
  { every: 'week', weekday: 8, at: '08:30' },
  { every: 'month', day: 29, at: '08:30' },
  { every: 'minutes', minutes: 0 },
  { every: 'year', at: '08:30' },
])('%o is no rule', (rule) => {
  expect(scheduleRule.safeParse(rule).success).toBe(false);
});
