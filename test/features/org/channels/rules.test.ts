import { describe, expect, it } from 'vitest';
import {
  holdUntil,
  isQuiet,
  latestEnd,
  type ReadingHours,
  readQuiet,
  usualQuiet,
} from '../../../../src/features/org/channels/rules.ts';
import { dayIn, timeIn, weekdayOf } from '../../../../src/kernel/dates.ts';
import fc from '../../../support/property.ts';

const holidays = ['2026-12-25', '2026-12-28', '2027-01-01'];
const calendar = { workdays: [1, 2, 3, 4, 5], holidays, workdayStartsAt: '09:00' };
const hours = (timeZone: string, from = usualQuiet.from, to = usualQuiet.to): ReadingHours => ({
  timeZone,
  quiet: { from, to },
  calendar,
});
/** Local day and time a message is held until, or `now`. */
function heldTo(of: ReadingHours, at: string): string {
  const until = holdUntil(of, new Date(at));
  return until ? `${dayIn(until, of.timeZone)} ${timeIn(until, of.timeZone)}` : 'now';
}

describe('a message waits for the end of quiet hours, days off and holidays', () => {
  it.each([
    // Over midnight; 10 November 2026 is a Tuesday.
    ['Asia/Shanghai', '2026-11-10T02:00:00Z', 'now'],
    ['Asia/Shanghai', '2026-11-10T10:59:59Z', 'now'],
    ['Asia/Shanghai', '2026-11-10T11:00:00Z', '2026-11-11 08:30'],
    ['Asia/Shanghai', '2026-11-10T15:59:00Z', '2026-11-11 08:30'],
    ['Asia/Shanghai', '2026-11-10T16:01:00Z', '2026-11-11 08:30'],
    ['Asia/Shanghai', '2026-11-11T00:29:59Z', '2026-11-11 08:30'],
    ['Asia/Shanghai', '2026-11-11T00:30:00Z', 'now'],
    // The same instant elsewhere.
    ['Europe/London', '2026-11-10T02:00:00Z', '2026-11-10 08:30'],
    // Friday evening, the weekend, early on Monday.
    ['Europe/Berlin', '2026-11-13T18:00:00Z', '2026-11-16 08:30'],
    ['Europe/Berlin', '2026-11-14T12:00:00Z', '2026-11-16 08:30'],
    ['Europe/Berlin', '2026-11-16T07:00:00Z', '2026-11-16 08:30'],
    // Thursday evening before Christmas, a weekend, a holiday after it.
    ['Europe/Berlin', '2026-12-24T17:59:00Z', 'now'],
    ['Europe/Berlin', '2026-12-24T18:00:00Z', '2026-12-29 08:30'],
    ['Europe/Berlin', '2026-12-25T12:00:00Z', '2026-12-29 08:30'],
    // Clocks go back on Sunday 25 October and forward on Sunday 28 March: the local time counts.
    ['Europe/Berlin', '2026-10-23T20:00:00Z', '2026-10-26 08:30'],
    ['Europe/Berlin', '2027-03-26T20:00:00Z', '2027-03-29 08:30'],
    ['America/New_York', '2026-11-01T06:30:00Z', '2026-11-02 08:30'],
    ['Pacific/Apia', '2026-11-13T07:00:00Z', '2026-11-16 08:30'],
  ])('%s, %s: %s', (zone, at, held) => {
    expect(heldTo(hours(zone), at)).toBe(held);
  });

  it.each([
    // Within a day.
    ['12:00', '14:00', '2026-11-10T11:59:00Z', 'now'],
    ['12:00', '14:00', '2026-11-10T12:00:00Z', '2026-11-10 14:00'],
    ['12:00', '14:00', '2026-11-10T23:00:00Z', 'now'],
    // None: days off end when work begins, not at midnight.
    ['00:00', '00:00', '2026-11-10T03:00:00Z', 'now'],
    ['00:00', '00:00', '2026-11-14T12:00:00Z', '2026-11-16 09:00'],
    ['00:00', '00:00', '2026-11-16T03:00:00Z', '2026-11-16 09:00'],
    ['12:00', '14:00', '2026-11-15T12:00:00Z', '2026-11-16 09:00'],
    ['08:00', '10:00', '2026-11-15T12:00:00Z', '2026-11-16 10:00'],
    ['23:00', '07:00', '2026-11-10T22:59:00Z', 'now'],
    ['23:00', '07:00', '2026-11-10T23:00:00Z', '2026-11-11 07:00'],
  ])('%s–%s, %s: %s', (from, to, at, held) => {
    expect(heldTo(hours('UTC', from, to), at)).toBe(held);
  });

  it('held by nothing but its quiet hours where a calendar has no working days', () => {
    const idle = { ...hours('UTC'), calendar: { ...calendar, workdays: [] } };
    expect(heldTo(idle, '2026-11-14T12:00:00Z')).toBe('now');
    expect(heldTo(idle, '2026-11-14T20:00:00Z')).toBe('2026-11-15 08:30');
  });

  it('goes at an instant that is not quiet, on a working day, and never before now', () => {
    const zone = fc.constantFrom(
      'UTC',
      'Asia/Shanghai',
      'Europe/Berlin',
      'America/St_Johns',
      'Australia/Lord_Howe',
    );
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '30'))
      .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`);
    const instant = fc.date({
      min: new Date('2026-01-01'),
      max: new Date('2027-12-31'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(zone, time, time, instant, (timeZone, from, to, now) => {
        const of = hours(timeZone, from, to);
        const until = holdUntil(of, now);
        if (until === undefined) return;
        expect(until > now).toBe(true);
        expect(isQuiet(of, until)).toBe(false);
        const on = dayIn(until, timeZone);
        expect(weekdayOf(on) <= 5 && !holidays.includes(on)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('quiet hours as people write them', () => {
  it.each([
    ['19:00-08:30', { from: '19:00', to: '08:30' }],
    ['19-8:30', { from: '19:00', to: '08:30' }],
    ['22:00 to 7:00', { from: '22:00', to: '07:00' }],
    ['19：00－08：30', { from: '19:00', to: '08:30' }],
    ['19:00至08:30', { from: '19:00', to: '08:30' }],
    ['off', { from: '00:00', to: '00:00' }],
    ['关闭', { from: '00:00', to: '00:00' }],
    ['default', 'usual'],
    ['默认', 'usual'],
    ['24:00-08:00', undefined],
    ['19:60-08:00', undefined],
    ['09:00-09:00', undefined],
    ['morning', undefined],
    ['', undefined],
  ])('%j', (text, read) => {
    expect(readQuiet(text)).toEqual(read);
  });
});

describe('of several mutes', () => {
  const now = new Date('2026-11-10T02:00:00Z');
  const at = (hour: number) => new Date(`2026-11-10T${String(hour).padStart(2, '0')}:00:00Z`);
  it.each([
    [[], undefined],
    [[at(1)], undefined],
    [[at(2)], undefined],
    [[at(5), at(3)], at(5)],
    [[at(5), null], null],
    [[at(1), at(3)], at(3)],
  ])('the last to end counts: %j', (ends, end) => {
    expect(latestEnd(ends, now)).toEqual(end);
  });
});
