import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { accounts } from '../../../../src/features/crm/accounts/tables.ts';
import type { LoggedView } from '../../../../src/features/crm/activities/model.ts';
import { activities } from '../../../../src/features/crm/activities/tables.ts';
import type { ContactView } from '../../../../src/features/crm/contacts/model.ts';
import { type TestApp, testApp } from '../../../support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});

const show = async (who: string, a: string, i: Record<string, unknown>) =>
  (await app.as(who).press({ a, i })).text;

describe('logging', () => {
  it('counts meetings with decision makers of the month', async () => {
    const first = await app.as('emma').type('log visit C-4 met:Helen -- likes pilot');
    expect(first.text).toMatch(
      /✅ visit · C-4 Bolt Ltd · decision maker met \(\d+(st|nd|rd|th) this month\): Helen Fox/,
    );
    const count = Number(/\((\d+)/.exec(first.text)?.[1]);
    const second = (await app.as('emma').call('activities.log', {
      kind: 'meeting',
      subject: 'C-4',
      met: 'Helen Fox',
    })) as LoggedView;
    expect(second.meetingsThisMonth).toBe(count + 1);
  });

  it('counts neither calls nor meetings of another month', async () => {
    const call = await app.as('emma').type('log call C-4 with:Helen 20m');
    expect(call.text).toContain('✅ call · C-4 Bolt Ltd · with Helen Fox · 20 min');
    expect(call.text).not.toContain('decision maker');
    const old = await app.as('emma').type('log visit C-4 met:Helen on:2026-09-30');
    expect(old.text).toContain('decision maker met: Helen Fox');
  });

  it('about a deal belongs to the deal and its customer', async () => {
    const shown = await app.as('emma').type('log call D-1 20m -- price is fine');
    expect(shown.text).toContain('✅ call · D-1 40 pumps · 20 min');
    expect(await show('emma', 'deals.show', { deal: 'D-1' })).toContain('price is fine');
    expect(await show('emma', 'accounts.show', { account: 'C-1' })).toContain('price is fine');
  });

  it('about a lead shows on the lead, and about a person on the person and the customer', async () => {
    await app.as('emma').type('log email L-1 -- sent the brochure');
    expect(await show('emma', 'leads.show', { lead: 'L-1' })).toContain('sent the brochure');
    const shown = await app.as('emma').type('log visit K-2 -- saw the plant');
    expect(shown.text).toContain('✅ visit · K-2 Mark Hill · met Mark Hill');
    expect(await show('emma', 'contacts.show', { contact: 'K-2' })).toContain('saw the plant');
    expect(await show('emma', 'accounts.show', { account: 'C-1' })).toContain('saw the plant');
  });

  it('takes a company’s name for the customer', async () => {
    expect((await app.as('emma').type('log demo acme -- for the board')).text).toContain(
      'demo · C-1 Acme Hydraulics',
    );
  });

  it('keeps the name of a stranger and offers to add them', async () => {
    const shown = await app.as('emma').type('log visit C-1 met:Quentin');
    expect(shown.text).toContain('met Quentin');
    expect(shown.text).toContain('Quentin is no contact of this customer yet');
    const form = await app.as('emma').press(shown.button('Add as contact'));
    expect(
      form.outcome.kind === 'form' && form.outcome.form.fields.find(({ name }) => name === 'name')?.value,
    ).toBe('Quentin');
  });

  it('does not guess between two people of one name', async () => {
    await app.as('emma').call('contacts.create', { account: 'C-10', name: 'Max Adler', role: 'decides' });
    await app.as('emma').call('contacts.create', { account: 'C-10', name: 'Max Behr' });
    const both = await app.as('emma').type('log visit C-10 met:Max, Quentin -- saw the line');
    expect(both.text).toContain('Which Max was it?');
    expect(both.text).not.toContain('✅');
    const chosen = await app.as('emma').press(both.button(/Max Adler/));
    expect(chosen.text).toMatch(/decision maker met .*: Max Adler · met Quentin/);
    expect(chosen.text).toContain('saw the line');
    const stranger = await app.as('emma').press(both.button('Somebody else called Max'));
    expect(stranger.text).toContain('met Max, Quentin');
    expect(stranger.text).toContain('Max is no contact of this customer yet');
  });

  it('is in the history of everybody who was met, and they were met then', async () => {
    await app.as('emma').type('log visit C-1 met:Jane, Mark, Quentin -- walked the hall');
    for (const contact of ['K-1', 'K-2']) {
      const card = await show('emma', 'contacts.show', { contact });
      expect(card).toContain('walked the hall');
      expect(card).toContain('met Jane Wu, Mark Hill, Quentin');
    }
    const view = (await app.as('emma').call('contacts.show', { contact: 'K-2' })) as ContactView;
    expect(view.lastMetAt).toBe(app.clock.now().toISOString());
  });

  it('follows whoever of several was met into another record, and back', async () => {
    const emma = app.as('emma');
    const person = async (name: string) =>
      ((await emma.call('contacts.create', { account: 'C-1', name })) as ContactView).number;
    const [kept, gone] = [await person('Paula Reed'), await person('P. Reed')];
    const met = (contact: string) => show('emma', 'contacts.show', { contact });
    await emma.type(`log visit C-1 met:Jane, ${gone} -- with the twin`);
    const ask = await emma.press({ a: 'contacts.merge', i: { contact: gone, into: kept } });
    const merged = await emma.press(ask.button('Confirm'));
    expect(await met(kept)).toContain('with the twin');
    await emma.press(merged.button('Undo'));
    expect(await met(kept)).not.toContain('with the twin');
    expect(await met(gone)).toContain('with the twin');
  });

  it.each([
    ['Jane,Mark', 'Jane Wu', 'Mark Hill'],
    ['Mark, Jane', 'Jane Wu', 'Mark Hill'],
    ['Mark and Jane', 'Jane Wu', 'Mark Hill'],
    ['Mark、Jane', 'Jane Wu', 'Mark Hill'],
  ])('matches each of several people and counts the decision maker: %s', async (met, decider, other) => {
    const shown = await app.as('emma').type(`log visit C-1 met:${met}`);
    expect(shown.text).toMatch(/decision maker met \(\d+\w\w this month\): /);
    expect(shown.text).toContain(`: ${decider}`);
    expect(shown.text).toContain(`met ${other}`);
    expect(shown.text).not.toContain('is no contact');
  });

  it('offers to add whoever of several is a stranger, and keeps all names', async () => {
    const shown = await app.as('emma').type('log visit C-1 met:Mark, Quentin -- saw the plant twice');
    expect(shown.text).toContain('Quentin is no contact of this customer yet');
    expect(shown.text).not.toContain('Mark Hill is no contact');
    expect(shown.button('Add as contact')).toBeDefined();
    expect(await show('emma', 'accounts.show', { account: 'C-1' })).toContain('met Mark Hill, Quentin');
  });

  it('backdates, but logs nothing that is still to come', async () => {
    const past = await app.as('wei').type('跟进 微信 远景 日期:昨天 -- 已发资料');
    expect(past.text).toContain('✅ 微信 · C-2 远景泵业有限公司 · 11月9日');
    const future = await app.as('emma').type('log visit acme on:tomorrow');
    expect(future.text).toContain('That is still to come. What you plan goes into /crm next.');
  });

  it.each([
    ['跟进 拜访 远景 见:王敏', '拜访 · C-2 远景泵业有限公司 · 见到决策人'],
    ['跟进 会议 C-2 45分钟', '会议 · C-2 远景泵业有限公司 · 45 分钟'],
    ['log wechat C-2', '微信 · C-2'],
    ['跟进 电话 D-5 20分钟', '电话 · D-5 二期生产线 · 20 分钟'],
  ])('%s', async (line, text) => {
    expect((await app.as('wei').type(line)).text).toContain(text);
  });

  it('asks for what is missing in a form', async () => {
    expect((await app.as('emma').type('log')).kind).toBe('form');
    expect((await app.as('emma').type('log visit')).kind).toBe('form');
    expect((await app.as('emma').type('log note acme')).kind).toBe('form');
  });

  it('opens as a form with the text of a message as its note', async () => {
    const form = await app
      .as('emma')
      .press({ a: 'activities.log', i: { note: 'They want 40 by March' }, form: true });
    const fields = form.outcome.kind === 'form' ? form.outcome.form.fields : [];
    expect(fields.find(({ name }) => name === 'note')?.value).toBe('They want 40 by March');
  });

  it('offers the next step for what was talked about', async () => {
    const shown = await app.as('emma').type('log call D-12 -- asked for a sample');
    const next = await app.as('emma').press(shown.button('Tomorrow'));
    expect(next.text).toContain('Follow up on the call');
    expect((await app.as('emma').press(shown.button('Pick a day'))).kind).toBe('form');
  });

  it('is for everybody who works with customers, whoever owns them, but not for who only reads', async () => {
    expect((await app.as('chen').type('跟进 电话 C-1 -- 催款')).text).toContain('✅');
    expect((await app.as('noah').type('log call C-1')).text).toContain('⛔');
  });
});

describe('words without --', () => {
  it.each([
    ['emma', 'log call D-1 20m talked', '/crm log call D-1 20m -- talked'],
    ['emma', 'log visit C-1, likes the pilot', '/crm log visit C-1 -- likes the pilot'],
    ['emma', 'log visit acme talked about price', '/crm log visit acme -- talked about price'],
    ['wei', '跟进 电话 远景 谈了 付款', '/crm 跟进 电话 远景 -- 谈了 付款'],
    ['wei', '跟进 电话 远景 20分钟 聊价格', '/crm 跟进 电话 远景 20m -- 聊价格'],
  ])('are named, and %s gets the line with it: %s', async (key, line, meant) => {
    const shown = await app.as(key).type(line);
    expect(shown.text).toContain(meant);
    expect((await app.as(key).press(shown.button(/Run it|执行/))).text).toContain('✅');
  });
  it('are no note where nothing is called what they begin with', async () => {
    const shown = await app.as('emma').type('log visit nowhere talked about price');
    expect(shown.text).toContain('I cannot find “nowhere talked about price”');
    expect(shown.text).not.toContain('Did you mean');
  });
  it('do not hide what a number counts', async () => {
    expect((await app.as('emma').type('log call 20 minutes acme')).text).toContain('20 min');
  });
});

describe('a touch', () => {
  const row = async (name: string) => {
    const rows = await app.inOrg((tx) => tx.select().from(accounts).where(eq(accounts.name, name)));
    return rows[0];
  };

  it('is noted on the customer without a new version, and never moves back', async () => {
    const before = await row('Grünwald Technik AG');
    await app.as('tom').call('activities.log', { kind: 'call', subject: 'C-7' });
    const touched = await row('Grünwald Technik AG');
    expect(touched?.version).toBe(before?.version);
    expect(touched?.lastTouchAt?.getTime()).toBe(app.clock.now().getTime());
    await app.as('tom').call('activities.log', { kind: 'call', subject: 'C-7', on: '2026-10-01' });
    expect((await row('Grünwald Technik AG'))?.lastTouchAt).toEqual(touched?.lastTouchAt);
  });

  it('is no internal note', async () => {
    const before = await row('Harbour Logistics');
    await app.as('tom').call('activities.log', { kind: 'note', subject: 'C-8', note: 'check the rent' });
    expect((await row('Harbour Logistics'))?.lastTouchAt).toEqual(before?.lastTouchAt);
  });

  it('does not stand in the way of undoing an edit of the customer', async () => {
    const edit = await app
      .as('tom')
      .press({ a: 'accounts.set', i: { account: 'C-7', location: 'Augsburg' } });
    await app.as('tom').call('activities.log', { kind: 'call', subject: 'C-7' });
    await app.as('tom').press(edit.button('Undo'));
    expect((await row('Grünwald Technik AG'))?.location).toBe('München');
  });

  it('goes away with Undo', async () => {
    const shown = await app.as('emma').type('log call C-6 -- by mistake');
    await app.as('emma').press(shown.button('Undo'));
    const rows = await app.inOrg((tx) =>
      tx.select().from(activities).where(eq(activities.note, 'by mistake')),
    );
    expect(rows[0]?.archivedAt).not.toBeNull();
    expect(await show('emma', 'accounts.show', { account: 'C-6' })).not.toContain('by mistake');
  });
});
