import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createWorkQueue } from '../../../src/infra/work-queue.ts';
import { type Bench, noPace, note, startBench } from './support.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());
beforeEach(() => bench.reset());

const texts = (count: number, prefix = 'n') =>
  Array.from({ length: count }, (_, index) => `${prefix}${String(index).padStart(3, '0')}`);

/** All of them in one commit. */
const sendAtOnce = (to: number, said: readonly string[]) =>
  bench.inOrg(async (ctx) => {
    for (const text of said) ctx.notify(note, { text, to: [to] });
  });

/** In the long run as many as in QUALITY.md. */
const count = process.env.PARLEY_LONG === '1' ? 500 : 40;

test('what is made while a relay looks for more is sent by it, not at its next tick', async () => {
  await bench.send({ text: 'made meanwhile', to: [0] });
  const slowToLook = bench.relay({
    queue: {
      ...bench.queue,
      claim: async (...args) => {
        const claimed = await bench.queue.claim(...args);
        // Whatever is in hand is settled before the answer is here.
        await sleep(250);
        return claimed;
      },
    },
  });
  await slowToLook.drain();
  expect(bench.seen(0)).toEqual(['made meanwhile']);
});

describe('messages into one place', () => {
  test('arrive in the order they were queued, with several relays at work', async () => {
    await bench.send(texts(20).map((text) => ({ text, to: [0] })));
    await Promise.all([bench.relay().drain(), bench.relay().drain(), bench.relay().drain()]);
    await bench.finish();
    expect(bench.seen(0)).toEqual(texts(20));
  });

  test('keep their order when one of them is refused for now, fails or loses its answer', async () => {
    const method = 'chat.postMessage';
    bench.slack.faults.seed(7);
    bench.slack.faults.add({ kind: '429', method, rate: 0.2, retryAfter: 1 });
    bench.slack.faults.add({ kind: '500', method, rate: 0.1 });
    bench.slack.faults.add({ kind: 'lost_answer', method, rate: 0.1 });
    await bench.send(texts(20).map((text) => ({ text, to: [0] })));
    await bench.finish();
    expect(bench.seen(0)).toEqual(texts(20));
  });

  test('wait for a message that was queued before and is only now being addressed', async () => {
    let goOn = () => {};
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    await bench.send({ text: 'first', to: [0] });
    let isHeld = () => {};
    const reached = new Promise<void>((resolve) => {
      isHeld = resolve;
    });
    const slow = bench.relay({
      posts: {
        ...bench.posts,
        send: async (...args) => {
          isHeld();
          await held;
          return bench.posts.send(...args);
        },
      },
    });
    const slowly = slow.drain();
    await reached;
    await bench.send({ text: 'second', to: [0] });
    await bench.relay().drain();
    expect(bench.seen(0)).toEqual([]);
    goOn();
    await slowly;
    await bench.finish();
    expect(bench.seen(0)).toEqual(['first', 'second']);
  });

  test('go out at its pace: many with 30 % refused for now arrive in order, and others do not wait', async () => {
    const queue = createWorkQueue(bench.db, { ...noPace, slack: { everyMs: 2, burst: 5 } });
    const relay = bench.relay({ queue });
    bench.slack.faults.add({
      kind: '429',
      method: 'chat.postMessage',
      channel: 'C0R0',
      rate: 0.3,
      retryAfter: 1,
    });
    await sendAtOnce(0, texts(count));
    await sendAtOnce(1, texts(20, 'other'));
    let whenOthersWere: number | undefined;
    while (bench.seen(0).length < count) {
      await relay.drain();
      if (bench.seen(1).length === 20) whenOthersWere ??= bench.seen(0).length;
      await bench.pass(2);
    }
    expect(bench.seen(0)).toEqual(texts(count));
    expect(bench.seen(1)).toEqual(texts(20, 'other'));
    expect(whenOthersWere).toBeLessThan(30);
  }, 120_000);

  test('share one allowance, however many relays there are', async () => {
    const queue = createWorkQueue(bench.db, { ...noPace, slack: { everyMs: 600_000, burst: 3 } });
    await bench.send(texts(10).map((text) => ({ text, to: [0] })));
    const relays = [bench.relay({ queue }), bench.relay({ queue }), bench.relay({ queue })];
    await Promise.all(relays.map((relay) => relay.drain()));
    expect(bench.seen(0)).toEqual(texts(3));
  });
});

test('a place that takes seconds to answer holds up neither what waits nor what is queued meanwhile', async () => {
  bench.slack.faults.add({ kind: 'slow', channel: 'C0R0', method: 'chat.postMessage', delayMs: 10_000 });
  const relay = bench.relay();
  relay.start();
  try {
    await bench.send([
      { text: 'slow', to: [0] },
      { text: 'beside', to: [1] },
    ]);
    relay.wake();
    await expect.poll(() => bench.seen(1), { timeout: 6000 }).toEqual(['beside']);
    // By now nothing is left to claim, and the relay waits for the slow one.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await bench.send({ text: 'meanwhile', to: [2] });
    relay.wake();
    await expect.poll(() => bench.seen(2), { timeout: 6000 }).toEqual(['meanwhile']);
    expect(bench.seen(0)).toEqual([]);
    await expect.poll(() => bench.seen(0), { timeout: 15_000 }).toEqual(['slow']);
  } finally {
    await relay.stop();
  }
});
