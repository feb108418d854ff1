import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runScript } from '../journeys/child.ts';
import { testDatabaseKind } from '../support/database.ts';
import { seed } from '../support/seed.ts';
import { type Crowd, crowdRun } from './crowd-run.ts';

const isLong = process.env.PARLEY_LONG === '1';
/** On a busy machine the short run would only be about turns for connections. */
const atOnce = isLong ? 64 : 12;
const script = (path: string) => (env: Record<string, string>) =>
  runScript(join(import.meta.dirname, path), env);

async function crowded(path: string, commands: number): Promise<Crowd> {
  const crowd = await crowdRun({ start: script(path), commands, atOnce, seed });
  const { notOnce, visible, ...numbers } = crowd;
  const counts = { ...numbers, notOnce: notOnce.length, visible: visible.length };
  process.stdout.write(`crowd ${JSON.stringify({ seed, commands, ...counts })} ${visible[0] ?? ''}\n`);
  return crowd;
}

/** What lost against others was run again until it won, but for a few. */
const isRunAgain = ({ retried, givenUp }: Crowd) => retried > 0 && givenUp < retried / 5;

// The embedded database has one connection: nobody is in anybody's way.
describe.skipIf(testDatabaseKind() !== 'postgres')(`a crowd on five deals (seed ${seed})`, () => {
  test('never see that they were in each other’s way, and each line is there once', async () => {
    const commands = isLong ? 20_000 : 500;
    const crowd = await crowded('weigh-process.ts', commands);
    expect(crowd).toMatchObject({ notOnce: [], visible: [] });
    expect(crowd.typed).toBeGreaterThanOrEqual(commands);
    expect(crowd.acknowledged + crowd.unsure).toBe(crowd.typed);
    expect(crowd.acknowledged).toBeGreaterThan(commands / 10);
    expect(isRunAgain(crowd)).toBe(true);
  }, 3_600_000);

  test('have to repeat their lines if a transaction is run only once', async () => {
    const crowd = await crowded('../controls/no-second-try.ts', 200);
    expect(crowd.givenUp).toBeGreaterThan(0);
    expect(isRunAgain(crowd)).toBe(false);
  }, 600_000);
});
