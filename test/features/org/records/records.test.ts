import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FoundRecords } from '../../../../src/features/org/records/model.ts';
import { statesMeant } from '../../../../src/features/org/records/rules.ts';
import { type TestApp, testApp } from '../../../support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
beforeEach(() => app.clock.forward(61_000));

const find = async (who: string, input: Record<string, unknown>) =>
  (await app.as(who).call('records.find', input)) as FoundRecords;
const numbers = ({ records }: FoundRecords) => records.map(({ number }) => number);

describe('show', () => {
  it('opens any kind of record by number or name', async () => {
    expect((await app.as('emma').type('show acme')).text).toContain('C-1 Acme');
    expect((await app.as('emma').type('d1')).text).toContain('D-1 40 pumps');
    expect((await app.as('emma').type('show L-1')).text).toContain('L-1 Delta Compressors');
    expect((await app.as('wei').type('查看 远景')).text).toContain('C-2 远景泵业有限公司');
  });
});

describe('find', () => {
  it('looks through leads, deals, accounts and contacts, equal names first', async () => {
    const found = await find('emma', { text: 'Nova Robotics' });
    expect(numbers(found)[0]).toBe('C-3');
    expect(new Set(found.records.map(({ kind }) => kind))).toEqual(new Set(['account', 'deal', 'contact']));
  });

  it('finds by part of a name, number, e-mail and phone', async () => {
    expect(numbers(await find('emma', { text: 'robotics' }))).toContain('C-3');
    expect(numbers(await find('emma', { text: 'K-1' }))).toEqual(['K-1']);
    expect(numbers(await find('emma', { text: 'jane@acme-hydraulics.example' }))).toContain('K-1');
    expect(numbers(await find('emma', { text: '+44 20 7946 0011' }))).toContain('K-1');
  });

  it('filters by owner, stage, state and kind', async () => {
    expect(numbers(await find('emma', { owner: 'me', stage: 'tracking' }))).toEqual(['D-1']);
    expect(numbers(await find('emma', { state: 'nurture', kind: 'lead' }))).toEqual(['L-2']);
    expect(numbers(await find('wei', { state: '培育中' }))).toEqual(['L-2']);
    expect(numbers(await find('chen', { kind: 'deal', state: 'won' }))).toEqual(['D-9', 'D-2']);
    expect((await find('emma', { owner: '@wei' })).records.every(({ owner }) => owner === 'Wei Zhang')).toBe(
      true,
    );
  });

  it('gives of other teams’ leads and deals only name, owner and stage', async () => {
    const { records } = await find('emma', { text: 'D-5' });
    expect(records[0]).toEqual({
      kind: 'deal',
      number: 'D-5',
      name: '二期生产线',
      account: null,
      owner: 'Wei Zhang',
      state: 'negotiation',
      amount: null,
      isPartial: true,
    });
    expect((await find('chen', { text: 'D-5' })).records[0]?.amount).toEqual({
      amountMinor: '86000000',
      currency: 'CNY',
    });
  });

  it('names stages in the reader’s language', async () => {
    expect((await find('lina', { text: 'D-5' })).records[0]?.state).toBe('谈判');
  });

  it('shows ten at a time, each once', async () => {
    const first = await find('ada', { kind: 'contact' });
    const second = await find('ada', { kind: 'contact', page: 1 });
    expect(first.records).toHaveLength(10);
    expect(first.hasMore).toBe(true);
    expect(numbers(second).filter((number) => numbers(first).includes(number))).toEqual([]);
    const shown = await app.as('ada').type('find kind:contact');
    expect((await app.as('ada').press(shown.button('Next 10'))).text).toContain('Page 2');
  });

  it('leaves archived records out', async () => {
    await app.as('emma').type('archive K-2');
    expect(numbers(await find('emma', { text: 'Mark Hill' }))).toEqual([]);
    await app.as('emma').type('undo');
    expect(numbers(await find('emma', { text: 'Mark Hill' }))).toEqual(['K-2']);
  });

  it('with nothing found says what to try', async () => {
    const shown = await app.as('emma').type('find acme owner:@wei');
    expect(shown.text).toContain('ℹ️ Nothing found: acme');
    expect((await app.as('emma').press(shown.button('Search everywhere'))).text).toContain('C-1 Acme');
  });

  it('with a state nobody has names those there are', async () => {
    const { text } = await app.as('emma').type('find state:foo');
    expect(text).toContain('No record has the state foo. There are:');
    expect(text.match(/to identify/g)).toHaveLength(1);
  });

  it('never finds another organization’s records', async () => {
    const other = await testApp();
    await other.as('emma').type('new-lead "Only Theirs" Bob bob@only.example');
    expect(numbers(await find('ada', { text: 'Only Theirs' }))).toEqual([]);
  });
});

describe('a state word', () => {
  it('is the code or its word in any language', () => {
    const kind = app.registry.recordKind('lead');
    if (!kind) throw new Error('no leads');
    expect(statesMeant(kind, 'new')).toEqual(['new']);
    expect(statesMeant(kind, 'To Identify')).toEqual(['new']);
    expect(statesMeant(kind, '待识别')).toEqual(['new']);
    expect(statesMeant(kind, 'constructor')).toEqual([]);
  });
});

describe('set', () => {
  it('reads fields by name, key or word in either language', async () => {
    const english = await app.as('emma').type('set D-1 amount 95k close:15dec');
    expect(english.text).toContain('Amount: EUR 80,000 → EUR 95,000');
    expect(english.text).toContain('/crm set D-1 amount:"EUR 95k" close:2026-12-15');
    await app.as('emma').type('undo');
    const chinese = await app.as('wei').type('修改 D-5 金额 95万 成交日期:12月15日');
    expect(chinese.text).toContain('CNY 860,000 → CNY 950,000');
    await app.as('wei').type('撤销');
  });

  it('prints a line that does the same again', async () => {
    const shown = await app.as('emma').type('set D-1 rival:"Grund fos" amount 50k note:"a b"');
    const line = /\/crm (set .*)/.exec(shown.text)?.[1] ?? '';
    await app.as('emma').type('undo');
    const again = await app.as('emma').type(line);
    expect(again.text).toBe(shown.text);
    await app.as('emma').type('undo');
  });

  it('takes a bare amount in the currency the record has', async () => {
    const { text } = await app.as('emma').type('set D-1 amount 90000');
    expect(text).toContain('EUR 80,000 → EUR 90,000');
    await app.as('emma').type('undo');
  });

  it('names the fields there are for a word that is none', async () => {
    const meant = await app.as('emma').type('set D-1 amout 95k');
    expect(meant.text).toContain('amout is no field of D-1 40 pumps. Did you mean amount?');
    const unknown = await app.as('emma').type('set acme blah 3');
    expect(unknown.text).toMatch(/blah is no field of C-1 Acme .*It has: Name, Value class,/);
  });

  it('points to the verb that changes owner and stage', async () => {
    const shown = await app.as('emma').type('set D-1 owner @tom');
    expect(shown.text).toContain('/crm assign D-1 @tom');
    expect((await app.as('emma').type('set D-1 stage quote')).text).toContain('/crm move D-1 quote');
  });

  it('without changes opens the form with what is stored', async () => {
    const { outcome } = await app.as('emma').type('set D-1');
    if (outcome.kind !== 'form') throw new Error(outcome.kind);
    expect(outcome.form.fields.find(({ name }) => name === 'name')?.value).toBe('40 pumps');
  });

  it('tried out saves nothing and offers the line', async () => {
    const shown = await app.as('emma').type('set D-1 amount 99k ?');
    expect(shown.text).toContain('Dry run: nothing was saved. /crm set D-1 amount:"EUR 99k" does it.');
    expect((await app.as('emma').type('show D-1')).text).toContain('EUR 80,000');
    expect((await app.as('emma').press(shown.button('Run it'))).text).toContain('EUR 99,000');
    await app.as('emma').type('undo');
  });

  it('is refused to who may not, naming who can', async () => {
    const { text } = await app.as('emma').type('set D-5 amount 5k');
    expect(text).toContain('Wei Zhang (owner), Li Na, Ada Young can');
  });
});

describe('the verbs for every kind', () => {
  it('assign, archive and restore print lines people can type', async () => {
    const assigned = await app.as('emma').type('assign D-1 @tom');
    expect(assigned.text).toContain('/crm assign D-1 @tom.becker');
    await app.as('emma').press(assigned.button('Undo'));
    expect((await app.as('emma').type('archive K-3')).text).toContain('/crm archive K-3');
    expect((await app.as('emma').type('restore K-3')).text).toContain('/crm restore K-3');
  });

  it('note keeps what was said on the record', async () => {
    const shown = await app.as('emma').type('note D-1 budget moves: decision on 15nov?');
    expect(shown.text).toContain('budget moves: decision on 15nov?');
    expect((await app.as('emma').type('show D-1')).text).toContain('budget moves');
  });

  it('merge asks first and refuses records of different kinds', async () => {
    expect((await app.as('tom').type('merge C-10 into C-1')).buttons.map(({ label }) => label)).toContain(
      'Confirm',
    );
    expect((await app.as('tom').type('merge C-1 into K-1')).text).toContain('of different kinds');
    expect((await app.as('tom').type('merge D-1 into D-2')).text).toContain('D-1 40 pumps cannot be merged');
  });

  it('say it when a kind has no such action', async () => {
    expect((await app.as('emma').type('assign K-1 me')).text).toContain('K-1 Jane Wu cannot be assigned');
  });
});
