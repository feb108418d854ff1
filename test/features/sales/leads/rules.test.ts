import { describe, expect, it } from 'vitest';
import {
  planDueAt,
  sameBy,
  testsMissing,
  workingMinutesLeft,
} from '../../../../src/features/sales/leads/rules.ts';
import { addWorkingMinutes, type WorkCalendar } from '../../../../src/kernel/dates.ts';
import fc from '../../../support/property.ts';

const calendar: WorkCalendar = {
  timeZone: 'Asia/Shanghai',
  workdays: [1, 2, 3, 4, 5],
  workdayStartsAt: '09:00',
  workdayEndsAt: '18:00',
  holidays: ['2026-11-11'],
};
const at = (local: string) => new Date(`${local}:00+08:00`);

describe('the plan clock', () => {
  it.each([
    ['in the morning, the same day', '2026-11-10T10:00', '2026-11-10T14:00'],
    ['late in the afternoon, past the holiday', '2026-11-10T16:00', '2026-11-12T11:00'],
    ['on a Friday evening, on Monday', '2026-11-13T19:30', '2026-11-16T13:00'],
    ['on a Sunday, on Monday', '2026-11-15T12:00', '2026-11-16T13:00'],
  ])('started %s, runs out in working time only', (_when, routed, due) => {
    expect(planDueAt(at(routed), calendar)).toEqual(at(due));
  });

  it.each([
    ['two working hours later', '2026-11-10T10:00', '2026-11-10T12:10', 130],
    ['over the weekend', '2026-11-13T17:30', '2026-11-16T09:15', 45],
    ['a deadline that passed', '2026-11-10T12:00', '2026-11-10T11:30', -30],
    ['a deadline that passed on Friday, on Monday', '2026-11-16T09:20', '2026-11-13T17:50', -30],
    ['now', '2026-11-10T12:00', '2026-11-10T12:00', 0],
  ])('counts what is left in working minutes: %s', (_what, now, due, left) => {
    expect(workingMinutesLeft(at(now), at(due), calendar)).toBe(left);
  });

  it('leaves exactly the minutes it was given, from whatever moment it starts', () => {
    fc.assert(
      fc.property(
        fc.date({ min: at('2026-01-01T00:00'), max: at('2027-12-31T00:00'), noInvalidDate: true }),
        fc.integer({ min: 1, max: 5000 }),
        (start, minutes) => {
          const now = new Date(Math.floor(start.getTime() / 60_000) * 60_000);
          expect(workingMinutesLeft(now, addWorkingMinutes(now, minutes, calendar), calendar)).toBe(minutes);
        },
      ),
    );
  });
});

describe('the opportunity standard', () => {
  it('is passed only with all four tests', () => {
    expect(testsMissing(['budget', 'need', 'authority', 'time'])).toEqual([]);
    expect(testsMissing(['time', 'budget'])).toEqual(['need', 'authority']);
    expect(testsMissing([])).toHaveLength(4);
  });
});

describe('a twin', () => {
  const acme = { nameKey: 'acme pumps', emailDomain: 'acme.example', phoneKey: '079460011' };
  it.each([
    ['the phone above all', { ...acme, nameKey: 'zeta' }, 'phone'],
    ['the e-mail domain', { nameKey: 'zeta', emailDomain: 'acme.example', phoneKey: null }, 'domain'],
    ['a name that differs by a letter', { nameKey: 'acme pump', emailDomain: null, phoneKey: null }, 'name'],
    ['not by a different name', { nameKey: 'acme paints', emailDomain: null, phoneKey: null }, undefined],
    ['not by an empty name', { nameKey: '', emailDomain: null, phoneKey: null }, undefined],
    ['not by a phone too short', { nameKey: 'x', emailDomain: null, phoneKey: '0011' }, undefined],
  ])('is told by %s', (_sign, like, by) => {
    expect(sameBy(acme, like)).toBe(by);
  });
});
