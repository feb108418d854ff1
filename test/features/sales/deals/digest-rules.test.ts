import { describe, expect, it } from 'vitest';
import type { DealChange, TouchedDeal } from '../../../../src/features/sales/deals/digest-queries.ts';
import { largestFirst, movementsOf } from '../../../../src/features/sales/deals/digest-rules.ts';
import {
  furthestBelow,
  measuredIn,
  reachedOf,
} from '../../../../src/features/sales/forecasts/digest-rules.ts';
import fc from '../../../support/property.ts';

const stage = (id: string, position: number) => ({
  id,
  key: id,
  name: id,
  nameZh: id,
  position,
  probabilityBasisPoints: 1000,
  normalDays: 10,
});
const stages = [stage('qualify', 0), stage('quote', 1), stage('contract', 2)];

const touched = (deal: Partial<TouchedDeal>, ...changes: DealChange['was'][]): TouchedDeal => ({
  id: 'd',
  number: 1,
  name: 'Nova',
  ownerId: 'o',
  amountMinor: 100n,
  currency: 'CNY',
  status: 'open',
  stageId: 'quote',
  isFreshInStage: true,
  closeOn: '2026-12-01',
  reason: null,
  rival: null,
  ...deal,
  changes: changes.map((was) => ({ isNew: false, was })),
});

const kindsOf = (deal: TouchedDeal) =>
  Object.entries(movementsOf([deal], stages))
    .filter(([, found]) => found.length > 0)
    .map(([kind]) => kind);

describe('what became of a deal', () => {
  it.each([
    ['pushed', touched({}, { closeOn: '2026-11-20' }), ['slipped']],
    ['pushed and pulled back', touched({}, { closeOn: '2026-12-01' }, { closeOn: '2027-01-31' }), []],
    ['pulled nearer', touched({}, { closeOn: '2026-12-24' }), []],
    ['given its first date', touched({}, { closeOn: null }), []],
    ['left without a date', touched({ closeOn: null }, { closeOn: '2026-11-20' }), []],
    ['won', touched({ status: 'won' }, { status: 'open' }), ['won']],
    ['pushed, then won', touched({ status: 'won' }, { closeOn: '2026-11-20' }, { status: 'open' }), ['won']],
    ['lost', touched({ status: 'lost' }, { status: 'open' }), ['lost']],
    ['won and reopened', touched({}, { status: 'open' }, { status: 'won' }), []],
    ['reopened and won again', touched({ status: 'won' }, { status: 'won' }, { status: 'open' }), []],
    ['moved back', touched({}, { stageId: 'contract' }), ['movedBack']],
    ['moved on', touched({}, { stageId: 'qualify' }), []],
    ['moved on and back to where it was', touched({}, { stageId: 'quote' }, { stageId: 'contract' }), []],
    [
      'standing in a stage that took the place of a removed one',
      touched({ isFreshInStage: false }, { stageId: 'contract' }),
      [],
    ],
  ])('%s', (_what, deal, kinds) => {
    expect(kindsOf(deal)).toEqual(kinds);
  });

  it('opened since is new, whatever else was done to it', () => {
    const deal = touched(
      { status: 'won' },
      { status: null, stageId: null, closeOn: null },
      { status: 'open' },
    );
    deal.changes[0] = { isNew: true, was: deal.changes[0]?.was ?? {} };
    expect(kindsOf(deal)).toEqual(['created', 'won']);
  });
});

describe('the largest first', () => {
  const deal = (number: number, amountMinor: bigint | null, currency: string | null) => ({
    number,
    amountMinor,
    currency,
  });

  it('names the largest of every currency before the second of any; those without an amount last', () => {
    const deals = [
      deal(1, 100n, 'CNY'),
      deal(2, null, null),
      deal(3, 5_000_000n, 'JPY'),
      deal(4, 300n, 'CNY'),
      deal(5, 4_000_000n, 'JPY'),
      deal(6, 1n, 'USD'),
    ];
    expect(largestFirst(deals, 'CNY').map(({ number }) => number)).toEqual([4, 3, 6, 1, 5, 2]);
  });

  it('loses and doubles none', () => {
    const one = fc.record({
      number: fc.integer(),
      amountMinor: fc.option(fc.bigInt({ min: 0n, max: 1_000n })),
      currency: fc.option(fc.constantFrom('CNY', 'USD', 'EUR')),
    });
    fc.assert(
      fc.property(fc.array(one), (deals) => {
        const sorted = largestFirst(deals, 'CNY');
        expect(sorted).toHaveLength(deals.length);
        expect(new Set(sorted)).toEqual(new Set(deals));
      }),
    );
  });
});

describe('the branch furthest behind', () => {
  const of = (...shares: number[]) => shares.map((basisPoints, key) => ({ key, basisPoints }));
  it.each([
    ['two are too few to tell', of(1000, 9000), undefined],
    ['all alike: nobody is behind', of(5000, 5000, 5000), undefined],
    ['of three', of(6000, 2000, 7000), { key: 1, medianBasisPoints: 6000 }],
    [
      'of four, beside the middle of the two middle ones',
      of(6000, 2000, 7000, 5000),
      { key: 1, medianBasisPoints: 5500 },
    ],
  ])('%s', (_what, all, found) => {
    expect(furthestBelow(all)).toEqual(found);
  });

  it('is measured in its own currency, the organization’s if it has a target in it', () => {
    const money = (amountMinor: bigint, currency: string) => ({ amountMinor, currency });
    expect(measuredIn([money(1n, 'EUR'), money(1n, 'EUR'), money(1n, 'CNY')], 'CNY')).toBe('CNY');
    expect(measuredIn([money(1n, 'EUR'), money(1n, 'USD'), money(1n, 'EUR')], 'CNY')).toBe('EUR');
    const won = [
      { ownerId: 'o', currency: 'EUR', count: 1, sumMinor: 250n, withoutAmount: 0 },
      { ownerId: 'o', currency: 'USD', count: 1, sumMinor: 9_999n, withoutAmount: 0 },
    ];
    expect(reachedOf([money(1000n, 'EUR')], won, 'EUR')).toBe(2500);
    expect(reachedOf([], won, 'EUR')).toBeUndefined();
  });
});
