import { expect, test } from 'vitest';
import { createCore } from '../../../src/app.ts';
import { createClock } from '../../../src/infra/clock.ts';
import { DatabaseUnavailableError } from '../../../src/infra/db/errors.ts';
import type { Log } from '../../../src/runtime/ports.ts';
import { says } from '../../../src/runtime/says.ts';
import { testDatabase } from '../../support/database.ts';

test('somebody whose organization cannot be looked up reads that nothing is saved, not of a fault of ours', async () => {
  const errors: string[] = [];
  const log: Log = { debug() {}, info() {}, warn() {}, error: (_, message) => void errors.push(message) };
  const db = {
    ...(await testDatabase()),
    transaction: () => Promise.reject(new DatabaseUnavailableError('connection lost')),
  };
  const publicUrl = 'http://localhost:3000';
  const core = createCore({ db, log, clock: createClock(), memberAutoJoin: 'off', publicUrl });
  const visitor = { platform: 'slack', installation: 'T0AWAY', userId: 'U0AWAY' } as const;
  const reply = await core.dispatch(visitor, { kind: 'command', line: 'today', place: undefined }, 'r1');
  expect(says(reply, 'unavailable')).toBe(true);
  expect(errors).toEqual([]);
});
