import { defineConfig } from 'vitest/config';
import { common } from './vitest.config.ts';

/** Our clients against servers other people wrote, fetched for the run. Optional: without a network it skips. */
export default defineConfig({
  test: {
    ...common,
    name: 'independent',
    include: ['test/independent/**/*.test.ts'],
    // The first hook fetches packages.
    hookTimeout: 300_000,
  },
});
