import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Bench, many, startBench } from './support.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());
beforeEach(() => bench.reset());

const texts = Array.from({ length: 12 }, (_, at) => `n${at}`);

describe('messages that waited and are told as one', () => {
  beforeEach(async () => {
    await bench.send(
      texts.map((text) => ({ text, key: text, to: [0] })),
      many,
    );
    await bench.expand();
    await bench.finish();
    expect(bench.seen(0)).toEqual([texts.join(' + ')]);
  });

  test('stay whole when the first of them changes', async () => {
    await bench.edit({ text: 'n0 done', key: 'n0', to: [0] }, many);
    await bench.finish();
    expect(bench.seen(0)).toEqual([['n0 done', ...texts.slice(1)].join(' + ')]);
  });

  test('say the new words of any other of them', async () => {
    await bench.edit({ text: 'n7 done', key: 'n7', to: [0] }, many);
    await bench.finish();
    expect(bench.seen(0)).toEqual([texts.map((text) => (text === 'n7' ? 'n7 done' : text)).join(' + ')]);
  });

  test('take nothing in that is queued later', async () => {
    await bench.send(
      texts.map((text) => ({ text: `later ${text}`, key: `later ${text}`, to: [0] })),
      many,
    );
    await bench.edit({ text: 'n0 done', key: 'n0', to: [0] }, many);
    await bench.expand();
    await bench.finish();
    expect(bench.seen(0)).toEqual([
      ['n0 done', ...texts.slice(1)].join(' + '),
      texts.map((text) => `later ${text}`).join(' + '),
    ]);
  });
});
