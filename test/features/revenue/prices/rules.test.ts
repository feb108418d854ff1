import { describe, expect, it } from 'vitest';
import {
  type BookPrice,
  bestPrice,
  dearerBreaks,
  dearerThanAll,
  type ForClass,
  priceOf,
} from '../../../../src/features/revenue/prices/rules.ts';
import { marginBasisPoints } from '../../../../src/features/revenue/products/api.ts';
import fc from '../../../support/property.ts';

const row = (
  forClass: ForClass,
  fromQuantity: number,
  unit: number,
  more: Partial<BookPrice> = {},
): BookPrice => ({
  forClass,
  currency: 'EUR',
  fromQuantity,
  unitMinor: BigInt(unit),
  validFromOn: '2026-01-01',
  validUntilOn: null,
  ...more,
});

const book = [
  row('all', 10, 1990),
  row('all', 40, 1890),
  row('A', 1, 2000),
  row('A', 10, 1930),
  row('B', 20, 1900, { validFromOn: '2026-06-01', validUntilOn: '2026-06-30' }),
  row('all', 1, 16400, { currency: 'CNY' }),
];
const product = { listPriceMinor: 2100n, currency: 'EUR', costMinor: 1300n, costCurrency: 'EUR' };
const ask = (
  quantity: number,
  valueClass: 'A' | 'B' | 'C' | null = null,
  on = '2026-06-15',
  currency = 'EUR',
) => ({
  quantity,
  currency,
  valueClass,
  on,
});

describe('the price of a product', () => {
  it.each([
    ['below every break is the list price', ask(9), 2100n, 'product'],
    ['is the largest break that fits', ask(39), 1990n, 'book'],
    ['is the break on its very quantity', ask(40), 1890n, 'book'],
    ['of a class goes before everybody’s', ask(1, 'A'), 2000n, 'book'],
    ['of a class takes the breaks of the class', ask(12, 'A'), 1930n, 'book'],
    ['of a class is not undercut by breaks for everybody', ask(50, 'A'), 1930n, 'book'],
    ['of a class without prices is everybody’s', ask(12, 'C'), 1990n, 'book'],
    ['below the first break of a class is everybody’s', ask(12, 'B'), 1990n, 'book'],
    ['holds on its first day', ask(20, 'B', '2026-06-01'), 1900n, 'book'],
    ['holds on its last day', ask(20, 'B', '2026-06-30'), 1900n, 'book'],
    ['does not hold the day before', ask(20, 'B', '2026-05-31'), 1990n, 'book'],
    ['does not hold the day after', ask(20, 'B', '2026-07-01'), 1990n, 'book'],
    ['before all prices is the list price', ask(50, 'A', '2025-12-31'), 2100n, 'product'],
    ['in another currency is what the book says', ask(3, null, '2026-06-15', 'CNY'), 16400n, 'book'],
    ['of part of a unit is the list price', ask(0.5, 'A'), 2100n, 'product'],
  ] as const)('%s', (_, wanted, unitMinor, source) => {
    expect(priceOf(product, book, wanted)).toMatchObject({ unitMinor, source });
  });

  it('is not known in a currency nobody set one in', () => {
    expect(priceOf(product, book, ask(50, 'A', '2026-06-15', 'USD'))).toBeUndefined();
    expect(priceOf({ ...product, listPriceMinor: null }, [], ask(1))).toBeUndefined();
  });

  it('is measured against everybody’s price of one unit', () => {
    expect(priceOf(product, book, ask(50, 'A'))?.listUnitMinor).toBe(2100n);
    expect(priceOf(product, [...book, row('all', 1, 2050)], ask(50, 'A'))?.listUnitMinor).toBe(2050n);
    const onlyClass = priceOf({ ...product, currency: null, listPriceMinor: null }, book, ask(12, 'A'));
    expect(onlyClass?.listUnitMinor).toBe(1930n);
  });

  it('comes with a cost of the same currency only', () => {
    expect(priceOf(product, book, ask(1))?.costMinor).toBe(1300n);
    expect(priceOf(product, book, ask(1, null, '2026-06-15', 'CNY'))?.costMinor).toBeNull();
  });
});

describe('whatever stands in the book', () => {
  const days = fc.integer({ min: 1, max: 28 }).map((n) => `2026-02-${String(n).padStart(2, '0')}`);
  const prices = fc.array(
    fc.record({
      forClass: fc.constantFrom<ForClass>('all', 'A', 'B', 'C'),
      currency: fc.constantFrom('EUR', 'CNY'),
      fromQuantity: fc.integer({ min: 1, max: 20 }),
      unitMinor: fc.bigInt({ min: 0n, max: 1_000_000n }),
      validFromOn: days,
      validUntilOn: fc.option(days, { nil: null }),
    }),
    { maxLength: 30 },
  );
  const wanted = fc.record({
    quantity: fc.integer({ min: 1, max: 30 }),
    currency: fc.constantFrom('EUR', 'CNY', 'USD'),
    valueClass: fc.constantFrom('A' as const, 'B' as const, 'C' as const, null),
    on: days,
  });

  it('a price of one class never reaches another, nor another currency or day', () => {
    fc.assert(
      fc.property(prices, wanted, (all, one) => {
        const best = bestPrice(all, one);
        if (!best) return;
        expect(['all', one.valueClass]).toContain(best.forClass);
        expect(best.currency).toBe(one.currency);
        expect(best.validFromOn <= one.on && one.on <= (best.validUntilOn ?? '9')).toBe(true);
        expect(
          bestPrice(
            all.filter(({ forClass }) => ['all', one.valueClass].includes(forClass)),
            one,
          ),
        ).toBe(best);
      }),
    );
  });

  it('the largest break that fits wins within its class', () => {
    fc.assert(
      fc.property(prices, wanted, (all, one) => {
        const best = bestPrice(all, one);
        const fitting = all.filter(
          (price) =>
            price.forClass === (best?.forClass ?? 'all') &&
            price.currency === one.currency &&
            price.fromQuantity <= one.quantity &&
            price.validFromOn <= one.on &&
            one.on <= (price.validUntilOn ?? '9'),
        );
        expect(best?.fromQuantity).toBe(
          fitting.length === 0 ? undefined : Math.max(...fitting.map(({ fromQuantity }) => fromQuantity)),
        );
      }),
    );
  });

  it('is found whatever the order of the rows', () => {
    fc.assert(
      fc.property(prices, wanted, (all, one) => {
        const unique = [
          ...new Map(all.map((price) => [`${price.forClass} ${price.fromQuantity}`, price])).values(),
        ];
        expect(bestPrice([...unique].reverse(), one)).toBe(bestPrice(unique, one));
      }),
    );
  });
});

describe('a price is warned about', () => {
  it('when more units cost more each', () => {
    const [ten, forty] = [row('all', 10, 1990), row('all', 40, 2000)];
    expect(dearerBreaks(forty, [ten, forty])).toEqual([{ upper: forty, lower: ten }]);
    expect(dearerBreaks(ten, [ten, forty])).toEqual([{ upper: forty, lower: ten }]);
  });

  it('but not across classes, currencies or periods that never meet', () => {
    const forty = row('all', 40, 2000, { validFromOn: '2026-03-01' });
    const others = [
      row('A', 10, 1990),
      row('all', 10, 1990, { currency: 'CNY' }),
      row('all', 10, 1990, { validUntilOn: '2026-02-28' }),
    ];
    expect(dearerBreaks(forty, [forty, ...others])).toEqual([]);
  });

  it('when a class pays more than everybody else', () => {
    const own = row('A', 10, 1995);
    expect(dearerThanAll(own, [own, ...book])?.unitMinor).toBe(1990n);
    expect(dearerThanAll(row('A', 10, 1980), book)).toBeUndefined();
  });
});

describe('a margin', () => {
  it.each([
    [2100n, 1300n, 3809],
    [100n, 100n, 0],
    [100n, 0n, 10_000],
    [300n, 400n, -3334],
    [0n, 100n, null],
  ])('of %s over %s is %s basis points, rounded down', (price, cost, margin) => {
    expect(marginBasisPoints(price, cost)).toBe(margin);
  });
});
