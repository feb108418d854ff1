import { describe, expect, it } from 'vitest';
import {
  isRising,
  offMinor,
  percentBetween,
  resultMinor,
  zheOf,
} from '../../../../src/features/revenue/discounts/rules.ts';
import fc from '../../../support/property.ts';

const base = fc.bigInt({ min: 1n, max: 10n ** 17n });
const basisPoints = fc.integer({ min: 0, max: 10_000 });

describe('a discount', () => {
  it('rounds what it takes off half up to the minor unit', () => {
    expect(offMinor(9_500_000n, 1500)).toBe(1_425_000n);
    expect(offMinor(333n, 1500)).toBe(50n);
    expect(offMinor(330n, 1500)).toBe(50n);
    expect(offMinor(329n, 1500)).toBe(49n);
    expect(offMinor(1n, 4999)).toBe(0n);
  });

  it('leaves between nothing and all, and never more for a higher one', () => {
    fc.assert(
      fc.property(base, basisPoints, basisPoints, (price, one, other) => {
        const [low, high] = one < other ? [one, other] : [other, one];
        expect(resultMinor(price, high)).toBeGreaterThanOrEqual(0n);
        expect(resultMinor(price, low)).toBeLessThanOrEqual(price);
        expect(resultMinor(price, high)).toBeLessThanOrEqual(resultMinor(price, low));
      }),
    );
  });

  it('is the least that brings a price down so far: 5 % stays 5 % whatever was rounded', () => {
    fc.assert(
      fc.property(base, basisPoints, (price, wanted) => {
        const found = percentBetween(price, resultMinor(price, wanted));
        expect(found).toBeLessThanOrEqual(wanted);
        expect(resultMinor(price, found)).toBe(resultMinor(price, wanted));
      }),
    );
    fc.assert(
      fc.property(base, base, (one, other) => {
        const [to, price] = one < other ? [one, other] : [other, one];
        const found = percentBetween(price, to);
        expect(resultMinor(price, found)).toBeLessThanOrEqual(to);
        if (found > 0) expect(resultMinor(price, found - 1)).toBeGreaterThan(to);
      }),
    );
  });

  it.each([
    [1500, '85折'],
    [1000, '9折'],
    [1250, '8.75折'],
    [5000, '5折'],
    [400, '96折'],
    [9500, '0.5折'],
    [8500, '15折'],
  ])('of %i basis points is called %s', (off, expected) => {
    expect(zheOf(off)).toBe(expected);
  });
});

it('discounts rise when each is higher than the one before', () => {
  expect(isRising([800, 1000, 1200])).toBe(true);
  expect(isRising([800, 800, 1200])).toBe(false);
  expect(isRising([1200])).toBe(false);
});
