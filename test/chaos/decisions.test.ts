import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { testDatabaseKind } from '../support/database.ts';
import { seed } from '../support/seed.ts';
import { type Raced, race } from './decision-run.ts';
import { decisionStage } from './decision-stage.ts';
import { generator } from './kill-run.ts';

const isLong = process.env.PARLEY_LONG === '1';
// Messages of one person are paced, so several teams take part.
const size = isLong ? { teams: 40, perTeam: 25 } : { teams: 10, perTeam: 5 };
const service = join(import.meta.dirname, 'decisions-process.ts');
const naive = join(import.meta.dirname, '../controls/naive-decisions.ts');

async function raced(
  script: string,
  rounds: { teams: number; perTeam: number },
  options: { isOnlyCounted?: boolean } = {},
): Promise<Raced> {
  const stage = await decisionStage({ script, ...rounds });
  try {
    const result = await race(stage, generator(seed), options);
    process.stdout.write(
      `decisions ${JSON.stringify({ seed, rounds: result.rounds, first: result.first, late: result.late, notOnce: result.notOnce.length })}\n`,
    );
    return result;
  } finally {
    await stage.close();
  }
}

// Two processes need a server.
describe.skipIf(testDatabaseKind() !== 'postgres')(
  `a click in Slack, one in Teams, one on the page and a typed line within 10 ms (seed ${seed})`,
  () => {
    test('are one decision, every card says whose, and so do the answers to the others', async () => {
      const { first, late, ...result } = await raced(service, size);
      expect(result).toEqual({
        rounds: size.teams * size.perTeam,
        notOnce: [],
        wrongCards: [],
        untold: [],
      });
      expect(late).toBeLessThan(result.rounds / 20);
      // If one place were always first, nothing would have been raced for.
      expect(Object.keys(first).length).toBeGreaterThan(1);
    }, 3_600_000);

    test('are sometimes two if the service looks without a lock', async () => {
      const { notOnce } = await raced(naive, { teams: 5, perTeam: 2 }, { isOnlyCounted: true });
      expect(notOnce.length).toBeGreaterThan(0);
    }, 600_000);
  },
);
