import { beforeAll, describe, expect, it } from 'vitest';
import type { ContactCard, ContactView } from '../../../../src/features/crm/contacts/model.ts';
import { outbox } from '../../../../src/store/tables/outbox.ts';
import { type TestApp, testApp } from '../../../support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});

const view = async (contact: string) =>
  (await app.as('noah').call('contacts.show', { contact })) as ContactCard;

describe('a new contact', () => {
  it('says how many people of the customer are known now', async () => {
    const shown = await app.as('wei').type('联系人 远景泵业 周敏 角色:决策人 zhou@yuanjing.example');
    expect(shown.text).toMatch(/✅ K-\d+ 周敏 · 决策人 · zhou@yuanjing\.example/);
    expect(shown.text).toContain('C-2 远景泵业有限公司 · 联系人 2 → 3');
  });

  it.each([
    ['decider', 'decides'],
    ['boss', 'decides'],
    ['决策人', 'decides'],
    ['influencer', 'influences'],
    ['影响者', 'influences'],
    ['user', 'uses'],
    ['使用者', 'uses'],
    ['blocker', 'blocks'],
    ['反对者', 'blocks'],
  ])('with role:%s %s', async (word, role) => {
    const shown = await app.as('emma').type(`contact C-10 "Ann ${word}" role:${word}`);
    expect(shown.text).toContain('✅');
    expect((await view(`Ann ${word}`)).role).toBe(role);
  });

  it.each([
    ['emma', 'contact C-10 "Zhou Two" decider', 'Zhou Two', 'decides'],
    ['emma', 'contact C-10 Zhou Three decision maker', 'Zhou Three', 'decides'],
    ['wei', '联系人 C-10 "周敏敏" 决策人', '周敏敏', 'decides'],
    ['wei', '联系人 C-10 周敏芝 使用者', '周敏芝', 'uses'],
  ])('has the role that stands behind the name: %s types %s', async (key, line, name, role) => {
    expect((await app.as(key).type(line)).text).toContain('✅');
    expect(await view(name)).toMatchObject({ name, role });
  });

  it('is not called what stands behind the name in quotes', async () => {
    const shown = await app.as('emma').type('contact C-10 "Zhou Four" buyer');
    expect(shown.text).toContain('buyer');
    expect(shown.text).toContain('/crm contact C-10 "Zhou Four" -- buyer');
    expect(shown.text).not.toContain('✅');
  });

  it('warns while the customer hangs on that one person', async () => {
    const created = (await app.as('emma').call('accounts.create', { name: 'Iota Pipes' })) as {
      number: string;
    };
    const first = await app.as('emma').type(`contact ${created.number} "Bea Roth"`);
    expect(first.text).toContain('contacts 0 → 1');
    expect(first.text).toContain('Only one contact');
    const second = await app.as('emma').type(`contact ${created.number} "Cem Ok"`);
    expect(second.text).not.toContain('Only one contact');
  });

  it.each([
    [
      'e-mail address',
      'contact C-4 "J. Wu" jane@acme-hydraulics.example',
      'K-1 Jane Wu at Acme Hydraulics has the same e-mail',
    ],
    [
      'phone',
      'contact C-4 "J. Wu" 020 7946 0011 role:user',
      'K-1 Jane Wu at Acme Hydraulics has the same phone',
    ],
    [
      'name at the same customer',
      'contact acme "JANE WU"',
      'K-1 Jane Wu at Acme Hydraulics has the same name',
    ],
  ])('with the same %s as another one is not saved', async (_sign, line, text) => {
    const shown = await app.as('emma').type(line);
    expect(shown.text).toContain(text);
    expect((await app.as('emma').press(shown.button('Open it'))).text).toContain('K-1 Jane Wu');
    const anyway = await app.as('emma').press(shown.button('Create anyway'));
    expect(anyway.text).toContain('✅');
    await app.as('emma').press(anyway.button('Undo'));
  });

  it('of the same name at another customer is somebody else', async () => {
    expect((await app.as('emma').type('contact C-4 "Mark Hill"')).text).toContain('✅');
  });

  it('needs a customer: without one the form opens', async () => {
    expect((await app.as('emma').type('contact')).kind).toBe('form');
  });
});

describe('changing a contact', () => {
  it('is for those who may change the customer', async () => {
    const shown = await app.as('emma').press({ a: 'contacts.set', i: { contact: 'K-7', title: 'CTO' } });
    expect(shown.text).toContain('⛔ You can see K-7 Chen Hao but not change it. Wei Zhang (owner)');
  });

  it('says old and new value', async () => {
    const shown = await app.as('emma').press({ a: 'contacts.set', i: { contact: 'K-2', role: 'decides' } });
    expect(shown.text).toContain('Influence: influences → decides');
  });

  it('who left no longer counts, the owner is told, and the reply asks who takes over', async () => {
    const shown = await app.as('lina').press({ a: 'contacts.set', i: { contact: 'K-7', left: 'yes' } });
    expect(shown.text).toContain('K-7 Chen Hao 已离开 C-3 Nova Robotics');
    expect(shown.text).toContain('已没有联系人');
    expect(shown.buttons.map(({ label }) => label)).toEqual(['下次跟进', '联系人', '撤销']);
    expect((await view('K-7')).leftAt).not.toBeNull();
    const rows = await app.inOrg((tx) =>
      tx.select({ name: outbox.name, payload: outbox.payload }).from(outbox),
    );
    expect(rows.filter(({ name }) => name === 'contacts.left').map(({ payload }) => payload)).toMatchObject([
      { memberId: await app.as('wei').memberId(), contact: { number: 'K-7' }, account: { number: 'C-3' } },
    ]);
    await app.as('lina').press({ a: 'contacts.set', i: { contact: 'K-7', left: 'no' } });
    expect((await view('K-7')).leftAt).toBeNull();
  });
});

describe('two records of one person', () => {
  it('become one with the history of both, and two again by undo', async () => {
    const emma = app.as('emma');
    const twin = (await emma.call('contacts.create', {
      account: 'C-1',
      name: 'Jane W.',
      phone: '+442079460099',
      email: 'j.wu@acme-hydraulics.example',
    })) as ContactView;
    await emma.call('activities.log', { kind: 'call', subject: twin.number, note: 'asked for a manual' });
    const ask = await emma.press({ a: 'contacts.merge', i: { contact: twin.number, into: 'K-1' } });
    expect(ask.text).toContain('Phone | +442079460011 | +442079460099');
    const done = await emma.press(ask.button('Confirm'));
    expect(done.text).toContain('Moved: 1 activity');
    const shown = await emma.press({ a: 'contacts.show', i: { contact: 'K-1' } });
    expect(shown.text).toContain('+442079460011');
    expect(shown.text).toContain('asked for a manual');
    const gone = await emma.press({ a: 'contacts.show', i: { contact: twin.number } });
    expect(gone.text).toContain('was merged into K-1 Jane Wu');
    await emma.press(done.button('Undo'));
    expect((await emma.press({ a: 'contacts.show', i: { contact: twin.number } })).text).toContain(
      'asked for a manual',
    );
  });

  it('archives and restores', async () => {
    const emma = app.as('emma');
    expect((await emma.press({ a: 'contacts.restore', i: { contact: 'K-13' } })).text).toContain(
      'Tina Marsh is back',
    );
    expect((await emma.press({ a: 'contacts.archive', i: { contact: 'K-13' } })).text).toContain('archived');
    const shown = await emma.press({ a: 'contacts.set', i: { contact: 'K-13', title: 'CFO' } });
    expect(shown.text).toContain('K-13 Tina Marsh is archived');
  });
});
