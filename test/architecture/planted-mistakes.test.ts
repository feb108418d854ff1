import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readPlanted } from '../long/mutants/planted.ts';

const root = join(import.meta.dirname, '../..');

/** The long run plants them; whether they can be planted shows at once. */
test.each(readPlanted().map((planted) => [`${planted.row} ${planted.naive}`, planted] as const))(
  '%s: stands where it is to be planted, once, and its suite is there',
  (_what, { file, find, suite }) => {
    expect(readFileSync(join(root, file), 'utf8').split(find)).toHaveLength(2);
    expect(existsSync(join(root, suite))).toBe(true);
  },
);
