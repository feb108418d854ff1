import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyOfProduct, plant, runSuites } from './copy.ts';
import { readPlanted } from './planted.ts';

/** `PARLEY_MUTANTS=T1,F3` tries those rows only. */
const rows = process.env.PARLEY_MUTANTS?.split(',');
const tried = readPlanted().filter(({ row }) => rows?.includes(row) ?? true);

/** With the machine busy otherwise. */
const timeout = 1_800_000;

let copy: string;
beforeAll(() => {
  copy = copyOfProduct();
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

test('there is something to try, and all of it fits', () => {
  expect(tried.length).toBeGreaterThan(0);
  for (const mutant of tried) plant(copy, mutant)();
});

/** Tests that a product without a mistake passes. */
const passing = new Set<string>();

test('a product without a mistake passes', { timeout }, async () => {
  const whole = new Set(tried.filter(({ only }) => only === undefined).map(({ suite }) => suite));
  const partly = tried.filter(({ suite }) => !whole.has(suite));
  const names = partly.map(({ only }) => only).join('|');
  const runs = [
    { suites: [...whole], only: undefined },
    { suites: [...new Set(partly.map(({ suite }) => suite))], only: names },
  ];
  for (const { suites, only } of runs) {
    if (suites.length === 0) continue;
    const { passed, failed, broken } = await runSuites(copy, suites, only);
    expect([...failed.keys(), ...broken]).toEqual([]);
    for (const name of passed) passing.add(name);
  }
});

describe.each(tried.map((one) => [one.row, one.naive, one] as const))('%s: what %s', (...[, , mutant]) => {
  const isElsewhere = mutant.only?.includes('Postgres only') && !process.env.TEST_DATABASE_URL;
  test.skipIf(isElsewhere)(`is found out by ${mutant.suite}`, { timeout }, async () => {
    const heal = plant(copy, mutant);
    try {
      const { passed, failed, broken } = await runSuites(copy, [mutant.suite], mutant.only);
      const found = [...failed.keys()].filter((name) => passing.has(name));
      const why = `${passed.size} passed; ${[...failed, ...broken].join('\n').slice(0, 2000)}`;
      expect(found.length, why).toBeGreaterThan(0);
    } finally {
      heal();
    }
  });
});
