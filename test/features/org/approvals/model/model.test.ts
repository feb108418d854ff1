import { describe, expect, test } from 'vitest';
import { approvalsWith, type Mistake } from '../../../../controls/naive-approvals.ts';
import { testApp } from '../../../../support/app.ts';
import { testDatabaseKind } from '../../../../support/database.ts';
import { seed } from '../../../../support/seed.ts';
import { withWaivers } from '../waivers.ts';
import { type ModelResult, type ModelRun, modelRun, Violation } from './run.ts';

const isLong = process.env.PARLEY_LONG === '1';
const onPostgres = testDatabaseKind() === 'postgres';
const sequences = Number(process.env.APPROVAL_SEQUENCES ?? (isLong ? 20_000 : 500));
/** On a server several organizations live at the same time. */
const lanes = onPostgres ? 4 : 1;

function report(what: string, result: ModelResult): void {
  process.stdout.write(`${what} ${JSON.stringify({ seed, ...result })}\n`);
}

describe(`random lives of requests (seed ${seed})`, () => {
  test(`${sequences}: one answer each, by somebody who may, on the terms of that moment`, async () => {
    const runs = Array.from({ length: lanes }, async (_, lane) => {
      const app = await testApp({ features: withWaivers() });
      return modelRun(app, { sequences: Math.ceil(sequences / lanes), seed: seed + lane });
    });
    const results = await Promise.all(runs);
    for (const result of results) report('approvals', result);
    expect(results.reduce((sum, result) => sum + result.sequences, 0)).toBeGreaterThanOrEqual(sequences);
    // A run in which nothing happens shows nothing.
    const ended = [...new Set(results.flatMap((result) => Object.keys(result.ended)))].sort();
    const all = ['approved', 'countered', 'expired', 'rejected', 'superseded', 'withdrawn'];
    if (sequences >= 400) expect(ended).toEqual(all);
    else expect(ended.length).toBeGreaterThan(3);
    expect(results.every(({ refused }) => refused > 0)).toBe(true);
  }, 10_800_000);

  test('a copy of the product’s way without a mistake holds as well', async () => {
    expect(await firstViolation(undefined, 25)).toBeUndefined();
  }, 600_000);

  test.each<[Mistake, RegExp, ModelRun['favour']?]>([
    ['stale-terms', /expected/],
    ['stale-role', /expected/, 'role'],
    ['owner-decides', /expected|decided on their own|asked/, 'owner'],
    ['creator-decides', /expected|decided on their own|asked/],
    ['editor-decides', /expected|decided on their own|asked/, 'edit'],
    ['undo-reopens', /expected/, 'edit'],
    ['counter-keeps-terms', /expected/],
    ['clock-reset', /the last day of an answer has moved/],
    ['settles-twice', /expected|granted|changed after its answer/],
  ])(
    'the mistake %s is found',
    async (mistake, how, favour) => {
      const violation = await firstViolation(mistake, 300, favour);
      expect(violation?.message).toMatch(how);
    },
    600_000,
  );

  // Where only one transaction runs at a time, a lock changes nothing.
  test.skipIf(!onPostgres)(
    'the mistake no-lock is found',
    async () => {
      expect((await firstViolation('no-lock', 300))?.message).toMatch(/expected|transitions|granted/);
    },
    600_000,
  );
});

async function firstViolation(
  mistake: Mistake | undefined,
  most: number,
  favour?: ModelRun['favour'],
): Promise<Violation | undefined> {
  const app = await testApp({ features: withWaivers(approvalsWith(mistake)) });
  try {
    await modelRun(app, { sequences: most, seed, ...(favour ? { favour } : {}) });
    return undefined;
  } catch (error) {
    if (error instanceof Violation) return error;
    throw error;
  }
}
