import { and, eq, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accounts } from '../../../../src/features/crm/accounts/tables.ts';
import { deals } from '../../../../src/features/sales/deals/tables.ts';
import { type Scene, startScene } from './support.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await startScene();
});
afterEach(() => scene.close());

const titles = (seen: { text: string }[]) => seen.map(({ text }) => text.split('\n')[0] ?? '');
const west = () => titles(scene.slack('sales-west'));
const east = () => titles(scene.slack('sales-east'));
const dealIs = (number: number) => and(eq(deals.orgId, scene.app.orgId), eq(deals.number, number));

/** On working days, with the watch of every half hour between two and four in the afternoon in Berlin. */
async function watchOn(...days: string[]): Promise<void> {
  for (const on of days) {
    for (const time of ['13:00', '13:30', '14:00']) {
      scene.app.clock.set(`${on}T${time}:00Z`);
      await scene.watch();
    }
  }
}

describe('a deal that is stuck', () => {
  beforeEach(async () => {
    await scene.inSlack('tom', 'sales-west').type('alerts here stuck');
    // Normal in `tracking` are 10 days.
    await scene.type('ada', 'stages set tracking 10d');
    await scene.app.inOrg((tx) =>
      tx
        .update(deals)
        .set({ stageEnteredAt: new Date('2026-11-10T09:00:00Z') })
        .where(dealIs(1)),
    );
  });

  it('is told on the day after twice its normal time, once however often it is looked at', async () => {
    await watchOn('2026-11-27', '2026-11-30');
    expect(west().filter((title) => title.includes('D-1 '))).toEqual([]);
    await watchOn('2026-12-01');
    expect(west().filter((title) => title.includes('D-1 '))).toEqual([
      '🐌 Stuck D-1 40 pumps · Acme Hydraulics · EUR 80,000 · 21 days in tracking, normally 10 · Emma Clark',
    ]);
    await watchOn('2026-12-02', '2026-12-03');
    expect(west().filter((title) => title.includes('D-1 '))).toHaveLength(1);
  });

  it('is not at exactly twice its normal time', async () => {
    await scene.app.inOrg((tx) =>
      tx
        .update(deals)
        .set({ stageEnteredAt: sql`${deals.stageEnteredAt} - interval '20 days'` })
        .where(dealIs(1)),
    );
    scene.app.clock.set('2026-11-10T13:00:00Z');
    await scene.watch();
    expect(west()).toEqual([]);
  });

  it('is said to have moved on when it does, and is news again when it gets stuck again', async () => {
    await watchOn('2026-12-01');
    await scene.type('emma', 'move D-1 negotiation');
    expect(west().filter((title) => title.includes('D-1 '))).toEqual([
      expect.stringContaining('✅ moved on'),
    ]);
    await scene.app.inOrg((tx) =>
      tx
        .update(deals)
        .set({ stageEnteredAt: new Date('2026-10-01T09:00:00Z') })
        .where(dealIs(1)),
    );
    await watchOn('2026-12-02');
    const seen = scene.slack('sales-west').filter(({ text }) => text.includes('D-1 '));
    expect(seen).toHaveLength(2);
    expect(seen[1]?.thread).toBe(seen[0]?.id);
  });
});

describe('what is so already when somebody asks for it', () => {
  it('is told in one message when it is much', async () => {
    await scene.inSlack('ada', 'sales-west').type('alerts here single-contact');
    await watchOn('2026-11-10');
    const seen = scene.slack('sales-west');
    expect(titles(seen)).toEqual(['5 alerts at once']);
    // One contact and none; C-1 and C-2, with more, are not among them.
    expect(seen[0]?.text).toContain('Only one contact C-3 Nova Robotics');
    expect(seen[0]?.text).toContain('No contact C-5');
    expect(seen[0]?.text).not.toContain('C-1 ');
    expect(seen[0]?.text).not.toContain('C-2 ');
  });
});

describe('a customer with a single contact', () => {
  it('is told, and no longer so with the second one', async () => {
    await scene.inSlack('lina', 'sales-east').type('提醒 这里 联系人单一');
    scene.app.clock.set('2026-11-10T10:00:00Z');
    await scene.watch();
    expect(east()).toHaveLength(2);
    await scene.type('wei', '联系人 C-3 "张三"');
    await scene.watch();
    const nova = east().filter((title) => title.includes('C-3'));
    expect(nova).toEqual([expect.stringContaining('✅ 已完成')]);
  });
});

describe('an overdue step', () => {
  it('is told with its owner called, when its day is over where they are, and done when it is done', async () => {
    await scene.inSlack('tom', 'sales-west').type('alerts here overdue');
    await scene.type('emma', 'next D-12 2026-11-12 call them');
    await scene.type('emma', 'next D-4 2026-11-20 ask');
    await watchOn('2026-11-12');
    expect(west().filter((title) => title.includes('D-12'))).toEqual([]);
    await watchOn('2026-11-13');
    const seen = scene.slack('sales-west').filter(({ text }) => text.includes('D-12'));
    expect(seen).toHaveLength(1);
    expect(seen[0]?.text).toContain('call them · was due');
    expect(seen[0]?.card).toContain('U0EMMACLARK');
    await scene.type('emma', 'done D-12');
    await scene.watch();
    expect(west().filter((title) => title.includes('D-12'))).toEqual([expect.stringContaining('✅ done')]);
  });
});

describe('what nobody owns', () => {
  it('is told whoever asks, calling the manager who did, until somebody owns it', async () => {
    await scene.inSlack('tom', 'sales-west').type('alerts here unowned group:West');
    await watchOn('2026-11-10');
    expect(west()).toEqual([]);
    await scene.app.inOrg(async (tx) => {
      await tx.update(deals).set({ ownerId: null }).where(dealIs(12));
      await tx
        .update(accounts)
        .set({ ownerId: null })
        .where(and(eq(accounts.orgId, scene.app.orgId), eq(accounts.number, 4)));
    });
    await watchOn('2026-11-11');
    expect(west().sort()).toEqual([
      expect.stringMatching(/^👤 Nobody owns C-4 Bolt Ltd/),
      expect.stringMatching(/^👤 Nobody owns D-12/),
    ]);
    expect(scene.slack('sales-west')[0]?.card).toContain('U0TOMBECKER');
    await scene.type('emma', 'assign D-12 me');
    expect(west().filter((title) => title.includes('D-12'))).toEqual([expect.stringContaining('✅ done')]);
  });
});

describe('the watch', () => {
  it('comes by itself every half hour', () => {
    const timers = scene.app.registry.timers().filter(({ job }) => job === 'alerts.watch');
    expect(timers).toEqual([{ job: 'alerts.watch', rule: { every: 'minutes', minutes: 30 } }]);
  });

  it('writes nothing down in an organization without rules', async () => {
    await scene.watch();
    const rows = await scene.asJob((ctx) =>
      ctx.tx.execute(sql`select 1 from alerts where org_id = ${ctx.org.id}`),
    );
    expect(JSON.stringify(rows)).not.toContain('1');
  });
});
