import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { channels } from '../../../../src/features/org/channels/tables.ts';
import { deals } from '../../../../src/features/sales/deals/tables.ts';
import { cardText } from '../../../../src/view/plain-text.ts';
import { type Scene, startScene } from './support.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await startScene();
});
afterEach(() => scene.close());

/** Titles of what stands in a place. */
const titles = (seen: { text: string }[]) => seen.map(({ text }) => text.split('\n')[0]);
const west = () => titles(scene.slack('sales-west'));

describe('an alert', () => {
  it('comes at once to the channels of both platforms that ask for it, once, in their words', async () => {
    await scene.inSlack('tom', 'sales-west').type('alerts here won over:50kEUR');
    await scene.inTeams('lina', 'sales-east').type('提醒 这里 赢单 高于:5万');
    await scene.type('emma', 'won D-1 reason:service');
    await scene.type('wei', '赢单 D-5 原因:价格');
    await scene.drain();
    expect(west()).toEqual(['🎉 Won D-1 40 pumps · Acme Hydraulics · EUR 80,000 · service · Emma Clark']);
    expect(titles(scene.teams('sales-east'))).toEqual([
      '🎉 赢单 D-5 二期生产线 · 远景泵业有限公司 · CNY 860,000 · 价格 · Wei Zhang',
    ]);
    expect(scene.slack('sales-east')).toEqual([]);
  });

  it('of a deal below the limit is not told; at the limit it is', async () => {
    await scene.inSlack('tom', 'sales-west').type('alerts here won over:50kEUR');
    for (const [amount, told] of [
      ['49999.99', []],
      ['50000', [expect.stringContaining('Just so much')]],
    ] as const) {
      const made = await scene.type('emma', `deal C-1 "Just so much" EUR ${amount}`);
      await scene.type('emma', `won ${/D-\d+/.exec(made)?.[0]} reason:service`);
      expect(west()).toEqual(told);
    }
  });

  it('of a deal in another currency is not told, and the reply says so: nothing is converted', async () => {
    const shown = await scene.inSlack('tom', 'sales-west').type('alerts here won over:1');
    expect(shown.text).toContain('Deals in other currencies than CNY are left out');
    await scene.type('emma', 'won D-1 reason:service');
    expect(west()).toEqual([]);
  });

  it('is edited when what it told of is taken back', async () => {
    await scene.inSlack('tom', 'sales-west').type('alerts here won');
    await scene.type('emma', 'won D-1 reason:service');
    const [before] = scene.slack('sales-west');
    await scene.type('emma', 'undo');
    const after = scene.slack('sales-west');
    expect(after).toHaveLength(1);
    expect(after[0]).toMatchObject({ id: before?.id, isEdited: true });
    expect(after[0]?.text).toContain('taken back');
  });

  it('that was taken back and comes true again is told again', async () => {
    await scene.inSlack('tom', 'sales-west').type('alerts here won');
    await scene.type('emma', 'won D-1 reason:service');
    await scene.type('emma', 'reopen D-1');
    scene.forward(31);
    await scene.type('emma', 'won D-1 reason:price');
    expect(west()).toEqual([
      expect.stringMatching(/service.*taken back/),
      expect.stringMatching(/price · Emma Clark$/),
    ]);
  });

  it('of a win that was undone before it went out reaches nobody, and the next win does', async () => {
    await scene.inSlack('tom', 'sales-west').type('alerts here won');
    await scene.app.as('emma').type('won D-1 reason:service');
    await scene.app.as('emma').type('undo');
    await scene.drain();
    expect(west()).toEqual([]);
    await scene.type('emma', 'won D-1 reason:price');
    expect(west()).toEqual([expect.stringContaining('price')]);
  });

  it('of a loss says the reason and the rival', async () => {
    await scene.inSlack('tom', 'sales-west').type('alerts here lost');
    await scene.type('emma', 'lost D-1 reason:price rival:Grundfos');
    expect(west()).toEqual([
      '🔻 Lost D-1 40 pumps · Acme Hydraulics · EUR 80,000 · price · to Grundfos · Emma Clark',
    ]);
  });

  it('of a deal that moved back is told, of one that moved on is not, and it ends when the deal moves on', async () => {
    await scene.inSlack('tom', 'sales-west').type('alerts here back');
    await scene.type('emma', 'move D-1 quote');
    expect(west()).toEqual([]);
    await scene.type('emma', 'move D-1 qualify');
    expect(west()).toEqual([expect.stringMatching(/^↩️ Moved back .* → qualify/)]);
    await scene.type('emma', 'move D-1 tracking');
    expect(west()).toEqual([expect.stringContaining('✅ moved on')]);
  });

  it('of a pushed close date comes with the second push, and a third one changes it', async () => {
    await scene.inSlack('tom', 'sales-west').type('alerts here pushed');
    await scene.type('emma', 'set D-1 close 2026-12-20');
    expect(west()).toEqual([]);
    await scene.type('emma', 'set D-1 close 2026-12-27');
    expect(west()).toEqual([expect.stringContaining('for the 2nd time')]);
    await scene.type('emma', 'set D-1 close 2027-01-10');
    expect(west()).toEqual([expect.stringMatching(/for the 3rd time · to .*10 Jan 2027/)]);
  });

  it('of a new lead is only for those who ask for it', async () => {
    await scene.inSlack('tom', 'sales-west').type('alerts here all');
    await scene.inSlack('ada', 'deal-desk').type('alerts here new-lead');
    await scene.type('emma', 'new-lead "Twin Pumps" "Jane Roe" jane@twin.example');
    expect(west()).toEqual([]);
    const told = titles(scene.slack('deal-desk'));
    expect(told).toEqual([expect.stringContaining('Twin Pumps')]);
    // Nothing of the person behind it.
    expect(told[0]).not.toContain('Jane');
  });
});

describe('what happens to one deal', () => {
  beforeEach(async () => {
    await scene.inSlack('tom', 'sales-west').type('alerts here back pushed lost');
    await scene.type('emma', 'set D-1 close 2026-12-20');
    await scene.type('emma', 'set D-1 close 2026-12-27');
  });

  it('within half an hour is one message', async () => {
    scene.forward(29);
    await scene.type('emma', 'move D-1 qualify');
    const seen = scene.slack('sales-west');
    expect(seen).toHaveLength(1);
    expect(seen[0]?.text).toContain('Pushed again');
    expect(seen[0]?.text).toContain('Moved back');
  });

  it('later is told in the thread of the first message', async () => {
    scene.forward(31);
    await scene.type('emma', 'move D-1 qualify');
    scene.forward(60);
    await scene.type('emma', 'lost D-1 reason:price');
    const [first, ...others] = scene.slack('sales-west');
    expect(first?.thread).toBeUndefined();
    expect(others.map(({ thread }) => thread)).toEqual([first?.id, first?.id]);
    // The first message says that the deal is closed by now.
    expect(first?.text).toContain('closed');
  });
});

describe('the noise budget', () => {
  /** Deals of Emma, open and worth something. */
  async function loseNew(from: number, to: number): Promise<void> {
    for (let n = from; n <= to; n += 1) {
      await scene.app.as('emma').type(`deal acme "Order ${n}" 10k`);
      const [row] = await scene.app.inOrg((tx) =>
        tx
          .select()
          .from(deals)
          .where(eq(deals.name, `Order ${n}`)),
      );
      await scene.type('emma', `lost D-${row?.number} reason:price`);
    }
  }

  it('is six messages a channel and day; the rest is one more that grows; the next day is new', async () => {
    await scene.inSlack('tom', 'sales-west').type('alerts here lost');
    await loseNew(1, 6);
    expect(west()).toHaveLength(6);
    await loseNew(7, 7);
    expect(west().at(-1)).toBe('＋1 more today');
    await loseNew(8, 10);
    expect(west()).toHaveLength(7);
    const fold = scene.slack('sales-west').at(-1);
    expect(fold?.text).toContain('＋4 more today');
    for (const n of [7, 8, 9, 10]) expect(fold?.text).toContain(`Order ${n}`);
    scene.app.clock.set('2026-11-11T09:00:00Z');
    await loseNew(11, 11);
    expect(west()).toHaveLength(8);
    expect(west().at(-1)).toContain('Order 11');
  });
});

describe('quiet hours', () => {
  it('hold what happens, and tell it in one message when they end', async () => {
    await scene.inSlack('tom', 'sales-west').type('alerts here won lost');
    scene.app.clock.set('2026-11-10T20:00:00Z');
    await scene.type('emma', 'won D-1 reason:service');
    await scene.type('emma', 'lost D-12 reason:price');
    await scene.type('tom', 'lost D-11 reason:price');
    await scene.type('tom', 'undo');
    await scene.watch();
    expect(west()).toEqual([]);
    // 08:29 and 08:30 in Berlin.
    scene.app.clock.set('2026-11-11T07:29:00Z');
    await scene.watch();
    expect(west()).toEqual([]);
    scene.app.clock.set('2026-11-11T07:30:00Z');
    await scene.watch();
    await scene.watch();
    const seen = scene.slack('sales-west');
    expect(titles(seen)).toEqual(['🌙 While it was quiet: 2']);
    expect(seen[0]?.text).toContain('D-1 40 pumps');
    expect(seen[0]?.text).toContain('D-12');
    expect(seen[0]?.text).not.toContain('D-11');
  });
});

describe('quiet hours of a channel with a morning digest', () => {
  it('are told in the digest, not in a message of their own', async () => {
    await scene.inSlack('tom', 'sales-west').type('alerts here won');
    await scene.inSlack('tom', 'sales-west').type('digest here daily 09:00');
    scene.app.clock.set('2026-11-10T20:00:00Z');
    await scene.type('emma', 'won D-1 reason:service');
    // 08:30 and 09:00 in Berlin.
    scene.app.clock.set('2026-11-11T07:30:00Z');
    await scene.watch();
    expect(scene.slack('sales-west')).toEqual([]);
    scene.app.clock.set('2026-11-11T08:00:00Z');
    await scene.watch();
    await scene.tick();
    await scene.watch();
    scene.app.clock.set('2026-11-11T08:30:00Z');
    await scene.watch();
    const told = scene.slack('sales-west').filter(({ card }) => card.includes('🌙'));
    expect(told).toHaveLength(1);
    expect(told[0]?.card).toContain('D-1 40 pumps');
    expect(west().filter((title) => title?.startsWith('🎉'))).toEqual([]);
    // By day it is told at once again.
    scene.app.clock.set('2026-11-11T09:00:00Z');
    await scene.type('emma', 'withdraw A-1');
    await scene.type('emma', 'won D-12 reason:service');
    expect(west().at(-1)).toContain('🎉 Won D-12');
  });
});

describe('mute', () => {
  it('of a deal keeps its news from the channel, and of nothing else', async () => {
    await scene.inSlack('tom', 'sales-west').type('alerts here lost');
    await scene.inSlack('tom', 'sales-west').type('mute D-1');
    await scene.type('emma', 'lost D-1 reason:price');
    await scene.type('emma', 'lost D-12 reason:price');
    expect(west()).toEqual([expect.stringContaining('D-12')]);
  });

  it('of a channel holds its news until it ends', async () => {
    await scene.inSlack('tom', 'sales-west').type('alerts here lost');
    await scene.inSlack('tom', 'sales-west').type('mute here 2h');
    await scene.type('emma', 'lost D-1 reason:price');
    await scene.watch();
    expect(west()).toEqual([]);
    scene.forward(120);
    await scene.watch();
    expect(west()).toEqual([expect.stringContaining('D-1 ')]);
  });
});

describe('a channel', () => {
  it('is told only of people whom whoever set it up sees', async () => {
    await scene.inSlack('tom', 'sales-west').type('alerts here lost');
    await scene.inSlack('lina', 'sales-east').type('提醒 这里 输单');
    await scene.inSlack('ada', 'deal-desk').type('alerts here lost group:East');
    await scene.type('emma', 'lost D-1 reason:price');
    await scene.type('wang', '输单 D-8 原因:价格');
    expect(west()).toEqual([expect.stringContaining('D-1 ')]);
    expect(titles(scene.slack('sales-east'))).toEqual([expect.stringContaining('D-8')]);
    expect(titles(scene.slack('deal-desk'))).toEqual([expect.stringContaining('D-8')]);
  });

  it('is told nothing once whoever set it up may no longer', async () => {
    await scene.inSlack('tom', 'sales-west').type('alerts here lost');
    await scene.type('ada', 'role @tom rep');
    await scene.type('emma', 'lost D-1 reason:price');
    expect(west()).toEqual([]);
    expect(await scene.type('ada', 'alerts list')).toContain('sleeping');
  });

  it('that is shared with another company later is told nothing any more', async () => {
    await scene.inSlack('tom', 'sales-west').type('alerts here lost');
    await scene.app.inOrg((tx) =>
      tx.update(channels).set({ isShared: true }).where(eq(channels.name, 'sales-west')),
    );
    await scene.type('emma', 'lost D-1 reason:price');
    expect(west()).toEqual([]);
  });
});

describe('the buttons of an alert', () => {
  it('open its deal, plan the next step, and mute it in that channel', async () => {
    await scene.inSlack('tom', 'sales-west').type('alerts here back lost');
    await scene.type('emma', 'move D-1 quote');
    await scene.type('emma', 'move D-1 qualify');
    const [alert] = scene.slack('sales-west');
    for (const label of ['Open', 'Next step', 'Mute deal']) expect(alert?.card).toContain(label);
    const channel = await scene.app.inOrg((tx) =>
      tx.select().from(channels).where(eq(channels.name, 'sales-west')),
    );
    const mute = { a: 'channels.mute', i: { record: 'D-1', channel: channel[0]?.id } };
    expect(alert?.card).toContain(JSON.stringify(JSON.stringify(mute)).slice(1, -1));
    const shown = await scene.app.as('tom').press(mute);
    expect(shown.text).toContain('No news about D-1 40 pumps in #sales-west');
    scene.forward(60);
    await scene.type('emma', 'lost D-1 reason:price');
    const seen = scene.slack('sales-west');
    expect(seen).toHaveLength(1);
    // There is nothing to plan for a closed deal.
    expect(seen[0]?.card).not.toContain('Next step');
  });
});

describe('alerts that had to wait for a chat app', () => {
  it('are told in one message, with how many there are', async () => {
    const notification = scene.app.registry.notification('alerts.told');
    const line = {
      kind: 'won',
      recordKind: 'deal',
      facts: { number: 'D-1', name: '40 pumps' },
      ending: null,
      who: null,
    } as const;
    const payload = notification?.payload.parse({
      id: '00000000-0000-4000-8000-000000000001',
      rootId: null,
      to: { memberId: '00000000-0000-4000-8000-000000000002' },
      channelId: null,
      fold: null,
      lines: [line],
      count: 1,
    });
    const at = {
      org: await scene.asJob(async ({ org }) => org),
      now: new Date(),
      platform: 'slack',
      memberId: undefined,
    } as const;
    const card = notification?.fold?.(
      Array.from({ length: 12 }, () => payload),
      at,
    );
    const reader = {
      locale: 'en',
      timeZone: 'UTC',
      translate: scene.app.translate,
      commandLine: (line: string) => line,
    } as const;
    const text = cardText(card ?? { tone: 'plain', blocks: [] }, reader);
    expect(text).toContain('12 alerts that had to wait');
    expect(text.match(/🎉 Won D-1 40 pumps/g)).toHaveLength(10);
    expect(text).toContain('＋2 more');
  });
});

describe('a person', () => {
  it('is told in a direct message of what they see, and of nothing else', async () => {
    await scene.type('emma', 'alerts me lost');
    await scene.type('emma', 'lost D-1 reason:price');
    await scene.type('wang', '输单 D-8 原因:价格');
    expect(titles(scene.direct('emma'))).toEqual([expect.stringContaining('D-1 ')]);
  });
});
