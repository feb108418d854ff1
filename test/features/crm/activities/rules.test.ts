import { describe, expect, it } from 'vitest';
import {
  isDecisionMakerMet,
  momentOf,
  monthAround,
  namesIn,
} from '../../../../src/features/crm/activities/rules.ts';

const now = new Date('2026-11-10T02:00:00Z');

describe('when an activity happened', () => {
  it.each([
    ['just now, when nothing is said', undefined, 'UTC', '2026-11-10T02:00:00.000Z'],
    ['just now, when today is said', { on: '2026-11-10' }, 'UTC', '2026-11-10T02:00:00.000Z'],
    ['at noon of an earlier day', { on: '2026-11-09' }, 'Asia/Shanghai', '2026-11-09T04:00:00.000Z'],
    ['at noon there', { on: '2026-11-08' }, 'America/New_York', '2026-11-08T17:00:00.000Z'],
    [
      'at the time that was said',
      { on: '2026-11-09', at: '2026-11-09T07:30:00Z' },
      'UTC',
      '2026-11-09T07:30:00.000Z',
    ],
    // 21:00 of the 9th in New York: the 10th is tomorrow there.
    ['never on a day that has not begun', { on: '2026-11-10' }, 'America/New_York', undefined],
    ['never later today', { on: '2026-11-10', at: '2026-11-10T09:00:00Z' }, 'UTC', undefined],
  ])('%s', (_what, said, zone, at) => {
    expect(momentOf(said, now, zone)?.toISOString()).toBe(at);
  });
});

describe('the month of a count', () => {
  it.each([
    ['2026-11-10T02:00:00Z', 'UTC', '2026-11-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z'],
    ['2026-10-31T20:00:00Z', 'Asia/Shanghai', '2026-10-31T16:00:00.000Z', '2026-11-30T16:00:00.000Z'],
    ['2026-12-31T23:30:00Z', 'America/New_York', '2026-12-01T05:00:00.000Z', '2027-01-01T05:00:00.000Z'],
  ])('around %s in %s', (at, zone, from, to) => {
    const month = monthAround(new Date(at), zone);
    expect([month.from.toISOString(), month.to.toISOString()]).toEqual([from, to]);
  });
});

describe('a decision maker is met', () => {
  it.each([
    ['visit', 'decides', true],
    ['meeting', 'decides', true],
    ['demo', 'decides', true],
    ['call', 'decides', false],
    ['wechat', 'decides', false],
    ['note', 'decides', false],
    ['visit', 'influences', false],
    ['visit', null, false],
    ['visit', undefined, false],
  ] as const)('%s with who %s: %s', (kind, role, met) => {
    expect(isDecisionMakerMet(kind, role)).toBe(met);
  });
});

describe('several people are told apart', () => {
  it.each([
    ['Jane', ['Jane']],
    ['Jane,Mark', ['Jane', 'Mark']],
    ['Jane Wu, Mark and Ann', ['Jane Wu', 'Mark', 'Ann']],
    ['王敏、李强', ['王敏', '李强']],
    ['王敏和李强', ['王敏', '李强']],
    ['王敏 与 李强', ['王敏', '李强']],
    ['和珅', ['和珅']],
    ['Alexander Sandmann', ['Alexander Sandmann']],
    ['Jane, Jane,', ['Jane']],
  ])('%s', (text, names) => expect(namesIn(text)).toEqual(names));
});
