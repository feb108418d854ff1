import { describe, expect, it } from 'vitest';
import { linesOf, monthFrom, monthOf } from '../../../../src/features/sales/targets/rules.ts';
import fc from '../../../support/property.ts';

describe('a month', () => {
  it.each([
    ['2026-11-01', '2026-11-30', '2026-11-01'],
    ['2028-02-01', '2028-02-29', '2028-02-01'],
    ['2026-02-01', '2026-02-27', undefined],
    ['2026-10-01', '2026-12-31', undefined],
    ['2026-11-02', '2026-11-30', undefined],
  ])('%s to %s is %s', (from, to, month) => {
    expect(monthOf({ from, to })).toBe(month);
  });

  it('is found from each of its days', () => {
    expect(monthFrom('2026-02-14')).toEqual({ from: '2026-02-01', to: '2026-02-28' });
  });
});

describe('target beside won', () => {
  const cny = (amountMinor: bigint) => ({ amountMinor, currency: 'CNY' });
  const eur = (amountMinor: bigint) => ({ amountMinor, currency: 'EUR' });

  it('leaves a gap, reaches the target or goes beyond it', () => {
    expect(linesOf([cny(400n)], [cny(100n), cny(160n)])).toEqual([
      { currency: 'CNY', targetMinor: '400', wonMinor: '260', gapMinor: '140', reachedBasisPoints: 6500 },
    ]);
    expect(linesOf([cny(100n)], [cny(130n)])).toEqual([
      { currency: 'CNY', targetMinor: '100', wonMinor: '130', gapMinor: '-30', reachedBasisPoints: 13_000 },
    ]);
  });

  it('closes no gap with another currency', () => {
    expect(linesOf([cny(400n)], [eur(900n)])).toEqual([
      { currency: 'CNY', targetMinor: '400', wonMinor: '0', gapMinor: '400', reachedBasisPoints: 0 },
      { currency: 'EUR', targetMinor: null, wonMinor: '900', gapMinor: null, reachedBasisPoints: null },
    ]);
  });

  it('adds up per currency, whatever there is', () => {
    const money = fc.array(
      fc.record({
        amountMinor: fc.bigInt({ min: 0n, max: 10n ** 15n }),
        currency: fc.constantFrom('CNY', 'EUR', 'JPY'),
      }),
      { maxLength: 20 },
    );
    const sum = (of: { amountMinor: bigint; currency: string }[], currency: string) =>
      of.filter((one) => one.currency === currency).reduce((total, one) => total + one.amountMinor, 0n);
    fc.assert(
      fc.property(money, money, (targets, won) => {
        const lines = linesOf(targets, won);
        expect(new Set(lines.map(({ currency }) => currency)).size).toBe(lines.length);
        for (const { currency, targetMinor, wonMinor, gapMinor } of lines) {
          expect(BigInt(wonMinor)).toBe(sum(won, currency));
          if (targetMinor === null) continue;
          expect(BigInt(targetMinor)).toBe(sum(targets, currency));
          expect(BigInt(gapMinor ?? 0)).toBe(BigInt(targetMinor) - BigInt(wonMinor));
        }
      }),
    );
  });
});
