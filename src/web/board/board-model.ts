import type { Actions } from '../client/actions.ts';
import type { Amount } from '../words/reader.tsx';

export type Board = Actions['deals.board']['output'];
export type BoardInput = Actions['deals.board']['input'];
export type BoardStage = Board['stages'][number];
export type BoardDeal = BoardStage['deals'][number];

/** Where a deal shall stand before the service has said so. */
export type Moves = ReadonlyMap<string, string>;

/** The board as it will be once the moves are done: cards, counts and sums. */
export function withMoves(stages: readonly BoardStage[], moves: Moves): BoardStage[] {
  return [...moves].reduce((before, [number, key]) => moveOne(before, number, key), [...stages]);
}

function moveOne(stages: readonly BoardStage[], number: string, key: string): BoardStage[] {
  const from = stages.find(({ deals }) => deals.some((deal) => deal.number === number));
  const to = stages.find(({ stage }) => stage.key === key);
  const deal = from?.deals.find((one) => one.number === number);
  if (!from || !to || !deal || from === to) return [...stages];
  const moved = { ...deal, stage: to.stage, daysInStage: 0, isStuck: false };
  return stages.map((stage) => {
    if (stage === from) {
      return counted({ ...stage, deals: stage.deals.filter((one) => one !== deal) }, deal, -1);
    }
    return stage === to ? counted({ ...stage, deals: inOrder([...stage.deals, moved]) }, deal, 1) : stage;
  });
}

function counted(stage: BoardStage, { amount, restricted }: BoardDeal, by: 1 | -1): BoardStage {
  const total = stage.total + by;
  if (restricted) return { ...stage, total, restricted: stage.restricted + by };
  const count = stage.count + by;
  if (!amount) return { ...stage, total, count, withoutAmount: stage.withoutAmount + by };
  const share = (BigInt(amount.amountMinor) * BigInt(stage.stage.probabilityBasisPoints) + 5000n) / 10_000n;
  return {
    ...stage,
    total,
    count,
    amounts: added(stage.amounts, amount.currency, BigInt(amount.amountMinor) * BigInt(by)),
    weighted: added(stage.weighted, amount.currency, share * BigInt(by)),
  };
}

/** Largest first; what comes to nothing is left out. */
function added(amounts: readonly Amount[], currency: string, minor: bigint): Amount[] {
  const before = amounts.find((amount) => amount.currency === currency);
  const sum = BigInt(before?.amountMinor ?? 0) + minor;
  const others = amounts.filter((amount) => amount !== before);
  const all = sum === 0n ? others : [...others, { amountMinor: sum.toString(), currency }];
  return all.sort((a, b) => (BigInt(a.amountMinor) < BigInt(b.amountMinor) ? 1 : -1));
}

/** Closing soonest first, as the service orders them. */
function inOrder(deals: BoardDeal[]): BoardDeal[] {
  const numberOf = (deal: BoardDeal) => Number(deal.number.slice(2));
  const keyOf = (deal: BoardDeal) => `${deal.restricted ? 1 : 0}${deal.closeOn ?? '9999'}`;
  return deals.sort((a, b) => {
    if (keyOf(a) !== keyOf(b)) return keyOf(a) < keyOf(b) ? -1 : 1;
    return numberOf(a) - numberOf(b);
  });
}

/** Further pages of a stage behind its first; what came twice because something moved in between is shown once. */
export function withPages(stages: readonly BoardStage[], pages: readonly Board[]): BoardStage[] {
  return stages.map((stage) => {
    const more = pages.flatMap((page) =>
      page.stages.filter((one) => one.stage.key === stage.stage.key).flatMap((one) => one.deals),
    );
    const known = new Map([...stage.deals, ...more].map((deal) => [deal.number, deal]));
    return { ...stage, deals: [...known.values()] };
  });
}
