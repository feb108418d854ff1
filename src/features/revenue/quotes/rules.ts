import { leastMarginBasisPoints } from '../products/api.ts';
import type { QuoteStatus } from './model.ts';

/** One line with its prices, per unit and as a whole, in minor units of the quote's currency. */
export interface PricedLine {
  /** Null: in words, without a product. */
  productId: string | null;
  name: string;
  quantity: number;
  /** Null: only the amount was said. */
  unitMinor: bigint | null;
  listUnitMinor: bigint | null;
  costUnitMinor: bigint | null;
  amountMinor: bigint;
}

/** What the lines come to. */
export interface Totals {
  listMinor: bigint | null;
  netMinor: bigint;
  /** Of the net, rounded half up where a total was said; negative: the total is above it. */
  discountBasisPoints: number;
  totalMinor: bigint;
  costMinor: bigint | null;
}

/** How the total follows from the lines. */
export type Whole = { totalMinor: bigint } | { discountBasisPoints: number };

/** The usual time a quote stands. */
export const usualValidityDays = 30;
export const mostLines = 40;
/** Characters of all lines as they are typed. */
export const longestText = 3000;
export const mostQuantity = 1_000_000;

/** `numerator / denominator` rounded half up, towards positive infinity at the half; the denominator is positive. */
export function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
  const doubled = 2n * numerator + denominator;
  const by = 2n * denominator;
  const quotient = doubled / by;
  return doubled < 0n && quotient * by !== doubled ? quotient - 1n : quotient;
}

/** Which part of `whole` is `part`, in basis points rounded half up; of nothing it is none. */
export function shareBasisPoints(part: bigint, whole: bigint): number {
  return whole === 0n ? 0 : Number(divideHalfUp(part * 10_000n, whole));
}

/** Lines, then the discount on the whole: nothing is spread over the lines, so the sums are exact to the minor unit. */
export function totalsOf(lines: readonly PricedLine[], whole: Whole): Totals {
  const netMinor = sum(lines.map(({ amountMinor }) => amountMinor)) ?? 0n;
  const listMinor = sum(lines.map((line) => times(line.listUnitMinor, line.quantity)));
  const costMinor = sum(lines.map((line) => times(line.costUnitMinor, line.quantity)));
  if ('totalMinor' in whole) {
    const { totalMinor } = whole;
    const discountBasisPoints = shareBasisPoints(netMinor - totalMinor, netMinor);
    return { listMinor, netMinor, discountBasisPoints, totalMinor, costMinor };
  }
  const { discountBasisPoints } = whole;
  const offMinor = divideHalfUp(netMinor * BigInt(discountBasisPoints), 10_000n);
  return { listMinor, netMinor, discountBasisPoints, totalMinor: netMinor - offMinor, costMinor };
}

/** A line whose cost is not known counts as one without any. */
export function leastCostMinor(lines: readonly Pick<PricedLine, 'costUnitMinor' | 'quantity'>[]): bigint {
  return lines.reduce((total, line) => total + (times(line.costUnitMinor, line.quantity) ?? 0n), 0n);
}

/** Null when one of them is. */
function sum(amounts: readonly (bigint | null)[]): bigint | null {
  let total = 0n;
  for (const amount of amounts) {
    if (amount === null) return null;
    total += amount;
  }
  return total;
}

export function times(unitMinor: bigint | null, quantity: number): bigint | null {
  return unitMinor === null ? null : unitMinor * BigInt(quantity);
}

/** How far the total lies below the list; undefined where there is no list price, or nothing to be below. */
export function belowList({
  listMinor,
  totalMinor,
}: Pick<Totals, 'listMinor' | 'totalMinor'>): number | undefined {
  if (listMinor === null || listMinor === 0n || totalMinor >= listMinor) return undefined;
  return shareBasisPoints(listMinor - totalMinor, listMinor);
}

/** What is left of the total after cost; the share is never below `leastMarginBasisPoints`. */
export function marginOf({ costMinor, totalMinor }: Pick<Totals, 'costMinor' | 'totalMinor'>) {
  if (costMinor === null) return undefined;
  const marginMinor = totalMinor - costMinor;
  const basisPoints = Math.max(shareBasisPoints(marginMinor, totalMinor), leastMarginBasisPoints);
  return { costMinor, marginMinor, basisPoints };
}

export type StoredStatus = Exclude<QuoteStatus, 'expired'>;

/** Still to be decided by the customer. */
export function isPending(status: string): status is 'draft' | 'sent' {
  return status === 'draft' || status === 'sent';
}

/** `today`: the organization's local day. The last day of the validity counts. */
export function statusOn(status: StoredStatus, validUntil: string, today: string): QuoteStatus {
  return isPending(status) && validUntil < today ? 'expired' : status;
}

/** Sent quotes are told about this many days before they expire. */
export const expiringDays = 3;
