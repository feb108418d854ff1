import type { Actor, Role } from '../../../kernel/context.ts';
import { nameKey } from '../../../kernel/names.ts';

/** A product name without its spaces, which people set differently: `GTX Pro`, `GTXPro`, `gtx-pro`. */
export function squeezed(name: string): string {
  return nameKey(name).replaceAll(' ', '');
}

/** Who is told what a product costs us and the margin that leaves. */
export const costRoles: readonly Role[] = ['manager', 'finance', 'admin'];

export function mayReadCosts(actor: Actor): boolean {
  return actor.kind === 'system' || actor.roles.some((role) => costRoles.includes(role));
}

/** Further below cost a margin says nothing more: −100,000 %. */
export const leastMarginBasisPoints = -10_000_000;

/**
 * Share of the price that is left over the cost, rounded down; negative below cost, but never below
 * `leastMarginBasisPoints`; null for a price of nothing.
 */
export function marginBasisPoints(priceMinor: bigint, costMinor: bigint): number | null {
  if (priceMinor <= 0n) return null;
  const scaled = (priceMinor - costMinor) * 10_000n;
  const rounded = scaled / priceMinor;
  const margin = Number(scaled < 0n && scaled % priceMinor !== 0n ? rounded - 1n : rounded);
  return Math.max(margin, leastMarginBasisPoints);
}

/** In tenths of a percent, rounded down: a margin just below the floor never reads as the floor. */
export function tenthsOf(basisPoints: number): number {
  return Math.floor(basisPoints / 10) * 10;
}
