import { type Money, sumByCurrency } from '../../../kernel/money.ts';
import type { Stage } from '../pipelines/api.ts';
import type { OutcomeView, StageFigures } from './funnel-model.ts';
import type { AmountView, DealStatus } from './model.ts';
import { weightedMinor } from './rules.ts';

/** Deals of one status, stage and currency, counted and summed by the database. */
export interface CountedDeals {
  status: DealStatus;
  currency: string | null;
  count: number;
  /** Minor units; `null`: none of them has an amount. */
  sumMinor: bigint | null;
  withoutAmount: number;
}

export interface CountedStage extends CountedDeals {
  stageId: string;
  movedIn: number;
}

/** Sums per currency for output, largest first. */
export function amountsOf(amounts: Iterable<Money>): AmountView[] {
  return sumByCurrency(amounts).map(({ amountMinor, currency }) => ({
    amountMinor: amountMinor.toString(),
    currency,
  }));
}

export function sumsOf(rows: readonly CountedDeals[]): Money[] {
  return rows.flatMap(({ currency, sumMinor }) =>
    currency === null || sumMinor === null ? [] : [{ amountMinor: sumMinor, currency }],
  );
}

/** What counted deals come to, by outcome. */
export function outcomeOf(rows: readonly CountedDeals[]): OutcomeView {
  const of = (status: DealStatus) => rows.filter((row) => row.status === status);
  const [open, won, lost] = [of('open'), of('won'), of('lost')];
  return {
    openCount: total(open, 'count'),
    open: amountsOf(sumsOf(open)),
    openWithoutAmount: total(open, 'withoutAmount'),
    wonCount: total(won, 'count'),
    won: amountsOf(sumsOf(won)),
    lostCount: total(lost, 'count'),
    lost: amountsOf(sumsOf(lost)),
    lostWithoutAmount: total(lost, 'withoutAmount'),
  };
}

/** The currency groups are ordered by: the organization's, or when nothing is in it the one of most deals. */
export function mainCurrency(rows: readonly CountedDeals[], own: string): string {
  const counts = new Map<string, number>();
  for (const { currency, count } of rows) {
    if (currency !== null) counts.set(currency, (counts.get(currency) ?? 0) + count);
  }
  if (counts.has(own)) return own;
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most?.[0] ?? own;
}

/** Open deals stage by stage in pipeline order, empty stages included. */
export function stageFiguresOf(
  stages: readonly Stage[],
  rows: readonly CountedStage[],
): { openByStage: StageFigures[]; weighted: AmountView[] } {
  const all: Money[] = [];
  const openByStage = stages.map(({ id, position: _, ...stage }) => {
    const own = rows.filter((row) => row.status === 'open' && row.stageId === id);
    const weighted = sumsOf(own).map(({ amountMinor, currency }) => ({
      amountMinor: weightedMinor(amountMinor, stage.probabilityBasisPoints),
      currency,
    }));
    all.push(...weighted);
    return {
      stage,
      count: total(own, 'count'),
      amounts: amountsOf(sumsOf(own)),
      withoutAmount: total(own, 'withoutAmount'),
      weighted: amountsOf(weighted),
      movedIn: own.reduce((sum, row) => sum + row.movedIn, 0),
    };
  });
  return { openByStage, weighted: amountsOf(all) };
}

function total(rows: readonly CountedDeals[], of: 'count' | 'withoutAmount'): number {
  return rows.reduce((sum, row) => sum + row[of], 0);
}

/**
 * How long a stage's bar is: its amount where all amounts are of one currency, else its number of deals, for
 * unlike currencies have no common length.
 */
export function barLengths(stages: readonly Pick<StageFigures, 'count' | 'amounts'>[]): number[] {
  const currencies = new Set(stages.flatMap(({ amounts }) => amounts.map(({ currency }) => currency)));
  if (currencies.size !== 1) return stages.map(({ count }) => count);
  return stages.map(({ amounts }) => Number(amounts[0]?.amountMinor ?? 0));
}

/** A place in the organization chart. */
export interface ChartUnit {
  id: string;
  kind: 'region' | 'team';
  name: string;
  parentId: string | null;
  managerId: string | null;
}

/**
 * The unit a person's deals count for: the own team; for who is in no team, the team the person manages; else the
 * unit the person is in or manages.
 */
export function unitOfMember(
  member: { id: string; unitId: string | null },
  units: readonly ChartUnit[],
): ChartUnit | undefined {
  const own = units.find(({ id }) => id === member.unitId);
  if (own?.kind === 'team') return own;
  const managed = units.filter(({ managerId }) => managerId === member.id);
  return managed.find(({ kind }) => kind === 'team') ?? own ?? managed[0];
}

/** A unit and everything it lies in, from the inside out. Cycles do no harm. */
export function chainOf(unit: ChartUnit | undefined, units: readonly ChartUnit[]): ChartUnit[] {
  const chain: ChartUnit[] = [];
  for (let at = unit; at && !chain.includes(at); at = units.find(({ id }) => id === at?.parentId)) {
    chain.push(at);
  }
  return chain;
}

/** People whose deals count for a unit; `isDirect`: not those of a unit inside it. */
export function membersOfUnit(
  members: readonly { id: string; unitId: string | null }[],
  units: readonly ChartUnit[],
  unitId: string,
  isDirect: boolean,
): string[] {
  return members
    .filter((member) => {
      const chain = chainOf(unitOfMember(member, units), units);
      return isDirect ? chain[0]?.id === unitId : chain.some(({ id }) => id === unitId);
    })
    .map(({ id }) => id);
}
