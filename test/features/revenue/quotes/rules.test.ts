import { describe, expect, it } from 'vitest';
import {
  belowList,
  divideHalfUp,
  marginOf,
  type PricedLine,
  shareBasisPoints,
  statusOn,
  totalsOf,
} from '../../../../src/features/revenue/quotes/rules.ts';
import { exponentOf, moneyFromDecimal, moneyToDecimal } from '../../../../src/kernel/money.ts';
import fc from '../../../support/property.ts';

function line(quantity: number, unitMinor: bigint, more: Partial<PricedLine> = {}): PricedLine {
  return {
    productId: null,
    name: 'Pump',
    quantity,
    unitMinor,
    listUnitMinor: unitMinor,
    costUnitMinor: null,
    amountMinor: unitMinor * BigInt(quantity),
    ...more,
  };
}

const anyLine = fc
  .tuple(fc.integer({ min: 1, max: 1_000_000 }), fc.bigInt({ min: 0n, max: 10n ** 10n }))
  .map(([quantity, unitMinor]) => line(quantity, unitMinor));
const anyLines = fc.array(anyLine, { minLength: 1, maxLength: 40 });

describe('what a quote comes to', () => {
  it('is the lines as priced less the discount, exactly, whatever the discount', () => {
    fc.assert(
      fc.property(anyLines, fc.integer({ min: 0, max: 10_000 }), (lines, discountBasisPoints) => {
        const { netMinor, totalMinor } = totalsOf(lines, { discountBasisPoints });
        expect(netMinor).toBe(lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n));
        expect(totalMinor >= 0n && totalMinor <= netMinor).toBe(true);
        // Half a minor unit off the exact amount at most, and a half goes to the discount.
        const error = 2n * ((netMinor - totalMinor) * 10_000n - netMinor * BigInt(discountBasisPoints));
        expect(error > -10_000n && error <= 10_000n).toBe(true);
      }),
    );
  });

  it('is the total that was said, to the minor unit, in currencies of none, two and three decimals', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('JPY', 'CNY', 'KWD'),
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 0, max: 99_999_999 }),
        (currency, quantity, milli) => {
          const exponent = exponentOf(currency);
          const text = (milli / 1000).toFixed(exponent);
          const { amountMinor } = moneyFromDecimal(text, currency);
          const totals = totalsOf([line(quantity, amountMinor + 7n)], { totalMinor: amountMinor });
          expect(totals.totalMinor).toBe(amountMinor);
          expect(Number(moneyToDecimal({ amountMinor: totals.totalMinor, currency }))).toBe(Number(text));
        },
      ),
    );
  });

  it('is the same whether the discount or the total was said', () => {
    fc.assert(
      fc.property(anyLines, fc.integer({ min: 0, max: 10_000 }), (lines, discountBasisPoints) => {
        const first = totalsOf(lines, { discountBasisPoints });
        const { totalMinor, netMinor } = totalsOf(lines, { totalMinor: first.totalMinor });
        expect({ totalMinor, netMinor }).toEqual({ totalMinor: first.totalMinor, netMinor: first.netMinor });
      }),
    );
  });

  it.each([
    [19_284_000n, 9_500_000n, 5074],
    [100n, 95n, 500],
    [3n, 2n, 3333],
    [10_000n, 9_999n, 1],
    [20_000n, 19_999n, 1],
    [30_000n, 29_999n, 0],
    [100n, 110n, -1000],
    [0n, 0n, 0],
  ])('of %s for %s the discount is %s basis points', (netMinor, totalMinor, expected) => {
    expect(totalsOf([line(1, netMinor)], { totalMinor }).discountBasisPoints).toBe(expected);
  });

  it('rounds half up', () => {
    expect([5n, 4n, 15n, -5n, -4n, -6n, 0n].map((one) => divideHalfUp(one, 10n))).toEqual([
      1n,
      0n,
      2n,
      0n,
      0n,
      -1n,
      0n,
    ]);
  });

  it('has no list price, cost or margin as soon as one line has none', () => {
    const known = line(2, 100n, { costUnitMinor: 60n });
    expect(totalsOf([known, known], { totalMinor: 300n })).toMatchObject({
      listMinor: 400n,
      costMinor: 240n,
    });
    const unknown = line(1, 100n, { listUnitMinor: null });
    expect(totalsOf([known, unknown], { totalMinor: 300n })).toMatchObject({
      listMinor: null,
      costMinor: null,
    });
    expect(marginOf({ costMinor: null, totalMinor: 300n })).toBeUndefined();
  });

  it('says the margin of the total and how far it is below list', () => {
    expect(marginOf({ costMinor: 240n, totalMinor: 300n })).toEqual({
      costMinor: 240n,
      marginMinor: 60n,
      basisPoints: 2000,
    });
    expect(marginOf({ costMinor: 240n, totalMinor: 200n })?.basisPoints).toBe(-2000);
    expect(belowList({ listMinor: 19_284_000n, totalMinor: 9_500_000n })).toBe(5074);
    expect(belowList({ listMinor: 100n, totalMinor: 100n })).toBeUndefined();
    expect(belowList({ listMinor: null, totalMinor: 100n })).toBeUndefined();
    expect(shareBasisPoints(1n, 0n)).toBe(0);
  });
});

describe('a quote', () => {
  it.each([
    ['draft', '2026-11-10', 'draft'],
    ['sent', '2026-11-10', 'sent'],
    ['sent', '2026-11-09', 'expired'],
    ['draft', '2026-11-09', 'expired'],
    ['accepted', '2026-11-09', 'accepted'],
    ['declined', '2026-11-09', 'declined'],
    ['withdrawn', '2026-11-09', 'withdrawn'],
  ] as const)('%s and valid until %s is %s on 10 November', (status, validUntil, expected) => {
    expect(statusOn(status, validUntil, '2026-11-10')).toBe(expected);
  });
});
