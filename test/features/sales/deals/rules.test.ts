import { describe, expect, it } from 'vitest';
import {
  amountsOf,
  barLengths,
  type ChartUnit,
  chainOf,
  mainCurrency,
  membersOfUnit,
  outcomeOf,
  stageFiguresOf,
  unitOfMember,
} from '../../../../src/features/sales/deals/funnel-rules.ts';
import {
  isPush,
  isStuck,
  nextStage,
  reasonCodes,
  reasonOf,
  revisitOn,
  weightedMinor,
} from '../../../../src/features/sales/deals/rules.ts';
import fc from '../../../support/property.ts';

describe('a reason', () => {
  it.each([
    ['price', 'price'],
    ['Price ', 'price'],
    ['价格', 'price'],
    ['太贵', 'price'],
    ['no budget', 'no-budget'],
    ['没有预算', 'no-budget'],
    ['服务', 'service'],
    ['their cousin works there', 'their cousin works there'],
  ])('%s is kept as %s', (said, kept) => {
    expect(reasonOf(said)).toBe(kept);
  });

  it('that is coded stays what it is', () => {
    for (const code of reasonCodes) expect(reasonOf(reasonOf(code))).toBe(code);
  });
});

describe('a close date', () => {
  it.each([
    ['2026-10-31', '2026-11-15', true],
    ['2026-11-15', '2026-10-31', false],
    ['2026-11-15', '2026-11-15', false],
    [null, '2026-11-15', false],
    ['2026-11-15', null, false],
  ])('from %s to %s is a push: %s', (before, after, pushed) => {
    expect(isPush(before, after)).toBe(pushed);
  });

  it('of a second try is ninety days away', () => {
    expect(revisitOn('2026-11-10')).toBe('2027-02-08');
  });
});

describe('a stage', () => {
  const stages = [
    { id: 'a', position: 0 },
    { id: 'b', position: 1 },
    { id: 'c', position: 5 },
  ];
  it.each([
    [0, 'b'],
    [1, 'c'],
    [5, undefined],
    // The stage it was in has been removed.
    [3, 'c'],
  ])('after position %s is %s', (position, next) => {
    expect(nextStage(stages, { position })?.id).toBe(next);
  });

  it('holds a deal as stuck beyond twice its normal time, not at it', () => {
    expect(isStuck(18, 9)).toBe(false);
    expect(isStuck(19, 9)).toBe(true);
  });
});

describe('weighting', () => {
  it.each([
    [8_000_000n, 2500, 2_000_000n],
    [1n, 5000, 1n],
    [1n, 4999, 0n],
    [0n, 9000, 0n],
    [999_999_999_999_999_999n, 10_000, 999_999_999_999_999_999n],
  ])('%s at %s basis points is %s', (amount, points, weighted) => {
    expect(weightedMinor(amount, points)).toBe(weighted);
  });

  it('never exceeds the amount nor falls below nothing', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 18n }),
        fc.integer({ min: 0, max: 10_000 }),
        (amount, points) => {
          const weighted = weightedMinor(amount, points);
          expect(weighted >= 0n && weighted <= amount).toBe(true);
        },
      ),
    );
  });
});

describe('figures', () => {
  const stage = (id: string, position: number) => ({
    id,
    position,
    key: id,
    name: id,
    nameZh: id,
    probabilityBasisPoints: 5000,
    normalDays: 10,
  });
  const rows = fc.array(
    fc.record({
      status: fc.constantFrom('open' as const, 'won' as const, 'lost' as const),
      stageId: fc.constantFrom('a', 'b', 'gone'),
      currency: fc.constantFrom('CNY', 'EUR', 'JPY'),
      count: fc.integer({ min: 1, max: 50 }),
      sumMinor: fc.bigInt({ min: 0n, max: 10n ** 12n }),
      withoutAmount: fc.integer({ min: 0, max: 5 }),
      movedIn: fc.integer({ min: 0, max: 5 }),
    }),
    { maxLength: 40 },
  );

  it('count every deal once and never add unlike currencies', () => {
    fc.assert(
      fc.property(rows, (found) => {
        const outcome = outcomeOf(found);
        const all = found.reduce((sum, { count }) => sum + count, 0);
        expect(outcome.openCount + outcome.wonCount + outcome.lostCount).toBe(all);
        for (const [status, amounts] of [
          ['open', outcome.open],
          ['won', outcome.won],
          ['lost', outcome.lost],
        ] as const) {
          expect(new Set(amounts.map(({ currency }) => currency)).size).toBe(amounts.length);
          for (const { amountMinor, currency } of amounts) {
            const own = found.filter((row) => row.status === status && row.currency === currency);
            expect(BigInt(amountMinor)).toBe(own.reduce((sum, row) => sum + row.sumMinor, 0n));
          }
        }
      }),
    );
  });

  it('of the stages sum to those of all open deals in them', () => {
    fc.assert(
      fc.property(rows, (found) => {
        const { openByStage } = stageFiguresOf([stage('a', 0), stage('b', 1)], found);
        const inStages = found.filter((row) => row.stageId !== 'gone');
        const total = outcomeOf(inStages);
        expect(openByStage.reduce((sum, { count }) => sum + count, 0)).toBe(total.openCount);
        const amounts = openByStage.flatMap((one) =>
          one.amounts.map(({ amountMinor, currency }) => ({ amountMinor: BigInt(amountMinor), currency })),
        );
        expect(amountsOf(amounts)).toEqual(total.open);
      }),
    );
  });

  it('are ordered by the organization’s currency, or the commonest where nothing is in it', () => {
    const of = (currency: string | null, count: number) => ({
      status: 'open' as const,
      currency,
      count,
      sumMinor: 1n,
      withoutAmount: 0,
    });
    expect(mainCurrency([of('EUR', 5), of('CNY', 1)], 'CNY')).toBe('CNY');
    expect(mainCurrency([of('EUR', 5), of('USD', 9), of(null, 20)], 'CNY')).toBe('USD');
    expect(mainCurrency([], 'CNY')).toBe('CNY');
  });

  it('have bars by money only where there is one currency', () => {
    const cny = { amountMinor: '500', currency: 'CNY' };
    const eur = { amountMinor: '900', currency: 'EUR' };
    expect(
      barLengths([
        { count: 2, amounts: [cny] },
        { count: 7, amounts: [] },
      ]),
    ).toEqual([500, 0]);
    expect(
      barLengths([
        { count: 2, amounts: [cny] },
        { count: 7, amounts: [eur] },
      ]),
    ).toEqual([2, 7]);
    expect(barLengths([{ count: 2, amounts: [] }])).toEqual([2]);
  });
});

describe('the team a deal counts for', () => {
  const unit = (id: string, kind: ChartUnit['kind'], parentId: string | null, managerId: string | null) => ({
    id,
    kind,
    name: id,
    parentId,
    managerId,
  });
  const units = [
    unit('east', 'region', null, 'lina'),
    unit('team-lina', 'team', 'east', 'lina'),
    unit('team-west', 'team', null, 'tom'),
  ];
  it.each([
    ['a rep’s own team', { id: 'wei', unitId: 'team-lina' }, ['team-lina', 'east']],
    ['the team a manager leads', { id: 'lina', unitId: 'east' }, ['team-lina', 'east']],
    ['the team of a manager who is in none', { id: 'tom', unitId: null }, ['team-west']],
    ['the branch of who is in no team', { id: 'ann', unitId: 'east' }, ['east']],
    ['none for who is nowhere', { id: 'bob', unitId: null }, []],
  ])('is %s', (_name, member, chain) => {
    expect(chainOf(unitOfMember(member, units), units).map(({ id }) => id)).toEqual(chain);
  });

  it('of a branch is that of all its teams, or on request of none of them', () => {
    const members = [
      { id: 'wei', unitId: 'team-lina' },
      { id: 'ann', unitId: 'east' },
      { id: 'tom', unitId: null },
    ];
    expect(membersOfUnit(members, units, 'east', false)).toEqual(['wei', 'ann']);
    expect(membersOfUnit(members, units, 'east', true)).toEqual(['ann']);
  });

  it('is found in a chart that runs in circles', () => {
    const circle = [unit('a', 'region', 'b', null), unit('b', 'region', 'a', null)];
    expect(chainOf(circle[0], circle).map(({ id }) => id)).toEqual(['a', 'b']);
  });
});
