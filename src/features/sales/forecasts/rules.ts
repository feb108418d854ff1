import { endOf, startOf } from '../../../kernel/dates.ts';
import type { Span } from '../../../kernel/fields.ts';
import type { Money } from '../../../kernel/money.ts';
import { amountsOf, weightedMinor } from '../deals/api.ts';
import type { Counted, ForecastLine } from './model.ts';

/** From this probability of its stage on an open deal is committed. */
export const commitFrom = 7_000;
/** From here on it counts for the best case. */
export const bestFrom = 5_000;

/** Whether a period is whole months, for which there are targets. */
export function isWholeMonths({ from, to }: Span): boolean {
  return from === startOf('month', from) && to === endOf('month', to);
}

/** Deals of one owner, stage and currency, counted and summed by the database. */
export interface DealSum {
  ownerId: string | null;
  currency: string | null;
  count: number;
  /** Minor units; `null`: none of them has an amount. */
  sumMinor: bigint | null;
  withoutAmount: number;
}

export interface OpenSum extends DealSum {
  stageId: string;
  probabilityBasisPoints: number;
  /** Where the expected close lies: in the period, in it but passed, passed before it, nowhere. */
  when: 'in' | 'passed' | 'late' | 'undated';
}

export interface Parts {
  won: DealSum[];
  /** To close in the period. */
  open: OpenSum[];
  targets: readonly (Money & { memberId: string | null })[];
}

export function countedOf(rows: readonly DealSum[]): Counted {
  return {
    count: rows.reduce((sum, row) => sum + row.count, 0),
    amounts: amountsOf(moneyOf(rows)),
    withoutAmount: rows.reduce((sum, row) => sum + row.withoutAmount, 0),
  };
}

function moneyOf(rows: readonly DealSum[]): Money[] {
  return rows.flatMap(({ currency, sumMinor }) =>
    currency === null || sumMinor === null ? [] : [{ amountMinor: sumMinor, currency }],
  );
}

export const isCommit = (row: OpenSum): boolean => row.probabilityBasisPoints >= commitFrom;
export const isBest = (row: OpenSum): boolean => row.probabilityBasisPoints >= bestFrom;

/** Rounded once per stage and currency, as the funnel does. */
export function weightedOf(rows: readonly OpenSum[]): { amountMinor: string; currency: string }[] {
  const sums = new Map<string, Money & { basisPoints: number }>();
  for (const { stageId, currency, sumMinor, probabilityBasisPoints: basisPoints } of rows) {
    if (currency === null || sumMinor === null) continue;
    const key = `${stageId} ${currency}`;
    const sum = sums.get(key) ?? { amountMinor: 0n, currency, basisPoints };
    sums.set(key, { ...sum, amountMinor: sum.amountMinor + sumMinor });
  }
  return amountsOf(
    [...sums.values()].map(({ amountMinor, currency, basisPoints }) => ({
      amountMinor: weightedMinor(amountMinor, basisPoints),
      currency,
    })),
  );
}

/** Currency by currency: those with a target first, then the larger before the smaller. */
export function linesOf({ targets, won, open }: Parts): ForecastLine[] {
  const sums = new Map<string, { target: bigint | null; won: bigint; commit: bigint; best: bigint }>();
  const at = (currency: string) => {
    const sum = sums.get(currency) ?? { target: null, won: 0n, commit: 0n, best: 0n };
    sums.set(currency, sum);
    return sum;
  };
  for (const { amountMinor, currency } of targets) {
    const sum = at(currency);
    sum.target = (sum.target ?? 0n) + amountMinor;
  }
  for (const { amountMinor, currency } of moneyOf(won)) at(currency).won += amountMinor;
  for (const { amountMinor, currency } of moneyOf(open.filter(isCommit))) at(currency).commit += amountMinor;
  for (const { amountMinor, currency } of moneyOf(open.filter(isBest))) at(currency).best += amountMinor;
  return [...sums]
    .sort(
      ([a, one], [b, other]) =>
        compare(other.target ?? -1n, one.target ?? -1n) ||
        compare(other.won + other.best, one.won + one.best) ||
        (a < b ? -1 : 1),
    )
    .map(([currency, { target, won: isWon, commit, best }]) => ({
      currency,
      targetMinor: target?.toString() ?? null,
      wonMinor: isWon.toString(),
      commitMinor: commit.toString(),
      bestMinor: best.toString(),
      gapMinor: target === null ? null : (target - isWon - commit).toString(),
    }));
}

function compare(a: bigint, b: bigint): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
