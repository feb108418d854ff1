import { beforeAll, describe, expect, it } from 'vitest';
import type { AccountCard, AccountView } from '../../../../src/features/crm/accounts/model.ts';
import { outbox } from '../../../../src/store/tables/outbox.ts';
import { audit } from '../../../../src/store/tables/trail.ts';
import { type TestApp, testApp } from '../../../support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});

const show = async (who: string, account: string) =>
  app.as(who).press({ a: 'accounts.show', i: { account } });
const view = async (account: string) =>
  (await app.as('noah').call('accounts.show', { account })) as AccountCard;
const messagesOf = (name: string) =>
  app.inOrg(async (tx) => {
    const rows = await tx.select({ name: outbox.name, payload: outbox.payload }).from(outbox);
    return rows.filter((row) => row.name === name).map((row) => row.payload as Record<string, unknown>);
  });

describe('a new customer', () => {
  it('is saved with one line and belongs to who typed it', async () => {
    const shown = await app
      .as('emma')
      .type('account "Zeta Works" +8613800001111 domain:https://www.zeta.example city:Wuxi -- from the fair');
    expect(shown.text).toMatch(
      /✅ C-\d+ Zeta Works · Wuxi · \+8613800001111 · state to identify · owner you/,
    );
    expect(shown.buttons.map(({ label }) => label)).toEqual(['Log', 'Contact', 'Deal', 'Undo']);
    const saved = await view('zeta');
    expect(saved).toMatchObject({ domain: 'zeta.example', valueClass: null, note: 'from the fair' });
  });

  it('is typed in Chinese too', async () => {
    const shown = await app.as('wei').type('新建客户 海天塑机 行业:塑料 所在地:宁波');
    expect(shown.text).toContain('海天塑机 · 宁波 · 状态：待识别 · 负责人：你');
  });

  it.each([
    ['by name', 'account "ACME hydraulic co"', 'C-1 Acme Hydraulics (owner Emma Clark): same name'],
    [
      'by domain',
      'account "Pump people" domain:acme-hydraulics.example',
      'C-1 Acme Hydraulics (owner Emma Clark): same domain',
    ],
    ['by phone', 'account "Pump people" +442079460001', 'C-1 Acme Hydraulics (owner Emma Clark): same phone'],
    ['by the phone of one of its people', 'account "Pump people" +442079460011', 'C-1 Acme Hydraulics'],
  ])('that exists %s is not saved, but shown', async (_sign, line, text) => {
    const shown = await app.as('emma').type(line);
    expect(shown.text).toContain(text);
    expect(shown.text).toContain('Nothing was saved');
    expect((await app.as('emma').press(shown.button('Open it'))).text).toContain('C-1 Acme Hydraulics');
  });

  it('that looks like somebody else’s is created on purpose only, and its owner is told', async () => {
    const shown = await app.as('emma').type('account "Nova Robotics" city:Berlin');
    const created = await app.as('emma').press(shown.button('Create anyway, tells Wei Zhang'));
    expect(created.text).toMatch(/✅ C-\d+ Nova Robotics · Berlin/);
    expect(await messagesOf('accounts.twin-created')).toMatchObject([
      { memberId: await app.as('wei').memberId(), twin: { number: 'C-3' }, by: 'Emma Clark' },
    ]);
  });

  it('needs a domain that is one', async () => {
    const shown = await app.as('emma').type('account "Theta Tools" domain:theta');
    expect(shown.text).toContain('“theta” is no domain');
  });
});

describe('the card of a customer', () => {
  it('says states with their duty, owner, last touch and people', async () => {
    const { text } = await show('emma', 'C-1');
    expect(text).toContain('Sales state: opportunity · push and track it');
    expect(text).toContain('Relationship: target');
    expect(text).toContain('Owner: you');
    expect(text).toContain('Last touch: 2 d ago');
    expect(text).toContain('Contacts 4');
    expect(text).toContain('Jane Wu · Head of Purchasing · decides');
    expect(text).toContain('call · Emma Clark · with Mark Hill · 20 min – delivery in March is fine');
  });

  it('warns of a customer that hangs on one person, or on nobody', async () => {
    expect((await show('emma', 'C-3')).text).toMatch(/Chen Hao.*⚠ the only contact/);
    expect((await show('emma', 'C-10')).text).toContain('No contact yet ⚠ /crm contact C-10');
  });

  it('is for everybody inside, and offers work to those who sell only', async () => {
    const labels = (await show('noah', 'C-1')).buttons.map(({ label }) => label);
    for (const work of ['Log', 'Contact', 'Deal']) expect(labels).not.toContain(work);
    expect((await show('pia', 'C-1')).text).toContain('⛔');
  });

  it('speaks the reader’s language', async () => {
    const { text } = await show('wei', 'C-2');
    expect(text).toContain('销售状态: 在用客户 · 需关怀');
    expect(text).toContain('关系状态: 实际');
  });

  it('forgets a touch that was undone', async () => {
    const emma = app.as('emma');
    const logged = await emma.type('log call C-6');
    expect((await view('C-6')).lastTouchAt).not.toBeNull();
    await emma.press(logged.button('Undo'));
    expect((await view('C-6')).lastTouchAt).toBeNull();
  });
});

describe('changing a customer', () => {
  it('is for its owner, managers above and admins; others read who can', async () => {
    const set = { a: 'accounts.set', i: { account: 'C-3', location: 'Kunshan' } };
    const refused = await app.as('emma').press(set);
    expect(refused.text).toContain('⛔ You can see C-3 Nova Robotics but not change it');
    expect(refused.text).toContain('Wei Zhang (owner), Li Na');
    expect((await app.as('tom').press(set)).text).toContain('⛔');
    expect((await app.as('lina').press(set)).text).toContain('Suzhou → Kunshan');
    expect((await app.as('ada').press({ ...set, i: { account: 'C-3', industry: 'Robots' } })).text).toContain(
      '✅',
    );
  });

  it('gives it a class only by who decides prices; the form of a rep stays usable', async () => {
    const refused = await app.as('emma').type('set C-1 class B');
    expect(refused.text).toContain('managers and Finance set it');
    expect(refused.text).toContain('Tom Becker');
    const created = await app.as('emma').type('account "Class Act" class:A city:Hull');
    expect(created.text).toContain('Ask Tom Becker');
    const without = await app.as('emma').press(created.button('Create without it'));
    expect(without.text).toMatch(/✅ C-\d+ Class Act · Hull/);
    const form = await app.as('emma').type('set C-1');
    expect(form.kind).toBe('form');
    expect((await app.as('tom').type('set C-1 class B')).text).toContain('A → B');
    await app.as('tom').type('undo');
  });

  it('of its state needs a reason', async () => {
    const press = { a: 'accounts.set', i: { account: 'C-4', relationship: 'lost' } };
    expect((await app.as('emma').press(press)).kind).toBe('form');
    const done = await app.as('emma').submit(press, { reason: 'plant closed' });
    expect(done.text).toContain('Relationship: actual → lost');
    expect(await view('C-4')).toMatchObject({
      relationshipState: 'lost',
      relationshipReason: 'plant closed',
    });
  });

  it('sets the sales state by hand only before there is a deal', async () => {
    const press = (account: string) => ({
      a: 'accounts.set',
      i: { account, state: 'potential', reason: 'has a need next year' },
    });
    expect((await app.as('emma').press(press('C-6'))).text).toContain('Sales state: to identify → potential');
    expect((await app.as('emma').press(press('C-1'))).text).toContain(
      'follows its deals now (it is opportunity)',
    );
  });

  it('finds it under its new name, and a twin by it', async () => {
    await app.as('emma').call('accounts.set', { account: 'C-10', name: 'Pumpworks Pacific' });
    expect((await view('Pumpworks Pacific')).number).toBe('C-10');
    expect((await app.as('emma').type('account "Pumpworks Pacific"')).text).toContain('Looks like C-10');
  });

  it('never makes a company its own parent', async () => {
    const shown = await app.as('ada').press({ a: 'accounts.set', i: { account: 'C-1', parent: 'C-10' } });
    expect(shown.text).toContain('would become its own parent company');
  });
});

describe('handing on and putting away', () => {
  it('tells the new owner', async () => {
    const shown = await app.as('lina').press({ a: 'accounts.assign', i: { account: 'C-5', to: '@wei' } });
    expect(shown.text).toContain('C-5 瑞奇自动化');
    expect((await view('C-5')).owner?.name).toBe('Wei Zhang');
    expect(await messagesOf('accounts.assigned')).toMatchObject([
      { memberId: await app.as('wei').memberId(), account: { number: 'C-5' }, by: 'Li Na' },
    ]);
  });

  it('is refused to who does not own it', async () => {
    const shown = await app.as('emma').press({ a: 'accounts.assign', i: { account: 'C-9', to: 'me' } });
    expect(shown.text).toContain('⛔');
  });

  it('archives and restores, and says what an archived customer cannot do', async () => {
    const emma = app.as('emma');
    const logged = await emma.type('log call C-11');
    expect(logged.text).toContain('C-11 Old Mill Works is archived. Restore it first.');
    const restored = await emma.press(logged.button('Restore'));
    expect(restored.text).toContain('C-11 Old Mill Works is back');
    expect((await emma.press({ a: 'accounts.archive', i: { account: 'C-11' } })).text).toContain('archived');
    expect((await show('emma', 'C-11')).text).toContain('Archived');
    const notFound = await emma.press({ a: 'accounts.show', i: { account: 'Old Mill' } });
    expect(notFound.text).toContain('cannot find');
  });
});

describe('merging customers', () => {
  const twins = async () => {
    const emma = app.as('emma');
    const kept = (await emma.call('accounts.create', {
      name: 'Kappa Valves',
      location: 'Graz',
      force: true,
    })) as AccountView;
    const gone = (await emma.call('accounts.create', {
      name: 'Kappa Valves GmbH',
      phone: '+4331640001',
      location: 'Wien',
      force: true,
    })) as AccountView;
    await emma.call('contacts.create', { account: gone.number, name: 'Ida Moser', role: 'decides' });
    await emma.call('activities.log', {
      kind: 'visit',
      subject: gone.number,
      met: 'Ida',
      note: 'wants a trial',
    });
    return { emma, kept: kept.number, gone: gone.number };
  };

  it('shows both side by side and asks first; a dry run saves nothing', async () => {
    const { emma, kept, gone } = await twins();
    const ask = await emma.press({ a: 'accounts.merge', i: { account: gone, into: kept } });
    expect(ask.text).toContain(`Merge ${gone} Kappa Valves GmbH into ${kept} Kappa Valves?`);
    expect(ask.text).toContain('Location | Graz | Wien');
    const outcome = await emma.call('accounts.merge', { account: gone, into: kept }, { dryRun: true });
    expect(outcome).toMatchObject({ kept: { number: kept }, gone: { number: gone } });
    expect((await view(gone)).archivedAt).toBeNull();
  });

  it('fills blanks, keeps the rest, moves people and history, and can be undone', async () => {
    const { emma, kept, gone } = await twins();
    const ask = await emma.press({ a: 'accounts.merge', i: { account: gone, into: kept } });
    const done = await emma.press(ask.button('Confirm'));
    expect(done.text).toContain('Moved: 1 contact · 1 activity');
    expect(await view(kept)).toMatchObject({ name: 'Kappa Valves', phone: '+4331640001', location: 'Graz' });
    expect((await show('emma', kept)).text).toContain('Ida Moser');
    expect((await show('emma', kept)).text).toContain('wants a trial');
    expect(await view(gone)).toMatchObject({ mergedInto: { number: kept } });
    expect((await emma.press({ a: 'accounts.restore', i: { account: gone } })).text).toContain(
      'was merged into',
    );

    await emma.press(done.button('Undo'));
    expect(await view(kept)).toMatchObject({ phone: null, location: 'Graz' });
    expect(await view(gone)).toMatchObject({ mergedInto: null, archivedAt: null });
    expect((await show('emma', gone)).text).toContain('Ida Moser');
    expect((await show('emma', kept)).text).not.toContain('wants a trial');
  });

  it('takes the other value where a button says so, and gives it back', async () => {
    const { emma, kept, gone } = await twins();
    const ask = await emma.press({ a: 'accounts.merge', i: { account: gone, into: kept } });
    const taken = await emma.press(ask.button('Take Wien'));
    expect(taken.text).toContain('Location · Wien replaces Graz');
    const back = await emma.press(taken.button('Keep Graz'));
    expect(back.text).toContain('Location · Graz stays');
    await emma.press(taken.button('Confirm'));
    expect((await view(kept)).location).toBe('Wien');
  });

  it('takes the right to change both, and two different ones', async () => {
    const press = (account: string, into: string) => ({
      a: 'accounts.merge',
      i: { account, into },
      ok: true as const,
    });
    expect((await app.as('emma').press(press('C-9', 'C-1'))).text).toContain('⛔');
    expect((await app.as('emma').press(press('C-1', 'C-1'))).text).toContain('cannot be merged into itself');
  });

  it('leaves one audit entry', async () => {
    const { emma, kept, gone } = await twins();
    const count = () => app.inOrg(async (tx) => (await tx.select({ id: audit.id }).from(audit)).length);
    const before = await count();
    await emma.call('accounts.merge', { account: gone, into: kept });
    expect((await count()) - before).toBe(1);
  });
});
