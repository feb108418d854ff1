import { afterEach, describe, expect, test } from 'vitest';
import { type Scene, type Seen, startScene } from '../features/insight/alerts/support.ts';
import { testApp } from '../support/app.ts';

const channel = { kind: 'channel', id: 'C0WEST', name: 'sales-west' } as const;

/** Fields that are not for everybody, as they look when they are shown. */
const fields: Readonly<Record<string, RegExp>> = {
  amount: /(?:CNY|USD|EUR|¥|\$|€)\s?[\d,.]*\d|\d+(?:\.\d+)?\s?[kKM万]\b/,
  percent: /\d\s?%|\d折/,
  'e-mail': /[\w.+-]+@[\w-]+\.\w+/,
  phone: /\+?\d{2,4}[ -]\d{3,4}[ -]?\d{3,}|\+\d{9,}/,
  person: /Emma Clark|Tom Becker|Wei Zhang|Lei Wang|Li Na/,
};
const fieldsIn = (text: string) => Object.keys(fields).filter((name) => fields[name]?.test(text));

let scene: Scene | undefined;
afterEach(async () => {
  await scene?.close();
  scene = undefined;
});

/** Everything that posts to a channel by itself, set up there while it is the company's own, then made to happen. */
async function postedIn(isShared: boolean): Promise<{ posted: Seen[]; replies: string[] }> {
  scene = await startScene();
  const { app } = scene;
  const at = { ...channel, isShared };
  await scene.inSlack('tom', 'sales-west').type('alerts here lost');
  await scene.inSlack('tom', 'sales-west').type('digest here daily 09:00');
  await scene.inSlack('ada', 'sales-west').type('deal-desk here');
  await scene.drain();
  if (isShared) expect(await scene.hear({ type: 'channel_shared', channel: channel.name })).toBe(200);
  const before = scene.slack('sales-west').length;
  const replies: string[] = [];
  replies.push((await app.as('tom').in(at).type('quote-share Q-2')).text);
  for (const line of ['alerts here lost', 'digest here daily 09:00', 'deal-desk here']) {
    replies.push((await app.as('ada').in(at).type(line)).text);
  }
  await scene.type('emma', 'discount D-1 15% -- match the rival');
  await scene.type('emma', 'lost D-1 reason:price');
  await scene.drain();
  // Through the next morning, wherever the channel is.
  for (let hour = 0; hour < 26; hour += 1) {
    scene.forward(60);
    await scene.tick();
  }
  return { posted: scene.slack('sales-west').slice(before), replies };
}

describe('what the service posts into a channel', () => {
  test('tells amounts and people of alerts, approvals, quotes and digests to the company itself', async () => {
    const { posted } = await postedIn(false);
    const all = posted.map(({ text, card }) => `${text} ${card}`);
    expect(all.filter((text) => /D-1\b/.test(text)).length).toBeGreaterThan(0);
    const shown = new Set(all.flatMap(fieldsIn));
    for (const field of ['amount', 'percent', 'person']) expect(shown, field).toContain(field);
    for (const surface of [/A-\d+/, /Q-2/, /as of Wed/, /🔴|lost|Lost/]) {
      expect(
        all.some((text) => surface.test(text)),
        String(surface),
      ).toBe(true);
    }
  });

  test('tells none of it where another company reads along, and says why to whoever asks', async () => {
    const { posted, replies } = await postedIn(true);
    expect(posted.map(({ text }) => text)).toEqual([]);
    for (const reply of replies)
      expect(reply).toMatch(/shared with another company|never go there|other compan/i);
  });
});

describe('what a partner reads', () => {
  const cards: readonly [what: string, line: string][] = [
    ['an account', 'show C-1'],
    ['a contact', 'show K-1'],
    ['a lead', 'show L-1'],
    ['a deal', 'show D-1'],
    ['a quote', 'show Q-2'],
    ['an approval', 'show A-1'],
    ['waiting approvals', 'approvals'],
    ['a funnel', 'pipeline'],
    ['a search', 'find acme'],
    ['a history', 'why D-1'],
    ['a forecast', 'forecast'],
    ['metrics', 'metrics'],
    ['digests', 'digest list'],
    ['alerts', 'alerts list'],
  ];

  test.each(cards)('of %s holds nothing of what a manager reads there', async (_what, line) => {
    const app = await testApp();
    const [mine, theirs] = [await app.as('ada').type(line), await app.as('pia').type(line)];
    const secrets = secretsOf(mine.text);
    expect(theirs.text).toContain('You may not do that');
    expect(secrets.filter((secret) => theirs.text.includes(secret))).toEqual([]);
    expect(fieldsIn(theirs.text).filter((field) => field !== 'person')).toEqual([]);
  });

  test('and a manager reads each kind of field somewhere there, so that there is something to hold back', async () => {
    const app = await testApp();
    const texts: string[] = [];
    for (const [, line] of cards) texts.push((await app.as('ada').type(line)).text);
    const shown = new Set(texts.flatMap(fieldsIn));
    expect([...shown].toSorted()).toEqual(Object.keys(fields).toSorted());
  });
});

/** Every value of a field in a text. Who may do what a partner may not is named to them, as to everybody. */
function secretsOf(text: string): string[] {
  const { person: _, ...secret } = fields;
  return Object.values(secret).flatMap((pattern) =>
    [...text.matchAll(new RegExp(pattern.source, 'g'))].map(([value]) => value),
  );
}
