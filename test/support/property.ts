import fc from 'fast-check';
import { seed } from './seed.ts';

fc.configureGlobal({
  seed,
  // For properties that name no number of their own; fast-check tries 100 times.
  ...(process.env.PARLEY_LONG ? { numRuns: Number(process.env.PROPERTY_RUNS ?? 2000) } : {}),
});

/** fast-check with the samples of test/support/seed.ts. */
export default fc;
