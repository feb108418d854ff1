import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import type { DeskChange, DeskList } from '../../../../src/features/org/approvals/desk-model.ts';
import { approvalDesks, approvals } from '../../../../src/features/org/approvals/tables.ts';
import { moveRecords } from '../../../../src/features/org/members/handover-queries.ts';
import { operate } from '../../../../src/runtime/execute.ts';
import { outbox } from '../../../../src/store/tables/outbox.ts';
import { members } from '../../../../src/store/tables/people.ts';
import { type TestApp, testApp } from '../../../support/app.ts';

let app: TestApp;
beforeEach(async () => {
  app = await testApp();
});

const desk = { kind: 'channel', id: 'C0DEALDESK', name: 'deal-desk' } as const;
const west = { kind: 'channel', id: 'C0WEST', name: 'sales-west' } as const;
const shared = { kind: 'channel', id: 'C0SHARED', name: 'with-partner', isShared: true } as const;
const desks = async () => {
  const found = (await app.as('noah').call('approvals.desks', {})) as DeskList;
  return found.desks.map(({ label }) => label);
};
/** Numbers of the requests whose cards are queued for a channel. */
const queuedFor = async (channelId: string) => {
  const rows = await app.inOrg((tx) =>
    tx.select({ payload: outbox.payload }).from(outbox).where(eq(outbox.name, 'approvals.asked')),
  );
  const payloads = rows.map(({ payload }) => payload as { view: { number: string }; places: unknown[] });
  return payloads
    .filter(({ places }) => JSON.stringify(places).includes(`"${channelId}"`))
    .map(({ view }) => view.number);
};

/** Who asked what is queued for a channel. */
const askersIn = async (channelId: string) => {
  const rows = await app.inOrg((tx) =>
    tx.select({ payload: outbox.payload }).from(outbox).where(eq(outbox.name, 'approvals.asked')),
  );
  const payloads = rows.map(
    ({ payload }) => payload as { view: { requester: { name: string } }; places: unknown[] },
  );
  const told = payloads.filter(({ places }) => JSON.stringify(places).includes(`"${channelId}"`));
  return new Set(told.map(({ view }) => view.requester.name));
};
const change = (name: string, patch: Partial<typeof members.$inferInsert>) =>
  app.inOrg((tx) => tx.update(members).set(patch).where(eq(members.name, name)));
const withdrawAll = async () => {
  await app.inOrg((tx) => tx.update(approvals).set({ status: 'withdrawn', decidedAt: app.clock.now() }));
};
const scopes = async () =>
  ((await app.as('noah').call('approvals.desks', {})) as DeskList).desks.map(({ scope }) => scope);

describe('a deal desk', () => {
  it('is made where one stands, is listed, and gets the cards of what waits at once', async () => {
    const shown = await app.as('tom').in(desk).type('deal-desk here');
    expect(shown.text).toContain('#deal-desk is a deal desk now');
    expect(shown.text).toMatch(/requests wait; their cards come now/);
    expect(await desks()).toEqual(['#deal-desk']);
    expect(await queuedFor('C0DEALDESK')).toContain('A-1');
  });

  it('gets the card of every request that is made afterwards', async () => {
    await app.as('ada').in(desk).type('deal-desk here');
    await app.as('emma').type('discount D-1 15% -- match the rival');
    await app.drainOutbox();
    const numbers = await queuedFor('C0DEALDESK');
    expect(new Set(numbers).size).toBeGreaterThan(3);
  });

  it('speaks Chinese too, and is made twice without harm', async () => {
    const first = await app.as('lina').in(desk).type('审批频道 这里');
    expect(first.text).toContain('#deal-desk 已成为审批频道');
    const again = (await app.as('lina').call('approvals.desk', { channel: '#deal-desk' })) as DeskChange;
    expect(again).toMatchObject({ isOn: true, isNews: false, waiting: 0 });
    expect((await app.as('lina').type('审批频道')).text).toContain('#deal-desk');
  });

  it('is switched off, and comes back by undo', async () => {
    await app.as('tom').in(west).type('deal-desk here');
    expect((await app.as('tom').in(west).type('deal-desk off')).text).toContain('no longer a deal desk');
    expect(await desks()).toEqual([]);
    await app.as('tom').in(west).type('undo');
    expect(await desks()).toEqual(['#sales-west']);
  });

  it('is never a channel people of other companies read, nor stays one that becomes such', async () => {
    const shown = await app.as('ada').in(shared).type('deal-desk here');
    expect(shown.text).toContain('amounts and margins never go there');
    expect(await desks()).toEqual([]);
    await app.as('tom').in(desk).type('deal-desk here');
    await app
      .as('tom')
      .in({ ...desk, isShared: true })
      .type('alerts here won');
    expect(
      (
        await app
          .as('tom')
          .in({ ...desk, isShared: true })
          .type('deal-desk here')
      ).text,
    ).toContain('never go there');
  });

  it('is the channel that has a name where one says both, and says so', async () => {
    await app.as('tom').in(desk).type('alerts here lost');
    for (const line of ['deal-desk here #deal-desk', 'deal-desk #deal-desk here']) {
      const { text } = await app.as('ada').in(west).type(line);
      expect(text).toContain('#deal-desk is a deal desk now');
      expect(text).toContain('Understood as #deal-desk. This channel stays as it is.');
      expect(await desks()).toEqual(['#deal-desk']);
      await app.as('ada').in(west).type('deal-desk off here #deal-desk');
      expect(await desks()).toEqual([]);
    }
    const chinese = await app.as('lina').in(west).type('审批频道 这里 #deal-desk');
    expect(chinese.text).toContain('按 #deal-desk 理解，本频道保持不变。');
  });

  it('is the channel one stands in where that is the one named', async () => {
    const { text } = await app.as('ada').in(desk).type('deal-desk here #deal-desk');
    expect(text).toContain('#deal-desk is a deal desk now');
    expect(text).not.toContain('Understood');
  });

  it('is one channel at a time', async () => {
    await app.as('tom').in(desk).type('alerts here lost');
    await app.as('tom').in(west).type('alerts here lost');
    const { text } = await app.as('ada').type('deal-desk #deal-desk #sales-west');
    expect(text).toContain('One channel at a time: #deal-desk or #sales-west?');
    expect(await desks()).toEqual([]);
  });

  it('is made by Finance too', async () => {
    const shown = await app.as('chen').in(desk).type('审批频道 这里');
    expect(shown.text).toContain('所有审批申请');
    expect(await askersIn('C0DEALDESK')).toEqual(new Set(['Emma Clark', 'Tom Becker', 'Wei Zhang']));
    await app.as('chen').in(desk).type('审批频道 关闭');
    expect(await desks()).toEqual([]);
  });

  it('is not made by a rep of a channel they set up when they were a manager', async () => {
    await app.inOrg((tx) =>
      tx
        .update(members)
        .set({ roles: ['rep'] })
        .where(eq(members.name, 'Tom Becker')),
    );
    const shown = await app.as('tom').in(west).type('deal-desk here');
    expect(shown.text).toContain('⛔');
    expect(await queuedFor('C0WEST')).toEqual([]);
  });

  it('is for managers and admins to make; a rep is told who', async () => {
    const shown = await app.as('emma').in(desk).type('deal-desk here');
    expect(shown.text).toContain('Tom Becker');
    expect(await desks()).toEqual([]);
  });

  it('that is none cannot be switched off, and nothing breaks', async () => {
    expect((await app.as('tom').in(desk).type('deal-desk off')).text).toContain('no deal desk');
    expect((await app.as('tom').type('deal-desk off #sales-west')).text).toContain('is no deal desk');
  });
});

describe('what a deal desk gets', () => {
  it('of a manager is about people the manager sees, of an admin about everybody', async () => {
    const shown = await app.as('tom').in(west).type('deal-desk here');
    expect(shown.text).toContain('people Tom Becker sees');
    await app.as('ada').in(desk).type('deal-desk here');
    expect(await askersIn('C0WEST')).toEqual(new Set(['Emma Clark', 'Tom Becker']));
    expect(await askersIn('C0DEALDESK')).toEqual(new Set(['Emma Clark', 'Tom Becker', 'Wei Zhang']));
  });

  it('afterwards follows the same people', async () => {
    await withdrawAll();
    await app.as('tom').in(west).type('deal-desk here');
    await app.as('ada').in(desk).type('deal-desk here');
    await app.as('wei').type('discount D-6 15%');
    await app.as('emma').type('discount D-12 15%');
    await app.drainOutbox();
    expect(await askersIn('C0WEST')).toEqual(new Set(['Emma Clark']));
    expect(await askersIn('C0DEALDESK')).toEqual(new Set(['Emma Clark', 'Wei Zhang']));
  });

  it('follows people into the manager’s team and out of it', async () => {
    await withdrawAll();
    await app.as('tom').in(west).type('deal-desk here');
    const [emma] = await app.inOrg((tx) => tx.select().from(members).where(eq(members.name, 'Emma Clark')));
    const [wei] = await app.inOrg((tx) => tx.select().from(members).where(eq(members.name, 'Wei Zhang')));
    await change('Wei Zhang', { unitId: emma?.unitId ?? null, reportsTo: emma?.reportsTo ?? null });
    await change('Emma Clark', { unitId: wei?.unitId ?? null, reportsTo: wei?.reportsTo ?? null });
    await app.as('wei').type('discount D-6 15%');
    await app.as('emma').type('discount D-12 15%');
    await app.drainOutbox();
    expect(await askersIn('C0WEST')).toEqual(new Set(['Wei Zhang']));
  });

  it.each([
    ['is a rep now', { roles: ['rep'] }],
    ['has left', { status: 'left' }],
  ] as const)('is nothing when whoever set it up %s, until somebody does so again', async (_why, patch) => {
    await withdrawAll();
    await app.as('lina').in(desk).type('deal-desk here');
    await change('Li Na', patch as Partial<typeof members.$inferInsert>);
    await app.as('wei').type('discount D-6 15%');
    await app.drainOutbox();
    expect(await askersIn('C0DEALDESK')).toEqual(new Set());
    expect((await app.as('ada').type('deal-desk list')).text).toMatch(/#deal-desk.*nothing: Li Na/);
    const again = await app.as('ada').in(desk).type('deal-desk here');
    expect(again.text).toContain('is a deal desk now');
    expect(await askersIn('C0DEALDESK')).toEqual(new Set(['Wei Zhang']));
  });

  it('grows with the roles of whoever set it up', async () => {
    await app.as('tom').in(west).type('deal-desk here');
    expect(await scopes()).toMatchObject([{ kind: 'sees' }]);
    await change('Tom Becker', { roles: ['manager', 'finance'] });
    expect(await scopes()).toMatchObject([{ kind: 'all' }]);
  });

  it('is narrowed to a team or region, which is told wherever desks are', async () => {
    const shown = await app.as('ada').in(desk).type('deal-desk here group:East');
    expect(shown.text).toContain('requests of East');
    expect(await askersIn('C0DEALDESK')).toEqual(new Set(['Wei Zhang']));
    expect((await app.as('emma').type('deal-desk list')).text).toContain('requests of East');
    expect((await app.as('emma').type('policy')).text).toMatch(/#deal-desk.*requests of East/);
    expect((await app.as('wei').type('审批规则')).text).toMatch(/#deal-desk.*East/);
    const wider = await app.as('ada').in(desk).type('deal-desk here');
    expect(wider.text).toContain('every request');
    expect(await askersIn('C0DEALDESK')).toEqual(new Set(['Emma Clark', 'Tom Becker', 'Wei Zhang']));
  });

  it('of a manager who names another team is nothing they do not see', async () => {
    await app.as('tom').in(west).type('deal-desk here group:East');
    expect(await askersIn('C0WEST')).toEqual(new Set());
  });

  it('stays what an admin or another manager has set up when a manager comes along', async () => {
    await app.as('ada').in(desk).type('deal-desk here');
    const kept = await app.as('tom').in(desk).type('deal-desk here');
    expect(kept.text).toContain('is a deal desk already');
    expect(await scopes()).toMatchObject([{ kind: 'all' }]);
    await app.as('tom').in(west).type('deal-desk here');
    const other = await app.as('lina').in(west).type('deal-desk here');
    expect(other.text).toContain('Tom Becker');
    expect(await askersIn('C0WEST')).not.toContain('Wei Zhang');
    await app.as('lina').in(west).type('deal-desk off');
    await app.as('lina').in(west).type('deal-desk here');
    expect(await scopes()).toMatchObject([{ kind: 'all' }, { kind: 'sees', by: { name: 'Li Na' } }]);
  });

  it('that nobody is known to have set up is everything, as it was', async () => {
    await app.as('tom').in(west).type('deal-desk here');
    await app.inOrg((tx) => tx.update(approvalDesks).set({ setById: null }));
    await app.as('wei').type('discount D-1 15%');
    await app.drainOutbox();
    expect(await scopes()).toEqual([{ kind: 'all', by: null, unit: null }]);
  });

  it('goes on when the account it was set up with joins another one', async () => {
    await app.as('tom').in(west).type('deal-desk here');
    const [tom, ada] = [await app.as('tom').memberId(), await app.as('ada').memberId()];
    await operate(app.engine, { orgId: app.orgId, handler: 'test' }, (ctx) => moveRecords(ctx, tom, ada));
    expect(await scopes()).toMatchObject([{ by: { name: 'Ada Young' } }]);
  });
});
