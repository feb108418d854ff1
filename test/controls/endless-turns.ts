import type { Turns } from '../../src/runtime/ports.ts';

/** Everybody may do whatever they like at once. */
export const endlessTurns: Turns = { take: () => undefined };
