import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openGate } from '../../../src/store/gates.ts';
import { gates } from '../../../src/store/tables/outbox.ts';
import { type Bench, many, startBench, team } from './support.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());
beforeEach(() => bench.reset());

const notes = (count: number, to: number) =>
  Array.from({ length: count }, (_, index) => ({ text: `n${String(index).padStart(3, '0')}`, to: [to] }));

const open = (key: string) =>
  bench.db.transaction({ as: 'app', orgId: bench.orgId }, (tx) => openGate(tx, bench.orgId, key));

/** A relay that claims one message and ends with it. */
async function sendOne(): Promise<void> {
  const claim = async () => ({ work: await bench.claim(1), nextInMs: undefined });
  const relay = bench.relay({ queue: { ...bench.queue, claim } });
  const settled = relay.drain();
  await relay.stop();
  await settled;
}

describe('an archived channel', () => {
  beforeEach(() => {
    const channel = bench.slack.workspaces()[0]?.channels[0];
    if (channel) channel.isArchived = false;
  });
  const archive = (isArchived: boolean) => {
    const channel = bench.slack.workspaces()[0]?.channels[0];
    if (!channel) throw new Error('no channel');
    channel.isArchived = isArchived;
  };

  test('is asked once, is told of once, and gets what waited in order when it is opened again', async () => {
    archive(true);
    await bench.send([...notes(8, 0), { text: 'elsewhere', to: [1] }]);
    await bench.finish();
    await bench.send([{ text: 'later', to: [0] }]);
    await bench.finish();
    expect(bench.slack.calls().filter(({ error }) => error === 'is_archived')).toHaveLength(1);
    expect(bench.paused).toMatchObject([
      { scope: 'destination', reason: 'is_archived', place: { kind: 'channel', id: 'C0R0' } },
    ]);
    expect(bench.seen(1)).toEqual(['elsewhere']);
    const states = await bench.states();
    expect(states.filter((state) => state === 'paused')).toHaveLength(9);
    archive(false);
    expect(await open(`slack:${team}:channel:C0R0`)).toBe(9);
    await bench.finish();
    expect(bench.seen(0)).toEqual([...notes(8, 0).map(({ text }) => text), 'later']);
    archive(true);
    await bench.send({ text: 'again', to: [0] });
    await bench.finish();
    expect(bench.paused).toHaveLength(2);
    archive(false);
  });
});

test('a revoked token pauses the installation with one call, and nothing else', async () => {
  bench.slack.faults.add({ kind: 'revoked_token', method: 'chat.postMessage' });
  for (let index = 0; index < 12; index += 1) {
    await bench.send({ text: 'told', key: `k${index}`, to: [index] });
  }
  await bench.expand();
  await sendOne();
  await bench.send({ text: 'teams', to: ['teams 0'] });
  await bench.finish();
  expect(bench.calls('chat.postMessage')).toBe(1);
  expect(bench.paused).toMatchObject([{ scope: 'installation', gate: `slack:${team}` }]);
  expect(bench.seen('teams 0')).toEqual(['teams']);
  await bench.send({ text: 'told', key: 'later', to: [0] });
  await bench.finish();
  expect(bench.calls('chat.postMessage')).toBe(1);
  bench.slack.faults.clear();
  expect(await open(`slack:${team}`)).toBe(13);
  await bench.finish();
  expect(bench.seen(3)).toEqual(['told']);
});

test('a revoked token that many messages meet at once is told of once', async () => {
  bench.slack.faults.add({ kind: 'revoked_token', method: 'chat.postMessage' });
  await bench.send(Array.from({ length: 6 }, (_, index) => ({ text: `n${index}`, to: [index] })));
  await bench.expand();
  await bench.finish();
  expect(bench.calls('chat.postMessage')).toBeGreaterThan(1);
  expect(bench.paused).toMatchObject([{ scope: 'installation', gate: `slack:${team}` }]);
});

describe('a platform that is down', () => {
  const breakIt = async () => {
    bench.slack.faults.add({ kind: '500', method: 'chat.postMessage', count: 5 });
    await bench.send(Array.from({ length: 12 }, (_, index) => ({ text: `n${index}`, to: [index] })));
    await bench.expand();
    // One after the other, so that exactly five have failed.
    for (let failed = 0; failed < 5; failed += 1) await sendOne();
  };
  const gate = async () => {
    const rows = await bench.db.transaction({ as: 'relay' }, (tx) =>
      tx
        .select()
        .from(gates)
        .where(eq(gates.key, `slack:${team}`)),
    );
    return rows[0];
  };

  test('is left alone after five failures, and then asked by one message only, whatever relays there are', async () => {
    await breakIt();
    expect(bench.calls('chat.postMessage')).toBe(5);
    expect((await gate())?.closedUntil).not.toBeNull();
    await Promise.all([bench.relay().drain(), bench.relay().drain()]);
    expect(bench.calls('chat.postMessage')).toBe(5);
    await bench.pass(6);
    const claimed = await Promise.all([bench.claim(24), bench.claim(24), bench.claim(24)]);
    expect(claimed.flat()).toHaveLength(1);
  });

  test('is not left alone for longer because many messages were under way when it went down', async () => {
    bench.slack.faults.add({ kind: '500', method: 'chat.postMessage' });
    await bench.send(Array.from({ length: 12 }, (_, index) => ({ text: `n${index}`, to: [index] })));
    await bench.expand();
    await bench.relay().drain();
    expect(bench.calls('chat.postMessage')).toBeGreaterThan(5);
    expect((await gate())?.failures).toBe(5);
    // Whoever goes ahead to see lets it be left alone for longer.
    await bench.pass(6);
    await bench.relay().drain();
    expect((await gate())?.failures).toBe(6);
  });

  test('that is back closes the circuit with the first success, and all is sent once', async () => {
    await breakIt();
    await bench.finish();
    expect((await gate())?.failures).toBe(0);
    for (let index = 0; index < 12; index += 1) expect(bench.seen(index)).toEqual([`n${index}`]);
  });

  test('that is back is told everything as soon as one has seen it, not when that one had to be back', async () => {
    await breakIt();
    await bench.pass(15);
    await bench.relay().drain();
    for (let index = 0; index < 12; index += 1) expect(bench.seen(index)).toEqual([`n${index}`]);
  });

  test('for four hours: all is sent afterwards, nothing is given up', async () => {
    bench.slack.faults.add({ kind: '500' });
    await bench.send(Array.from({ length: 12 }, (_, index) => ({ text: `n${index}`, to: [index] })));
    for (let passed = 0; passed < 4 * 3600; passed += 1800) {
      await bench.relay().drain();
      await bench.pass(1800);
    }
    bench.slack.faults.clear();
    await bench.finish();
    for (let index = 0; index < 12; index += 1) expect(bench.seen(index)).toEqual([`n${index}`]);
    expect(new Set(await bench.states())).toEqual(new Set(['sent']));
  });

  test('for more than a day: what nobody has seen is given up where an admin sees it', async () => {
    bench.slack.faults.add({ kind: '500' });
    await bench.send({ text: 'old', to: [0] });
    for (let passed = 0; passed < 26 * 3600; passed += 4 * 3600) {
      await bench.relay().drain();
      await bench.pass(4 * 3600);
    }
    bench.slack.faults.clear();
    await bench.finish();
    expect(bench.seen(0)).toEqual([]);
    expect(['dead', 'uncertain']).toContain((await bench.states())[0]);
  });
});

describe('a card the platform refuses', () => {
  const refuseCards = (text: string) =>
    bench.tamper((method, body) =>
      method === 'chat.postMessage' && body.includes(text) && body.includes('"actions"')
        ? { status: 200, answer: { ok: false, error: 'invalid_blocks' } }
        : 'pass',
    );

  test('is a dead letter, its words follow as plain text, and others are not held up', async () => {
    refuseCards('poison');
    await bench.send([
      { text: 'before', to: [0] },
      { text: 'poison', to: [0] },
      { text: 'after', to: [0] },
      { text: 'poison', key: 'too', to: [1] },
    ]);
    await bench.finish();
    expect(bench.seen(0)).toEqual(expect.arrayContaining(['before', 'poison', 'after']));
    expect(bench.seen(0)).toHaveLength(3);
    expect(bench.seen(1)).toEqual(['poison']);
    expect((await bench.states()).sort()).toEqual(['dead', 'dead', 'sent', 'sent', 'sent', 'sent']);
    expect(bench.errors.map(({ message }) => message)).toEqual(['message refused', 'message refused']);
  });

  test('whose plain text is lost on the way is looked for as well', async () => {
    refuseCards('poison');
    bench.slack.faults.add({ kind: 'lost_answer', method: 'chat.postMessage', count: 1 });
    await bench.send({ text: 'poison', to: [0] });
    await bench.finish();
    expect(bench.seen(0)).toEqual(['poison']);
  });
});

describe('many messages that waited for one place', () => {
  test('are told as one, those of other kinds apart', async () => {
    await bench.send(notes(12, 0), many);
    await bench.send({ text: 'other', to: [0] });
    await bench.send(
      notes(5, 1).map((one) => ({ ...one, key: `1 ${one.text}` })),
      many,
    );
    await bench.expand();
    await bench.finish();
    expect(bench.seen(0)).toEqual([
      notes(12, 0)
        .map(({ text }) => text)
        .join(' + '),
      'other',
    ]);
    expect(bench.seen(1)).toHaveLength(5);
    expect((await bench.states()).filter((state) => state === 'folded')).toHaveLength(11);
  });

  test('are told once when the one that tells them is interrupted at any point', async () => {
    bench.slack.faults.add({ kind: '500', method: 'chat.postMessage', count: 1 });
    bench.slack.faults.add({ kind: 'lost_answer', method: 'chat.postMessage', count: 1 });
    await bench.send(notes(12, 0), many);
    await bench.expand();
    await bench.finish();
    expect(bench.seen(0)).toEqual([
      notes(12, 0)
        .map(({ text }) => text)
        .join(' + '),
    ]);
  });
});
