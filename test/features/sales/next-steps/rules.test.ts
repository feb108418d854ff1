import { describe, expect, it } from 'vitest';
import {
  isPast,
  isStale,
  nextWorkday,
  plausible,
  putOff,
} from '../../../../src/features/sales/next-steps/rules.ts';
import type { WorkCalendar } from '../../../../src/kernel/dates.ts';
import fc from '../../../support/property.ts';

const calendar: WorkCalendar = {
  timeZone: 'Asia/Shanghai',
  workdays: [1, 2, 3, 4, 5],
  workdayStartsAt: '09:00',
  workdayEndsAt: '18:00',
  holidays: ['2026-11-16'],
};
const zone = 'Asia/Shanghai';
const at = (local: string) => new Date(`${local}:00+08:00`);

describe('a time that has passed', () => {
  it.each([
    ['a day before today', { on: '2026-11-09' }, true],
    ['today without a time', { on: '2026-11-10' }, false],
    ['an hour ago', { on: '2026-11-10', at: at('2026-11-10T11:00').toISOString() }, true],
    ['in a minute', { on: '2026-11-10', at: at('2026-11-10T12:01').toISOString() }, false],
  ])('%s', (_what, due, past) => {
    expect(isPast(due, at('2026-11-10T12:00'), zone)).toBe(past);
  });

  it('is today by the clock of whoever says it', () => {
    const now = new Date('2026-11-10T20:00:00Z');
    expect(isPast({ on: '2026-11-10' }, now, 'Europe/London')).toBe(false);
    expect(isPast({ on: '2026-11-10' }, now, 'Asia/Shanghai')).toBe(true);
  });

  it('is answered with the same weekday to come and the next working day, at the time that was said', () => {
    const friday = { on: '2026-11-13', at: at('2026-11-13T10:00').toISOString() };
    expect(plausible(friday, at('2026-11-13T18:00'), zone, calendar)).toEqual([
      { on: '2026-11-20', at: at('2026-11-20T10:00').toISOString() },
      { on: '2026-11-17', at: at('2026-11-17T10:00').toISOString() },
    ]);
    expect(plausible({ on: '2026-11-03' }, at('2026-11-10T12:00'), zone, calendar)).toEqual([
      { on: '2026-11-17' },
      { on: '2026-11-11' },
    ]);
  });

  it('is never answered with another one', () => {
    const instants = fc.date({
      min: new Date('2025-01-01'),
      max: new Date('2027-12-31'),
      noInvalidDate: true,
    });
    const zones = fc.constantFrom('Asia/Shanghai', 'Europe/London', 'America/New_York', 'Pacific/Apia');
    fc.assert(
      fc.property(instants, instants, zones, fc.boolean(), (due, now, timeZone, hasTime) => {
        const on = due.toLocaleDateString('sv-SE', { timeZone });
        const when = hasTime ? { on, at: due.toISOString() } : { on };
        if (!isPast(when, now, timeZone)) return;
        for (const one of plausible(when, now, timeZone, calendar)) {
          expect(isPast(one, now, timeZone)).toBe(false);
        }
      }),
    );
  });
});

describe('putting off', () => {
  const step = { on: '2026-11-10', at: at('2026-11-10T10:00').toISOString() };
  it('keeps the time of day unless one is said', () => {
    expect(putOff(step, { on: '2026-11-12' }, zone)).toEqual({
      on: '2026-11-12',
      at: at('2026-11-12T10:00').toISOString(),
    });
    const said = { on: '2026-11-12', at: at('2026-11-12T15:00').toISOString() };
    expect(putOff(step, said, zone)).toEqual(said);
    expect(putOff({ on: '2026-11-10' }, { on: '2026-11-12' }, zone)).toEqual({ on: '2026-11-12' });
  });

  it('keeps the hour on the wall when the clocks change', () => {
    const before = { on: '2026-03-27', at: '2026-03-27T10:00:00.000Z' };
    expect(putOff(before, { on: '2026-03-30' }, 'Europe/London').at).toBe('2026-03-30T09:00:00.000Z');
  });
});

describe('the next working day', () => {
  it('skips weekends and holidays', () => {
    expect(nextWorkday('2026-11-10', calendar)).toBe('2026-11-11');
    expect(nextWorkday('2026-11-13', calendar)).toBe('2026-11-17');
  });
  it('is the next day where nobody ever works', () => {
    expect(nextWorkday('2026-11-10', { ...calendar, workdays: [] })).toBe('2026-11-11');
  });
});

describe('a shown list', () => {
  it('is counted in for a day', () => {
    const now = at('2026-11-10T12:00');
    expect(isStale(at('2026-11-09T12:00'), now)).toBe(false);
    expect(isStale(at('2026-11-09T11:59'), now)).toBe(true);
  });
});
