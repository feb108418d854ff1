/**
 * Where random samples start. `npm test` answers whether a change broke something, so it draws the same samples each
 * time; `npm run test:long` draws new ones. `PARLEY_SEED` repeats a run: its seed is in the names of its tests.
 */
export const seed = Number(
  process.env.PARLEY_SEED ?? (process.env.PARLEY_LONG ? Date.now() % 1_000_000 : 20_261),
);
