import { defineConfig } from 'vitest/config';
import { common, projects } from './vitest.config.ts';

/** How often the long run repeats what is tried at random; what is set outside wins. */
const samples: Record<string, string> = {
  PARLEY_LONG: '1',
  NAME_RUNS: '20000',
  PARLEY_KILL_TRANSACTIONS: '300',
  // A multiple of three: a property that takes a third of them must get a whole number.
  PROPERTY_RUNS: '2000',
  SIGNATURE_MUTANTS: '5000',
};

const env = Object.fromEntries(
  Object.entries(samples).map(([name, value]) => [name, process.env[name] ?? value]),
);

/** Everything `npm test` runs and test/long, with larger samples. */
export default defineConfig({
  test: {
    ...common,
    env: { ...common.env, ...env },
    testTimeout: 600_000,
    hookTimeout: 600_000,
    projects: projects(['long']),
  },
});
