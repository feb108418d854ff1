import type { Engine } from '../../../../../src/runtime/engine.ts';

/** What a process that died answers. */
export class Crash extends Error {}

/** The engine, dying after the work and before the commit. */
export function crashing(engine: Engine): Engine {
  return {
    ...engine,
    db: {
      transaction: (scope, run, options) =>
        engine.db.transaction(
          scope,
          async (tx) => {
            await run(tx);
            throw new Crash('died before the commit');
          },
          options,
        ),
    },
  };
}

/** Numbers in [0, 1), the same for the same seed. */
export function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
