import { beforeEach, expect, it } from 'vitest';
import { openPress, type TestApp, testApp } from '../../../support/app.ts';
import { ownScope, readDigest, sumsOf } from '../../insight/figures-support.ts';

// Q-2 of Emma's D-1 is sent and stands until 12 November, Q-4 of Wei's D-5 until 1 December.
let app: TestApp;
beforeEach(async () => {
  app = await testApp();
});

const own = (key: string) => ownScope(app, key);
const about = (text: string) => text.split('\n').filter((line) => /⌛|about to expire|即将到期/.test(line));

it('the morning list names the own quotes that expire within three days, to extend them at once', async () => {
  const { text, lines } = await readDigest(app, 'morning', await own('emma'));
  expect(about(text)).toEqual([
    expect.stringMatching(/Q-2 Acme .*D-1 · EUR 80,000.* · expires .*\(in 2 d\)/),
  ]);
  const [extend, open] = lines.find(({ record }) => record?.kind === 'quote')?.buttons ?? [];
  if (!extend || !open) throw new Error('no buttons');
  expect(openPress(open.press).a).toBe('quotes.show');
  expect((await app.as('emma').press(extend.press)).kind).toBe('card');
  expect(about((await readDigest(app, 'morning', await own('emma'))).text)).toEqual([]);
});

it('neither drafts, nor what stands longer, nor what has expired is named', async () => {
  expect((await readDigest(app, 'morning', await own('emma'))).text).not.toContain('Q-3');
  expect(about((await readDigest(app, 'morning', await own('wei'))).text)).toEqual([]);
  const named = async (on: string) =>
    about((await readDigest(app, 'morning', { ...(await own('emma')), on })).text).length;
  expect([
    await named('2026-11-08'),
    await named('2026-11-09'),
    await named('2026-11-12'),
    await named('2026-11-13'),
  ]).toEqual([0, 1, 1, 0]);
});

it('a team reads its own in one line with their sum, and nobody else’s', async () => {
  const { text, figures } = await readDigest(app, 'team', await own('emma'));
  expect(about(text)).toEqual([expect.stringMatching(/1 quote about to expire · EUR [\d,]+ · Q-2 Acme/)]);
  const figure = figures.get('quotes-expiring');
  expect(figure && sumsOf(figure)).toMatchObject([{ currency: 'EUR', records: 1 }]);
  expect(about((await readDigest(app, 'team', await own('wei'))).text)).toEqual([]);
  app.clock.set('2026-11-30T02:00:00Z');
  const east = await readDigest(app, 'team', await own('wei'), 'zh-CN');
  expect(about(east.text)).toEqual([expect.stringMatching(/1 份报价单即将到期 · CN?.*850,000.* · Q-4/)]);
});
