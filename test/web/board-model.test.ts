import { describe, expect, test } from 'vitest';
import {
  type Board,
  type BoardDeal,
  type BoardStage,
  withMoves,
  withPages,
} from '../../src/web/board/board-model.ts';

const stageOf = (key: string, probabilityBasisPoints: number) => ({
  key,
  name: key,
  nameZh: key,
  probabilityBasisPoints,
  normalDays: 14,
});
const quote = stageOf('quote', 5000);
const contract = stageOf('contract', 9000);

function deal(number: string, values: Partial<BoardDeal> = {}): BoardDeal {
  return {
    number,
    name: number,
    restricted: false,
    account: null,
    product: null,
    owner: null,
    stage: quote,
    stageEnteredAt: '2026-11-01T00:00:00Z',
    daysInStage: 40,
    status: 'open',
    amount: { amountMinor: '10001', currency: 'EUR' },
    weighted: null,
    engageOn: null,
    closeOn: '2026-12-01',
    pushCount: 0,
    closedOn: null,
    reason: null,
    rival: null,
    note: null,
    archivedAt: null,
    createdAt: '2026-11-01T00:00:00Z',
    isStuck: true,
    isLate: false,
    ...values,
  };
}

const before: BoardStage[] = [
  {
    stage: quote,
    count: 2,
    total: 2,
    restricted: 0,
    amounts: [
      { amountMinor: '500', currency: 'CNY' },
      { amountMinor: '10001', currency: 'EUR' },
    ],
    weighted: [
      { amountMinor: '250', currency: 'CNY' },
      { amountMinor: '5001', currency: 'EUR' },
    ],
    withoutAmount: 0,
    movedIn: 0,
    deals: [deal('D-1'), deal('D-2', { amount: { amountMinor: '500', currency: 'CNY' } })],
  },
  {
    stage: contract,
    count: 1,
    total: 1,
    restricted: 0,
    amounts: [{ amountMinor: '100', currency: 'CNY' }],
    weighted: [{ amountMinor: '90', currency: 'CNY' }],
    withoutAmount: 0,
    movedIn: 0,
    deals: [
      deal('D-3', {
        stage: contract,
        closeOn: '2026-12-24',
        amount: { amountMinor: '100', currency: 'CNY' },
      }),
    ],
  },
];

describe('a move shown before it is done', () => {
  test('takes card, count and sums along, currencies apart, in the order of close dates', () => {
    const [from, to] = withMoves(before, new Map([['D-1', 'contract']]));
    expect(from).toMatchObject({
      count: 1,
      total: 1,
      amounts: [{ amountMinor: '500', currency: 'CNY' }],
      weighted: [{ amountMinor: '250', currency: 'CNY' }],
    });
    expect(to?.deals.map(({ number }) => number)).toEqual(['D-1', 'D-3']);
    expect(to?.deals[0]).toMatchObject({ stage: contract, daysInStage: 0, isStuck: false });
    expect(to?.amounts).toEqual([
      { amountMinor: '10001', currency: 'EUR' },
      { amountMinor: '100', currency: 'CNY' },
    ]);
    expect(to?.weighted).toEqual([
      { amountMinor: '9001', currency: 'EUR' },
      { amountMinor: '90', currency: 'CNY' },
    ]);
  });

  test('there and back leaves the figures as they were', () => {
    const there = withMoves(before, new Map([['D-1', 'contract']]));
    const back = withMoves(there, new Map([['D-1', 'quote']]));
    expect(back.map(({ deals: _, amounts, ...rest }) => ({ ...rest, amounts: new Set(amounts) }))).toEqual(
      withMoves(before, new Map()).map(({ deals: _, amounts, weighted, ...rest }) => ({
        ...rest,
        weighted: [...weighted].sort((a, b) => Number(b.amountMinor) - Number(a.amountMinor)),
        amounts: new Set(amounts),
      })),
    );
  });

  test('of an unknown deal or stage, or to where it is, changes nothing', () => {
    for (const move of [
      ['D-9', 'contract'],
      ['D-1', 'gone'],
      ['D-1', 'quote'],
    ] as const) {
      expect(withMoves(before, new Map([move]))).toEqual(before);
    }
  });
});

test('a deal that moved between two pages is shown once', () => {
  const page = { stages: [{ ...before[0], deals: [deal('D-2'), deal('D-7')] }] } as unknown as Board;
  const [first, second] = withPages(before, [page]);
  expect(first?.deals.map(({ number }) => number)).toEqual(['D-1', 'D-2', 'D-7']);
  expect(second).toEqual(before[1]);
});
