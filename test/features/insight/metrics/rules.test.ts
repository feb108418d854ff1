import { describe, expect, it } from 'vitest';
import {
  added,
  noCounts,
  processOf,
  rateOf,
  seldomMeetsDeciders,
  weeksBefore,
} from '../../../../src/features/insight/metrics/rules.ts';

const none = { part: 0, whole: 0 };

describe('a rate', () => {
  it.each([
    [2, 4, null],
    [2, 5, 4000],
    [0, 5, 0],
    [5, 5, 10_000],
    [1, 200, 100],
    [1, 201, 0],
    [12, 41, 2900],
    [0, 0, null],
  ])('of %i in %i is %s', (part, whole, basisPoints) => {
    expect(rateOf(part, whole, none).basisPoints).toBe(basisPoints);
  });

  it.each([
    ['falls', 12, 41, { part: 38, whole: 100 }, 'down'],
    ['rises', 3, 5, { part: 2, whole: 5 }, 'up'],
    ['by less than a whole percent is the same', 100, 201, { part: 1000, whole: 2001 }, null],
    ['on four cases now is not compared', 4, 4, { part: 0, whole: 50 }, null],
    ['against four cases before is not compared', 5, 5, { part: 0, whole: 4 }, null],
    ['against five before is', 5, 5, { part: 0, whole: 5 }, 'up'],
  ])('%s', (_, part, whole, before, trend) => {
    expect(rateOf(part, whole, before).trend).toBe(trend);
  });
});

it('the four weeks before a week begin on the same weekday', () => {
  expect(weeksBefore({ from: '2026-11-09', to: '2026-11-15' })).toEqual({
    from: '2026-10-12',
    to: '2026-11-08',
  });
});

describe('figures', () => {
  const both = {
    current: added(noCounts, { visits: 41, talks: 42, deciders: 12 }),
    before: added(noCounts, { visits: 144 }),
  };

  it('have the visits of an average week beside those of a week only', () => {
    expect(processOf(both, { from: '2026-11-09', to: '2026-11-15' }).visitsAverage).toBe(36);
    expect(processOf(both, { from: '2026-11-01', to: '2026-11-30' }).visitsAverage).toBeNull();
  });

  it.each([
    [11, 1, true],
    [5, 1, true],
    [4, 0, false],
    [8, 2, false],
  ])('with %i talks and %i decision makers call for a word: %s', (talks, deciders, isSeldom) => {
    const current = added(noCounts, { talks, deciders });
    const figures = processOf({ current, before: noCounts }, { from: '2026-11-09', to: '2026-11-15' });
    expect(seldomMeetsDeciders(figures)).toBe(isSeldom);
  });
});
