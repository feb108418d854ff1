import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { DatabaseUnavailableError } from '../../../src/infra/db/errors.ts';
import type { QueuedWork, WorkQueue } from '../../../src/runtime/relay/work.ts';
import { outbox } from '../../../src/store/tables/outbox.ts';
import { testDatabaseKind } from '../../support/database.ts';
import { type Bench, note, shortTiming, startBench, urgent } from './support.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());
beforeEach(() => bench.reset());

/** Resolves when a process got as far as `begin` or `settle` of a message; it stops there for ever. */
function reached(point: 'begin' | 'settle'): Promise<void> {
  return new Promise((resolve) => {
    const stopped = (): Promise<never> => {
      // The dead claim nothing more, of later tests either.
      void relay.stop();
      resolve();
      return new Promise(() => undefined);
    };
    const relay = bench.relay({ queue: { ...bench.queue, [point]: stopped } });
    void relay.drain();
  });
}

describe('a process that is killed', () => {
  test('before its request leaves: the message is sent by another after the lease, without a look', async () => {
    await bench.send({ text: 'once', to: [0] });
    await reached('begin');
    await bench.relay().drain();
    expect(bench.seen(0)).toEqual([]);
    await bench.finish();
    expect(bench.seen(0)).toEqual(['once']);
    expect(bench.calls('conversations.history')).toBe(0);
  });

  test('after the message arrived and before that is written down: found again, not sent again', async () => {
    await bench.send({ text: 'once', to: [0] });
    await reached('settle');
    expect(bench.seen(0)).toEqual(['once']);
    await bench.finish();
    expect(bench.seen(0)).toEqual(['once']);
    expect(bench.calls('chat.postMessage')).toBe(1);
    expect(bench.calls('conversations.history')).toBe(1);
    expect(await bench.states()).toEqual(['sent']);
  });

  test('after it on Teams, which cannot be asked: an admin is, and nothing is sent again', async () => {
    await bench.send({ text: 'once', to: ['teams 0'] });
    await reached('settle');
    await bench.finish();
    expect(bench.seen('teams 0')).toEqual(['once']);
    expect(await bench.states()).toEqual(['uncertain']);
  });

  test('between leaving and arriving: looked for, not found, sent', async () => {
    await bench.send({ text: 'once', to: [0] });
    await bench.expand();
    const [work] = await bench.claim(1, 0);
    if (!work) throw new Error('nothing claimed');
    await bench.queue.begin(work, 0);
    await bench.finish();
    expect(bench.seen(0)).toEqual(['once']);
    expect(bench.calls('conversations.history')).toBe(1);
  });

  test('and comes back to life after the lease: it sends nothing and writes nothing', async () => {
    await bench.send({ text: 'once', to: [0] });
    await bench.expand();
    const [work] = await bench.claim(1, 0);
    if (!work) throw new Error('nothing claimed');
    await bench.finish();
    expect(await bench.queue.begin(work, 30)).toBe(false);
    await bench.queue.settle(work, { state: 'dead', reason: 'late' });
    expect(await bench.states()).toEqual(['sent']);
  });
});

// The embedded database has the clock of its process.
test.skipIf(testDatabaseKind() !== 'postgres').each([
  ['slow', -3600],
  ['fast', 3600],
])(
  'a process whose clock is an hour %s holds what it took for as long as any other [Postgres only]',
  async (_, seconds) => {
    await bench.send({ text: 'once', to: [0] });
    await bench.expand();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1000 });
    try {
      expect(await bench.claim(1, 30)).toHaveLength(1);
    } finally {
      vi.useRealTimers();
    }
    expect(await bench.claim(1, 30)).toEqual([]);
    await bench.pass(31);
    expect(await bench.claim(1, 30)).toHaveLength(1);
  },
);

test('two relays and one message: one of them sends it', async () => {
  await bench.send(Array.from({ length: 10 }, (_, index) => ({ text: `n${index}`, to: [index] })));
  await Promise.all([bench.relay().drain(), bench.relay().drain(), bench.relay().drain()]);
  await bench.finish();
  expect(bench.calls('chat.postMessage')).toBe(10);
  for (let index = 0; index < 10; index += 1) expect(bench.seen(index)).toEqual([`n${index}`]);
});

describe('a lost answer', () => {
  test.each(['500', 'abort'] as const)('(%s) on Slack: found by its marker', async (lostAs) => {
    bench.slack.faults.add({ kind: 'lost_answer', method: 'chat.postMessage', count: 1, lostAs });
    await bench.send({ text: 'once', to: [0] });
    await bench.finish();
    expect(bench.seen(0)).toEqual(['once']);
    expect(await bench.states()).toEqual(['sent']);
  });

  test('while the platform still works on it: nobody sends it meanwhile', async () => {
    bench.slack.faults.add({ kind: 'lost_answer', method: 'chat.postMessage', count: 1 });
    await bench.send({ text: 'once', to: [0] });
    await bench.relay().drain();
    await bench.pass(shortTiming.lookAfterSeconds - 2);
    await bench.relay().drain();
    expect(bench.calls('conversations.history')).toBe(0);
  });

  test('and a look that fails as well: looked again, never sent blindly', async () => {
    bench.slack.faults.add({ kind: 'lost_answer', method: 'chat.postMessage', count: 1 });
    bench.slack.faults.add({ kind: '429', method: 'conversations.history', count: 1, retryAfter: 1 });
    bench.slack.faults.add({ kind: '500', method: 'conversations.history', count: 2 });
    await bench.send({ text: 'once', to: [0] });
    await bench.finish();
    expect(bench.seen(0)).toEqual(['once']);
    expect(bench.calls('conversations.history')).toBe(4);
    expect(bench.calls('chat.postMessage')).toBe(1);
  });

  test('after many refusals: still looked for, not left to an admin', async () => {
    bench.slack.faults.add({ kind: '429', method: 'chat.postMessage', count: 13, retryAfter: 1 });
    bench.slack.faults.add({ kind: 'lost_answer', method: 'chat.postMessage', count: 1 });
    await bench.send({ text: 'once', to: [0] });
    await bench.finish();
    expect(bench.seen(0)).toEqual(['once']);
    expect(await bench.states()).toEqual(['sent']);
  });

  test('that can never be looked for: an admin is asked, and nothing is sent', async () => {
    bench.slack.faults.add({ kind: 'lost_answer', method: 'chat.postMessage', count: 1 });
    bench.tamper((method) =>
      method === 'conversations.history'
        ? { status: 200, answer: { ok: false, error: 'missing_scope' } }
        : 'pass',
    );
    await bench.send({ text: 'once', to: [0] });
    await bench.finish();
    expect(bench.seen(0)).toEqual(['once']);
    expect(await bench.states()).toEqual(['uncertain']);
  });

  test('whose look is refused for a reason nobody knows: an admin is asked, and nothing is sent', async () => {
    bench.slack.faults.add({ kind: 'lost_answer', method: 'chat.postMessage', count: 1 });
    bench.tamper((method) =>
      method === 'conversations.history'
        ? { status: 200, answer: { ok: false, error: 'new_reason' } }
        : 'pass',
    );
    await bench.send({ text: 'once', to: [0] });
    await bench.finish();
    expect(bench.seen(0)).toEqual(['once']);
    expect(await bench.states()).toEqual(['uncertain']);
  });

  test('on Teams, which cannot be asked: an admin is, unless missing it is worse than two', async () => {
    bench.teams.faults.add({ kind: 'lost_answer', operation: 'post', count: 2 });
    await bench.send({ text: 'ask', to: ['teams 0'] }, note);
    await bench.send({ text: 'again', to: ['teams 1'] }, urgent);
    await bench.finish();
    expect(bench.seen('teams 0')).toEqual(['ask']);
    expect(bench.seen('teams 1')).toEqual(['again', 'again']);
    expect((await bench.states()).sort()).toEqual(['sent', 'uncertain']);
  });

  test('does not keep back what waits behind it', async () => {
    bench.teams.faults.add({ kind: 'lost_answer', operation: 'post', count: 1 });
    await bench.send([
      { text: 'ask', to: ['teams 0'] },
      { text: 'next', to: ['teams 0'] },
    ]);
    await bench.finish();
    expect(bench.seen('teams 0')).toEqual(['ask', 'next']);
  });
});

describe('our own database failing', () => {
  /** Fails so often at one point, as if the connection were lost. */
  function failing(point: keyof WorkQueue, times: number): Partial<WorkQueue> {
    let left = times;
    return {
      [point]: (work: QueuedWork, ...rest: never[]) => {
        if (work.op === 'post' && left > 0) {
          left -= 1;
          throw new DatabaseUnavailableError('connection closed');
        }
        return (bench.queue[point] as (...all: unknown[]) => unknown)(work, ...rest);
      },
    };
  }

  test('while a message is settled: found again, not sent again', async () => {
    await bench.send({ text: 'once', to: [0] });
    await bench.finish(bench.relay({ queue: { ...bench.queue, ...failing('settle', 1) } }));
    expect(bench.seen(0)).toEqual(['once']);
    expect(await bench.states()).toEqual(['sent']);
  });

  test('however often, never makes a dead letter, nor breaks a circuit', async () => {
    await bench.send({ text: 'once', to: [0] });
    await bench.finish(bench.relay({ queue: { ...bench.queue, ...failing('begin', 14) } }));
    expect(bench.seen(0)).toEqual(['once']);
    expect(await bench.states()).toEqual(['sent']);
    expect(bench.calls('chat.postMessage')).toBe(1);
  });

  test('after a long outage of the platform: neither', async () => {
    await bench.send({ text: 'once', to: [0] });
    await bench.expand();
    await bench.db.transaction({ as: 'relay' }, (tx) =>
      tx.update(outbox).set({ attempts: 200 }).where(sql`${outbox.op} = 'post'`),
    );
    await bench.finish(bench.relay({ queue: { ...bench.queue, ...failing('begin', 1) } }));
    expect(await bench.states()).toEqual(['sent']);
  });
});
