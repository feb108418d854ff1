import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runScript } from '../journeys/child.ts';
import { testDatabaseKind } from '../support/database.ts';
import { seed } from '../support/seed.ts';
import { type Replicated, replicasRun } from './replicas-run.ts';

const isLong = process.env.PARLEY_LONG === '1';

async function replicated(path: string, deliveries: number): Promise<Replicated> {
  const start = (env: Record<string, string>) => runScript(join(import.meta.dirname, path), env);
  const result = await replicasRun({ start, deliveries, seed });
  const counts = { ...result, notOnce: result.notOnce.length };
  process.stdout.write(`replicas ${JSON.stringify({ seed, deliveries, ...counts })}\n`);
  return result;
}

// Two processes need a server.
describe.skipIf(testDatabaseKind() !== 'postgres')(
  `what Slack delivers one to four times to two processes (seed ${seed})`,
  () => {
    test('has one effect, be it a command, a press or words in a channel', async () => {
      const deliveries = isLong ? 5000 : 240;
      const { made, notOnce } = await replicated('service.ts', deliveries);
      expect(notOnce).toEqual([]);
      expect(Object.keys(made)).toEqual(['1', '2', '3', '4']);
    }, 3_600_000);

    test('has several if deliveries are not remembered', async () => {
      const { notOnce } = await replicated('../controls/forgetful-inbox.ts', 60);
      expect(notOnce.length).toBeGreaterThan(0);
    }, 600_000);
  },
);
