import { describe, expect, it } from 'vitest';
import { planOff, planSet } from '../../../../src/features/revenue/prices/plan.ts';
import { type BookPrice, isValidOn } from '../../../../src/features/revenue/prices/rules.ts';
import { addDays } from '../../../../src/kernel/dates.ts';
import fc from '../../../support/property.ts';

type Period = [unit: number, from: string, until?: string | undefined];
const price = ([unit, from, until]: Period): BookPrice => ({
  forClass: 'all',
  currency: 'EUR',
  fromQuantity: 1,
  unitMinor: BigInt(unit),
  validFromOn: from,
  validUntilOn: until ?? null,
});
const set = (prices: readonly BookPrice[], wish: Period) => planSet(prices, price(wish));

describe('a new price', () => {
  const open = price([100, '2026-01-01']);
  const later = price([300, '2026-12-01']);

  it('ends the older one the day before', () => {
    expect(set([open], [90, '2026-06-01'])).toEqual({ ended: open, validUntilOn: null });
  });

  it('that ends lets the older one go on behind it', () => {
    expect(set([open], [90, '2026-06-01', '2026-06-30'])).toEqual({
      ended: open,
      resumed: { of: open, validFromOn: '2026-07-01', validUntilOn: null },
      validUntilOn: '2026-06-30',
    });
  });

  it('from the same day changes it in place', () => {
    expect(set([open], [90, '2026-01-01'])).toEqual({ replaced: open, validUntilOn: null });
  });

  it('without an end is ended by one already set for later', () => {
    expect(set([later], [90, '2026-06-01'])).toEqual({ next: later, validUntilOn: '2026-11-30' });
  });

  it('with an end is refused where one set for later begins within it', () => {
    expect(set([later], [90, '2026-06-01', '2026-12-31']).conflict).toBe(later);
    expect(set([later], [90, '2026-06-01', '2026-11-30']).conflict).toBeUndefined();
  });

  it('that holds already changes nothing', () => {
    expect(set([open], [100, '2026-06-01']).same).toBe(open);
    expect(set([open], [100, '2026-06-01', '2026-06-30']).same).toBe(open);
    expect(set([price([100, '2026-01-01', '2026-06-30'])], [100, '2026-06-01']).same).toBeUndefined();
  });
});

/** The book after a plan, the way the feature writes it. */
function after(prices: readonly BookPrice[], wish: BookPrice): BookPrice[] {
  const plan = planSet(prices, wish);
  if (plan.same || plan.conflict) return [...prices];
  const kept = prices.flatMap((one) => {
    if (one === plan.replaced) return [];
    return one === plan.ended ? [{ ...one, validUntilOn: addDays(wish.validFromOn, -1) }] : [one];
  });
  const { resumed } = plan;
  return [
    ...kept,
    { ...wish, validUntilOn: plan.validUntilOn },
    ...(resumed
      ? [{ ...resumed.of, validFromOn: resumed.validFromOn, validUntilOn: resumed.validUntilOn }]
      : []),
  ];
}

describe('whatever prices are set, one after the other', () => {
  const start = '2026-01-01';
  const wishes = fc.array(
    fc.record({
      unit: fc.integer({ min: 1, max: 4 }),
      from: fc.integer({ min: 0, max: 30 }),
      length: fc.option(fc.integer({ min: 0, max: 20 }), { nil: null }),
    }),
    { maxLength: 12 },
  );
  const days = Array.from({ length: 60 }, (_, day) => addDays(start, day));
  const on = (book: readonly BookPrice[], day: string) =>
    book.filter((one) => isValidOn(one, day)).map(({ unitMinor }) => unitMinor);

  it('there is one price a day at most, and only days of the new price change', () => {
    fc.assert(
      fc.property(wishes, (all) => {
        let book: BookPrice[] = [];
        for (const { unit, from, length } of all) {
          const first = addDays(start, from);
          const wish = price([unit, first, length === null ? undefined : addDays(first, length)]);
          const plan = planSet(book, wish);
          const next = after(book, wish);
          const until = plan.conflict ? undefined : (plan.validUntilOn ?? '9');
          const expected = days.map((day) => {
            const isNew = until !== undefined && first <= day && day <= until;
            return isNew ? [wish.unitMinor] : on(book, day);
          });
          expect(days.map((day) => on(next, day))).toEqual(expected);
          expect(expected.every((prices) => prices.length <= 1)).toBe(true);
          for (const one of next) expect(one.validFromOn <= (one.validUntilOn ?? '9')).toBe(true);
          book = next;
        }
      }),
    );
  });

  it('taken away from a day on, none is left from that day, and all before is as it was', () => {
    const [past, now, later] = [
      price([1, '2026-01-01', '2026-01-31']),
      price([2, '2026-02-01', '2026-02-28']),
      price([3, '2026-03-01']),
    ];
    expect(planOff([past, now, later], '2026-02-10')).toEqual({ ended: [now], archived: [later] });
    expect(planOff([past, now, later], '2026-02-01')).toEqual({ ended: [], archived: [now, later] });
  });
});
