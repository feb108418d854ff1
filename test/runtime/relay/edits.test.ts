import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cancelQueued } from '../../../src/features/org/audit/queries.ts';
import { type Bench, note, placed, reply, startBench } from './support.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());
beforeEach(() => bench.reset());

describe('new words for a message', () => {
  test('that stands there change it in place, in every place it was sent to', async () => {
    await bench.send({ text: 'old', key: 'k', to: [0, 1, 'teams 0'] });
    await bench.finish();
    await bench.edit({ text: 'new', key: 'k', to: [0, 1, 'teams 0'] });
    await bench.finish();
    expect([bench.seen(0), bench.seen(1), bench.seen('teams 0')]).toEqual([['new'], ['new'], ['new']]);
  });

  test('that still waits are said at once, in one message', async () => {
    await bench.send({ text: 'old', key: 'k', to: [0] });
    await bench.expand();
    await bench.pass(-3600);
    await bench.edit({ text: 'new', key: 'k', to: [0] });
    await bench.relay().drain();
    expect(bench.seen(0)).toEqual([]);
    await bench.pass(3600);
    await bench.finish();
    expect(bench.seen(0)).toEqual(['new']);
    expect(bench.calls('chat.update')).toBe(0);
  });

  test('that is just being sent are not lost', async () => {
    await bench.send({ text: 'old', key: 'k', to: [0] });
    await bench.expand();
    let isEdited = false;
    const sending = bench.relay({
      queue: {
        ...bench.queue,
        begin: async (work, lease) => {
          if (!isEdited) {
            isEdited = true;
            await bench.edit({ text: 'new', key: 'k', to: [0] });
            await bench.relay().drain();
          }
          return bench.queue.begin(work, lease);
        },
      },
    });
    await sending.drain();
    await bench.finish();
    expect(bench.seen(0)).toEqual(['new']);
  });

  test('that lost its answer reach it once it is found', async () => {
    bench.slack.faults.add({ kind: 'lost_answer', method: 'chat.postMessage', count: 1 });
    await bench.send({ text: 'old', key: 'k', to: [0] });
    await bench.relay().drain();
    await bench.edit({ text: 'new', key: 'k', to: [0] });
    await bench.finish();
    expect(bench.seen(0)).toEqual(['new']);
  });

  test('are made again after a lost answer, a refusal and a failure', async () => {
    await bench.send({ text: 'old', key: 'k', to: [0] });
    await bench.finish();
    const method = 'chat.update';
    bench.slack.faults.add({ kind: 'lost_answer', method, count: 1 });
    bench.slack.faults.add({ kind: '429', method, count: 1, retryAfter: 1 });
    bench.slack.faults.add({ kind: '500', method, count: 1 });
    await bench.edit({ text: 'new', key: 'k', to: [0] });
    await bench.finish();
    expect(bench.seen(0)).toEqual(['new']);
  });

  test('that somebody deleted go nowhere, and the place still gets messages', async () => {
    await bench.send({ text: 'old', key: 'k', to: [0] });
    await bench.finish();
    await bench.remove(0, 'old');
    await bench.edit({ text: 'new', key: 'k', to: [0] });
    await bench.finish();
    await bench.edit({ text: 'newer', key: 'k', to: [0] });
    await bench.send({ text: 'next', to: [0] });
    await bench.finish();
    expect(bench.seen(0)).toEqual(['next']);
    expect(bench.paused).toEqual([]);
    expect(bench.calls('chat.update')).toBe(1);
    expect(await bench.states()).toEqual(['sent', 'cancelled', 'sent']);
  });

  test('of one key from many hands end with the last ones', async () => {
    await bench.send({ text: 'v0', key: 'k', to: [0] });
    for (let version = 1; version <= 8; version += 1) {
      await bench.edit({ text: `v${version}`, key: 'k', to: [0] });
    }
    await Promise.all([bench.relay().drain(), bench.relay().drain()]);
    await bench.finish();
    expect(bench.seen(0)).toEqual(['v8']);
  });
});

describe('a message that is not for a channel any more', () => {
  const stand = async () => {
    await bench.send({ text: 'secret', key: 'k', to: [0, 1, 'teams 0'] }, placed);
    await bench.finish();
  };

  test('is withdrawn there once, and goes on elsewhere', async () => {
    await stand();
    await bench.edit({ text: 'more secret', key: 'k', to: [0] }, placed);
    await bench.finish();
    expect([bench.seen(0), bench.seen(1), bench.seen('teams 0')]).toEqual([
      ['more secret'],
      ['withdrawn'],
      ['withdrawn'],
    ]);
    const updates = bench.calls('chat.update');
    await bench.edit({ text: 'yet more', key: 'k', to: [0] }, placed);
    await bench.finish();
    expect([bench.seen(0), bench.seen(1)]).toEqual([['yet more'], ['withdrawn']]);
    expect(bench.calls('chat.update')).toBe(updates + 1);
  });

  /** Before what was queued is sent. */
  const editFirst = async (to: number[]) => {
    await bench.expand();
    await bench.pass(-3600);
    await bench.edit({ text: 'secret', key: 'k', to }, placed);
    await bench.relay().drain();
    await bench.pass(3600);
    await bench.finish();
  };

  test('changes nothing where it says what it said', async () => {
    await stand();
    await bench.edit({ text: 'secret', key: 'k', to: [0] }, placed);
    await bench.finish();
    expect([bench.seen(0), bench.seen(1)]).toEqual([['secret'], ['withdrawn']]);
    expect(bench.calls('chat.update')).toBe(1);
  });

  test('comes back when it is for it again', async () => {
    await stand();
    await bench.edit({ text: 'secret', key: 'k', to: [0] }, placed);
    await bench.edit({ text: 'secret', key: 'k', to: [0, 1] }, placed);
    await bench.finish();
    expect([bench.seen(0), bench.seen(1), bench.seen('teams 0')]).toEqual([
      ['secret'],
      ['secret'],
      ['withdrawn'],
    ]);
  });

  test('is not sent there if it still waited', async () => {
    await bench.send({ text: 'secret', key: 'k', to: [0, 1] }, placed);
    await editFirst([0]);
    expect([bench.seen(0), bench.seen(1)]).toEqual([['secret'], []]);
  });

  test('is withdrawn also where its answer was lost', async () => {
    bench.slack.faults.add({ kind: 'lost_answer', method: 'chat.postMessage', count: 1 });
    await bench.send({ text: 'secret', key: 'k', to: [0] }, placed);
    await bench.relay().drain();
    await bench.edit({ text: 'secret', key: 'k', to: [1] }, placed);
    await bench.finish();
    expect(bench.seen(0)).toEqual(['withdrawn']);
  });

  test.each(['stands there', 'still waits'])('and %s takes no replies there', async (how) => {
    if (how === 'stands there') await stand();
    else await bench.send({ text: 'secret', key: 'k', to: [0, 1] }, placed);
    await bench.send({ text: 'reply', to: [0, 1], under: 'k' }, reply);
    await editFirst([0]);
    expect(bench.seen(0)).toEqual(['secret', 'reply']);
    expect(bench.seen(1)).toEqual(how === 'stands there' ? ['withdrawn'] : []);
  });
});

describe('a reply', () => {
  const replies = () =>
    bench.slack
      .messages({ all: true })
      .filter(({ threadTs, isDeleted }) => threadTs !== undefined && !isDeleted);

  test('stands in the thread of its message, even if both were queued at once', async () => {
    await bench.inOrg(async (ctx) => {
      ctx.notify(note, { text: 'parent', to: [0] });
      ctx.notify(note, { text: 'reply', to: [0], under: 'parent' });
    });
    await bench.finish();
    expect(replies()).toHaveLength(1);
  });

  test('whose answer was lost is found in its thread', async () => {
    await bench.send({ text: 'parent', to: [0] });
    await bench.finish();
    bench.slack.faults.add({ kind: 'lost_answer', method: 'chat.postMessage', count: 1 });
    await bench.send({ text: 'reply', to: [0], under: 'parent' });
    await bench.finish();
    expect(replies()).toHaveLength(1);
    expect(bench.calls('chat.postMessage')).toBe(2);
  });

  test('to a message that was deleted stands on its own, once', async () => {
    await bench.send({ text: 'parent', to: [0] });
    await bench.finish();
    await bench.remove(0, 'parent');
    await bench.send({ text: 'reply', to: [0], under: 'parent' });
    await bench.finish();
    expect(bench.seen(0)).toEqual(['reply']);
    expect(bench.paused).toEqual([]);
    expect(await bench.states()).toEqual(['sent', 'sent']);
  });

  test('to a message that was deleted, with its answer lost, is one all the same', async () => {
    await bench.send({ text: 'parent', to: [0] });
    await bench.finish();
    await bench.remove(0, 'parent');
    // The first request is refused for the thread; the second arrives and its answer does not.
    let asked = 0;
    bench.tamper((method) => {
      if (method === 'chat.postMessage') asked += 1;
      if (asked === 2) bench.slack.faults.add({ kind: 'lost_answer', method: 'chat.postMessage', count: 1 });
      return 'pass';
    });
    await bench.send({ text: 'reply', to: [0], under: 'parent' });
    await bench.finish();
    expect(bench.seen(0)).toEqual(['reply']);
  });
});

test('what is undone before it was sent is not sent, and what was sent is counted', async () => {
  const auditIds = [
    await bench.inOrg(async (ctx) => {
      ctx.notify(note, { text: 'undone', to: [0] });
      return ctx.auditId;
    }),
  ];
  await bench.expand();
  const taken = await bench.inOrg((ctx) => cancelQueued(ctx, auditIds));
  expect(taken).toEqual({ cancelled: 1, sent: 0 });
  await bench.finish();
  expect(bench.seen(0)).toEqual([]);
});
