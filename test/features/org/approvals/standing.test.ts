import { and, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { members } from '../../../../src/store/tables/people.ts';
import { type Scene, type Seen, startScene } from '../../insight/alerts/support.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await startScene();
});
afterEach(() => scene.close());

const secrets = /%|CNY|USD|EUR|¥|€|折|A-\d|D-\d|Acme|Emma|Tom|Wei|rival|Approve|Reject/;
/** Cards that stand in a channel by themselves, and what stands under one. */
const cardsIn = (channel: string) => scene.slack(channel).filter(({ thread }) => thread === undefined);
const under = (channel: string, card: Seen | undefined) =>
  scene.slack(channel).filter(({ thread }) => thread === card?.id);
const numberIn = (reply: string) => /A-\d+/.exec(reply)?.[0] ?? 'no number';
const cardOf = (channel: string, number: string) =>
  cardsIn(channel).find(({ text }) => text.includes(number));
const still = (channel: string, card: Seen | undefined) =>
  scene.slack(channel).find(({ id }) => id === card?.id);

/** Emma asks; the card stands in the desk. */
async function ask(channel: string): Promise<{ number: string; card: Seen | undefined }> {
  const number = numberIn(await scene.type('emma', 'discount D-12 15% -- match the rival'));
  const card = cardOf(channel, number);
  expect(card?.card).toContain('15%');
  return { number, card };
}

function expectWithdrawn(channel: string, card: Seen | undefined): void {
  const now = still(channel, card);
  expect(now?.isEdited).toBe(true);
  expect(now?.text).toContain('A request that stood here is dealt with elsewhere now.');
  expect(`${now?.text} ${now?.card}`).not.toMatch(secrets);
  expect(now?.card).not.toContain('"actions"');
}

describe('a channel that other companies read by now', () => {
  it('shows neither requests that wait, nor those that had their answer, nor what was said of them', async () => {
    await scene.inSlack('ada', 'deal-desk').type('deal-desk here');
    const { number, card } = await ask('deal-desk');
    await scene.type('tom', `ask ${number} what does the rival offer?`);
    expect(under('deal-desk', card)).toHaveLength(1);
    await scene.type('tom', `reject ${number} -- too much`);
    const waiting = await ask('deal-desk');
    scene.forward(3 * 24 * 60);
    const fresh = numberIn(await scene.type('wei', 'discount D-6 15%'));
    const standing = [card, waiting.card, cardOf('deal-desk', fresh)];
    expect(await scene.hear({ type: 'channel_shared', channel: 'deal-desk' })).toBe(200);
    for (const one of standing) expectWithdrawn('deal-desk', one);
    for (const { text, card: words } of scene.slack('deal-desk')) {
      expect(`${text} ${words}`).not.toMatch(secrets);
    }
  });

  it('is told nothing more, and elsewhere it goes on', async () => {
    await scene.inSlack('ada', 'deal-desk').type('deal-desk here');
    const { number, card } = await ask('deal-desk');
    await scene.hear({ type: 'channel_shared', channel: 'deal-desk' });
    const before = scene.slack('deal-desk').length;
    await scene.type('tom', `ask ${number} what does the rival offer?`);
    await scene.type('tom', `reject ${number} -- too much`);
    expect(scene.slack('deal-desk')).toHaveLength(before);
    expectWithdrawn('deal-desk', card);
    expect(scene.direct('tom').find(({ text }) => text.includes(number))?.text).toMatch(/rejected/i);
  });

  it('shows them again once it is the company’s own', async () => {
    await scene.inSlack('ada', 'deal-desk').type('deal-desk here');
    const { card } = await ask('deal-desk');
    await scene.hear({ type: 'channel_shared', channel: 'deal-desk' });
    expectWithdrawn('deal-desk', card);
    await scene.hear({ type: 'channel_unshared', channel: 'deal-desk' });
    expect(still('deal-desk', card)?.text).toBe(card?.text);
    expect(still('deal-desk', card)?.card).toContain('Approve');
  });
});

describe('a channel that gets less than it did', () => {
  it('shows a request no more when its desk is taken away, and does when it is made again', async () => {
    await scene.inSlack('ada', 'deal-desk').type('deal-desk here');
    const { number, card } = await ask('deal-desk');
    await scene.inSlack('ada', 'deal-desk').type('deal-desk off');
    await scene.drain();
    expectWithdrawn('deal-desk', card);
    await scene.type('tom', `ask ${number} what does the rival offer?`);
    expect(under('deal-desk', card)).toEqual([]);
    await scene.inSlack('ada', 'deal-desk').type('deal-desk here');
    await scene.drain();
    expect(still('deal-desk', card)?.card).toContain('Approve');
    expect(cardsIn('deal-desk').filter(({ text }) => text.includes(number))).toHaveLength(1);
  });

  it('keeps what had its answer while it was a desk', async () => {
    await scene.inSlack('ada', 'deal-desk').type('deal-desk here');
    const { number, card } = await ask('deal-desk');
    await scene.type('tom', `reject ${number} -- too much`);
    const told = still('deal-desk', card);
    await scene.inSlack('ada', 'deal-desk').type('deal-desk off');
    await scene.drain();
    expect(still('deal-desk', card)).toEqual(told);
  });

  it('shows only requests of the team it is narrowed to', async () => {
    await scene.inSlack('ada', 'deal-desk').type('deal-desk here');
    const { card } = await ask('deal-desk');
    const east = numberIn(await scene.type('wei', 'discount D-6 15%'));
    await scene.inSlack('ada', 'deal-desk').type('deal-desk here group:East');
    await scene.drain();
    expectWithdrawn('deal-desk', card);
    expect(cardOf('deal-desk', east)?.card).toContain('Approve');
  });

  it('shows none when whoever set it up may not see them any more', async () => {
    await scene.inSlack('tom', 'sales-west').type('deal-desk here');
    const { card } = await ask('sales-west');
    await scene.type('ada', 'role @tom rep');
    expectWithdrawn('sales-west', card);
  });

  it('is looked after by the watch where nothing else told of it', async () => {
    await scene.inSlack('tom', 'sales-west').type('deal-desk here');
    const { card } = await ask('sales-west');
    const { app } = scene;
    await app.inOrg((tx) =>
      tx
        .update(members)
        .set({ unitId: null, reportsTo: null })
        .where(and(eq(members.orgId, app.orgId), eq(members.name, 'Emma Clark'))),
    );
    const job = app.registry.job('approvals.watch');
    await scene.asJob(async (ctx) => job?.run(ctx, {}));
    await scene.drain();
    expectWithdrawn('sales-west', card);
  });

  it('is not written to a second time about a request it does not show', async () => {
    await scene.inSlack('ada', 'deal-desk').type('deal-desk here');
    const { number, card } = await ask('deal-desk');
    await scene.inSlack('ada', 'deal-desk').type('deal-desk off');
    await scene.drain();
    const edits = () => scene.editsOf('deal-desk', card?.id);
    expect(edits()).toBe(1);
    await scene.type('tom', `reject ${number} -- too much`);
    expect(edits()).toBe(1);
    expectWithdrawn('deal-desk', card);
  });

  it('reads it in its own language', async () => {
    await scene.inSlack('lina', 'deal-desk').type('审批频道 这里');
    const number = numberIn(await scene.type('wei', 'discount D-6 15%'));
    const card = cardOf('deal-desk', number);
    await scene.inSlack('lina', 'deal-desk').type('审批频道 关闭');
    await scene.drain();
    expect(still('deal-desk', card)?.text).toContain('此处原有一项审批申请，现已改在别处处理。');
  });
});
