import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run, runScript } from '../journeys/child.ts';
import { testDatabaseKind } from '../support/database.ts';
import { seed } from '../support/seed.ts';
import { type Delivered, type DeliveryRun, deliveryRun } from './delivery-run.ts';

const isLong = process.env.PARLEY_LONG === '1';
const script = (path: string) => (env: Record<string, string>) =>
  runScript(join(import.meta.dirname, path), env);
/** In the long run the product as it is started, with leases as long as they are. */
const service: DeliveryRun['start'] = isLong ? (env) => run('start', [], env) : script('service.ts');
/** The short run loses more answers, so that the control breaks in it whatever the seed. */
const size = isLong
  ? { commands: 10_000, people: 400, kills: 200, lost: 0.01 }
  : { commands: 240, people: 200, kills: 3, lost: 0.04 };

function report(what: string, { missing, twice, ...rest }: Delivered): void {
  const numbers = { seed, ...rest, missing: missing.length, twice: twice.length };
  process.stdout.write(`${what} ${JSON.stringify(numbers)}\n`);
}

// Only a server outlives the process that uses it.
describe.skipIf(testDatabaseKind() !== 'postgres')(
  `messages of a service killed at random (seed ${seed})`,
  () => {
    test('on Slack: of every acknowledged command exactly one', async () => {
      const delivered = await deliveryRun({ platform: 'slack', start: service, ...size, seed });
      report('slack', delivered);
      expect(delivered).toMatchObject({ acknowledged: size.commands, missing: [], twice: [] });
      expect(delivered.states).toEqual({ sent: size.commands });
      expect(delivered.kills).toBe(size.kills);
      const { ratelimited = 0, http_500: failed = 0 } = delivered.struck;
      expect(ratelimited + failed).toBeGreaterThan(0);
    }, 3_600_000);

    test('on Teams, which cannot be asked: never two, and what may be missing waits for an admin', async () => {
      const delivered = await deliveryRun({ platform: 'teams', start: service, ...size, seed });
      report('teams', delivered);
      expect(delivered).toMatchObject({ acknowledged: size.commands, twice: [] });
      const { sent = 0, uncertain = 0, ...others } = delivered.states;
      expect(sent + uncertain).toBe(size.commands);
      expect(others).toEqual({});
      expect(delivered.missing.length).toBeLessThanOrEqual(uncertain);
    }, 3_600_000);

    test('a relay that just tries again posts twice in the same run', async () => {
      const naive = script('../controls/naive-relay.ts');
      const delivered = await deliveryRun({ platform: 'slack', start: naive, ...size, kills: 2, seed });
      report('naive', delivered);
      expect(delivered.twice.length).toBeGreaterThan(0);
    }, 3_600_000);
  },
);
