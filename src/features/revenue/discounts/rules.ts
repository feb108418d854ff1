/** From here on a request is asked about once more before it goes out: more likely a slip than a discount. */
export const askTwiceFromBasisPoints = 5000;

/** What a discount takes off a price, rounded half up to the minor unit; neither is negative. */
export function offMinor(baseMinor: bigint, basisPoints: number): bigint {
  return (baseMinor * BigInt(basisPoints) + 5_000n) / 10_000n;
}

/** What is left to pay. */
export function resultMinor(baseMinor: bigint, basisPoints: number): bigint {
  return baseMinor - offMinor(baseMinor, basisPoints);
}

/**
 * The least discount that brings a price down to `toMinor` or below. Half a minor unit of rounding makes no discount
 * higher: 5 % is 5 % on every price.
 */
export function percentBetween(baseMinor: bigint, toMinor: bigint): number {
  let [least, most] = [0, 10_000];
  while (least < most) {
    const middle = Math.floor((least + most) / 2);
    if (resultMinor(baseMinor, middle) <= toMinor) most = middle;
    else least = middle + 1;
  }
  return least;
}

/** What a discount is called in Chinese: `85折` leaves 85 % to pay, `8.75折` 87.5 %. */
export function zheOf(basisPoints: number): string {
  const paid = 10_000 - basisPoints;
  const isShort = paid % 1_000 !== 0 && paid % 100 === 0 && paid > 1_000;
  return `${isShort ? paid / 100 : paid / 1_000}折`;
}

/** Whether each of them is higher than the one before; in order of time. */
export function isRising(basisPoints: readonly number[]): boolean {
  return (
    basisPoints.length > 1 &&
    basisPoints.every((one, index) => index === 0 || one > (basisPoints[index - 1] ?? 0))
  );
}

/** The cost of something that is sold for `baseMinor`, by what one unit costs and is listed at; rounded half up. */
export function costShareMinor(
  baseMinor: bigint,
  { costMinor, listUnitMinor }: { costMinor: bigint; listUnitMinor: bigint },
): bigint | null {
  if (listUnitMinor <= 0n) return null;
  return (2n * baseMinor * costMinor + listUnitMinor) / (2n * listUnitMinor);
}

/** How people type a percentage: `15%`, `12.5%`. */
export function percentWord(basisPoints: number): string {
  return `${basisPoints / 100}%`;
}

/** Whether an amount is still the one a discount brought about: no higher than before it, and within a fifth of it. */
export function restsOn(
  amountMinor: bigint,
  { baseMinor, resultMinor }: { baseMinor: bigint; resultMinor: bigint },
): boolean {
  return amountMinor <= baseMinor && amountMinor * 5n >= resultMinor * 4n;
}
