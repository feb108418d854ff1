import { endOf, startOf } from '../../../kernel/dates.ts';
import type { Span } from '../../../kernel/fields.ts';
import type { Money } from '../../../kernel/money.ts';
import type { DigestScope } from '../../../runtime/digest.ts';
import type { Whose } from '../targets/api.ts';
import type { DealSum } from './rules.ts';

export function monthOf({ on }: Pick<DigestScope, 'on'>): Span {
  return { from: startOf('month', on), to: endOf('month', on) };
}

export function whoseOf({ owners }: Pick<DigestScope, 'owners'>): Whose {
  return 'all' in owners ? owners : { ids: owners.memberIds };
}

/** Fewer branches than this have no usual from which one could stand out. */
const fewest = 3;

/** The one furthest below the median of all; `undefined`: too few to tell, or nobody is below. */
export function furthestBelow<K>(
  all: readonly { key: K; basisPoints: number }[],
): { key: K; medianBasisPoints: number } | undefined {
  if (all.length < fewest) return undefined;
  const sorted = all.toSorted((a, b) => a.basisPoints - b.basisPoints);
  const upper = sorted[Math.floor(sorted.length / 2)]?.basisPoints ?? 0;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)]?.basisPoints ?? 0;
  const medianBasisPoints = Math.round((lower + upper) / 2);
  const [last] = sorted;
  return last && last.basisPoints < medianBasisPoints ? { key: last.key, medianBasisPoints } : undefined;
}

/** The currency a branch is measured in: the organization's, or where no target is in it that of most targets. */
export function measuredIn(targets: readonly Money[], own: string): string {
  const counts = new Map<string, number>();
  for (const { currency } of targets) counts.set(currency, (counts.get(currency) ?? 0) + 1);
  if (counts.has(own)) return own;
  const [most] = [...counts].toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return most?.[0] ?? own;
}

/** Share of the target in one currency that is won; `undefined` without a target in it. */
export function reachedOf(
  targets: readonly Money[],
  won: readonly DealSum[],
  currency: string,
): number | undefined {
  const target = targets.reduce((sum, one) => (one.currency === currency ? sum + one.amountMinor : sum), 0n);
  if (target === 0n) return undefined;
  const sum = won.reduce((all, one) => (one.currency === currency ? all + (one.sumMinor ?? 0n) : all), 0n);
  return Number((sum * 10_000n) / target);
}
