import { endOf, startOf } from '../../../kernel/dates.ts';
import type { Span } from '../../../kernel/fields.ts';
import type { Money } from '../../../kernel/money.ts';
import type { TargetLine } from './model.ts';

/** First day of the month a span is exactly; `undefined` for any other span. */
export function monthOf({ from, to }: Span): string | undefined {
  return from === startOf('month', from) && to === endOf('month', from) ? from : undefined;
}

/** The month a day lies in. */
export function monthFrom(on: string): Span {
  return { from: startOf('month', on), to: endOf('month', on) };
}

/**
 * Target beside won, currency by currency: those with a target first, the larger before the smaller. What is won
 * in a currency without a target closes no gap.
 */
export function linesOf(targets: readonly Money[], won: readonly Money[]): TargetLine[] {
  const sums = new Map<string, { target: bigint | null; won: bigint }>();
  const at = (currency: string) => {
    const sum = sums.get(currency) ?? { target: null, won: 0n };
    sums.set(currency, sum);
    return sum;
  };
  for (const { amountMinor, currency } of targets) {
    const sum = at(currency);
    sum.target = (sum.target ?? 0n) + amountMinor;
  }
  for (const { amountMinor, currency } of won) at(currency).won += amountMinor;
  return [...sums]
    .filter(([, sum]) => sum.target !== null || sum.won !== 0n)
    .sort(([, a], [, b]) => compare(b.target ?? -1n, a.target ?? -1n) || compare(b.won, a.won))
    .map(([currency, sum]) => lineOf(currency, sum.target, sum.won));
}

function lineOf(currency: string, target: bigint | null, won: bigint): TargetLine {
  return {
    currency,
    targetMinor: target?.toString() ?? null,
    wonMinor: won.toString(),
    gapMinor: target === null ? null : (target - won).toString(),
    reachedBasisPoints: target === null || target === 0n ? null : Number((won * 10_000n) / target),
  };
}

function compare(a: bigint, b: bigint): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
