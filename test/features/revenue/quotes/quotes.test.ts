import { and, eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { quoteLines, quotes, quoteVersions } from '../../../../src/features/revenue/quotes/tables.ts';
import { outbox } from '../../../../src/store/tables/outbox.ts';
import { type Shown, type TestApp, testApp } from '../../../support/app.ts';

let app: TestApp;

const looking = () =>
  beforeAll(async () => {
    app = await testApp();
  });
const changing = () =>
  beforeEach(async () => {
    app = await testApp();
  });

const labels = (shown: Shown) => shown.buttons.map(({ label }) => label);
const fieldOf = (shown: Shown, name: string) =>
  shown.outcome.kind === 'form' ? shown.outcome.form.fields.find((field) => field.name === name) : undefined;

describe('a new quote', () => {
  changing();

  it('is priced by the class and quantity of the price book, with a total as discount on the whole', async () => {
    const shown = await app.as('emma').type('quote D-1 40x"Pump P40" 70k valid:30d');
    expect(shown.text).toContain('✅ Q-5 v1 for D-1 Acme Hydraulics · 40 × Pump P40 · EUR 70,000');
    expect(shown.text).toMatch(/16\.67 ?% below list/);
    expect(shown.text).toContain('valid until 10 Dec 2026');
    expect(shown.text).toContain('40 × Pump P40 at EUR 1,830');
    expect(shown.text).toMatch(/−EUR 3,200 \(4\.37 ?%\)/);
    expect(shown.text).toContain('Prices without VAT');
    expect(shown.text).toContain('quote D-1 40x "Pump P40" 70k valid:2026-12-10');
    for (const label of ['Add line', 'Mark as sent', 'Share', 'Accept', 'Undo']) {
      expect(labels(shown)).toContain(label);
    }
    expect((await app.as('emma').type('undo')).text).toContain('Q-5');
    expect((await app.as('emma').type('quotes D-1')).text).not.toContain('Q-5');
  });

  it('stands at what its lines come to when no total is said, at a price of one’s own where one is', async () => {
    const shown = await app.as('emma').type('quote D-1 2x"Pump P40"@1999.99, 10x Seal set S1');
    expect(shown.text).toContain('2 lines · EUR 4,449.98');
    expect(shown.text).not.toContain('Discount');
  });

  it('without lines is one line with the deal’s name, in the organization’s currency where the deal has none', async () => {
    const shown = await app.as('emma').type('quote D-4 95k');
    expect(shown.text).toContain('Q-5 v1 for D-4');
    expect(shown.text).toContain('CNY 95,000');
    expect(shown.text).toContain('1. Pilot line');
    expect((await app.as('emma').type('quote D-4 EUR 12k')).text).toContain('EUR 12,000');
  });

  it('reads and answers in Chinese', async () => {
    const shown = await app.as('wei').type('报价 D-5 2台"自动化单元 A2" 78万 有效期:30天 税:"含13%增值税"');
    expect(shown.text).toContain('Q-5 v1（D-5 远景泵业有限公司） · 2 × 自动化单元 A2 · CNY 780,000');
    expect(shown.text).toContain('含13%增值税');
    expect(shown.text).toContain('报价 D-5 2x "自动化单元 A2" 78万 有效期:2026-12-10 税:"含13%增值税"');
    expect(labels(shown)).toContain('添加明细');
  });

  it('lets a line without a price take what the total leaves, and asks for one where there is none', async () => {
    await app.as('ada').type('new-product "GTX Pro"');
    const shown = await app.as('emma').type('quote D-1 3x"GTX Pro" 1x"Pump P40" 5k');
    expect(shown.text).toContain('EUR 5,000');
    expect(shown.text).toContain('3 × GTX Pro at EUR 1,000');
    expect(shown.text).not.toContain('below list');
    const refused = await app.as('emma').type('quote D-1 3x"GTX Pro"');
    expect(refused.text).toContain('No price of GTX Pro in EUR is known');
    expect(labels(refused)).toContain('Fill in the form');
  });

  it.each([
    ['quote D-1 40x"Pump P40" CNY 70k', 'D-1 40 pumps is in EUR'],
    ['quote D-1 40x"Pump P40"@"CNY 70"', 'D-1 40 pumps is in EUR'],
    ['quote D-1 40x"Pumpe"', 'There is no product Pumpe'],
    ['quote D-1 1x"Pump P40" 70k', 'more than twice the lines'],
    ['quote D-1 8Ok', '80k'],
    ['quote D-1 70k valid:2026-11-09', 'past'],
    ['quote D-1 70k valid:2030-01-01', 'between 10 Nov 2026 and 10 Nov 2028'],
    ['quote D-2 70k', 'Reopen it first'],
    ['quote D-13 70k', 'Restore it first'],
    ['quote Q-2 10x"Seal set S1"', 'quote-line Q-2'],
    ['quote-line Q-2 off', 'quote-line Q-57 off 2'],
    ['quote-line Q-2 2x"Pump P40" 3x"Seal set S1"', 'One line at a time'],
    ['quote D-1 40x"Pump P40" colour:red', 'colour:'],
    ['quote D-1 95k 96k', 'which is the total?'],
    ['quote D-1 40x"Pump P40', 'not closed'],
  ])('%s is refused with what to do', async (line, expected) => {
    const shown = await app.as('emma').type(line);
    expect(shown.text).toContain(expected);
    expect((await app.as('emma').type('quotes D-1')).text).not.toContain('Q-5');
  });

  it('opens a form with what was understood when nothing is quoted', async () => {
    const shown = await app.as('emma').type('quote D-1 valid:2026-12-24');
    expect(shown.kind).toBe('form');
    expect(fieldOf(shown, 'deal')?.valueLabel).toBe('40 pumps');
    expect(fieldOf(shown, 'valid')?.value).toBe('2026-12-24');
    expect(fieldOf(shown, 'total')?.value).toBe('EUR 80000');
  });

  it('asks which product is meant with a button for each, the other words kept', async () => {
    await app.as('ada').type('new-product "Pump P50" EUR 2500');
    const shown = await app.as('emma').type('quote D-1 2x"Pump" 3k valid:2026-12-24');
    expect(labels(shown)).toEqual(expect.arrayContaining(['Pump P40 · Pumps', 'Pump P50']));
    const made = await app.as('emma').press(shown.button('Pump P50'));
    expect(made.text).toContain('2 × Pump P50 · EUR 3,000');
    expect(made.text).toContain('24 Dec 2026');
  });
});

describe('the lines of a quote', () => {
  changing();

  it('go form, card, form: added, changed and removed, each a version of its own', async () => {
    const emma = app.as('emma');
    const made = await emma.type('quote D-12 2x"Pump P40"');
    expect(made.text).toContain('Q-5 v1');
    const form = await emma.press(made.button('Add line'));
    expect(form.kind).toBe('form');
    const press = form.outcome.kind === 'form' ? form.outcome.form.press : made.button('Add line');
    const added = await emma.submit(press, {
      quote: 'Q-5',
      product: 'Seal set S1',
      quantity: '10',
      price: '',
    });
    expect(added.text).toContain('Q-5 v2');
    expect(added.text).toContain('2. 10 × Seal set S1 at EUR 45');
    expect(added.text).toContain('EUR 4,650');
    const changing = await emma.press(
      added.buttons.filter(({ label }) => label === 'Change')[1]?.press ?? press,
    );
    expect(fieldOf(changing, 'product')?.valueLabel).toBe('Seal set S1');
    expect(fieldOf(changing, 'quantity')?.value).toBe('10');
    const changed = await emma.type('quote-line Q-5 row:2 100x"Seal set S1"');
    expect(changed.text).toContain('2. 100 × Seal set S1 at EUR 38');
    const removed = await emma.type('quote-line Q-5 off 1');
    expect(removed.text).toContain('Q-5 v4');
    expect(removed.text).not.toContain('Pump P40');
    expect((await emma.type('quote-line Q-5 off 1')).text).toContain('at least one line');
    expect((await emma.type('quote-line Q-5 off 7')).text).toContain('no row 7');
  });

  it('keep the discount on the whole', async () => {
    const emma = app.as('emma');
    await emma.type('quote D-12 10x"Seal set S1" 405');
    const shown = await emma.type('quote-line Q-5 10x"Seal set S1"');
    expect(shown.text).toContain('EUR 810');
    expect(shown.text).toMatch(/−EUR 90 \(10 ?%\)/);
  });

  it('cannot be changed by a button of an older version', async () => {
    const emma = app.as('emma');
    const made = await emma.type('quote D-12 2x"Pump P40" 10x"Seal set S1"');
    await emma.type('quote-line Q-5 1x"Control unit CU8"');
    const stale = await emma.press(made.button('Remove'));
    expect(stale.text).toContain('v2 stands, and you looked at v1');
    expect((await emma.type('show Q-5')).text).toContain('Pump P40');
  });

  it('of an earlier version stay as they were, and no number comes twice', async () => {
    const emma = app.as('emma');
    await emma.type('quote-line Q-3 1x"Control unit CU8"');
    await emma.type('undo');
    const again = await emma.type('set Q-3 total 4500');
    expect(again.text).toContain('Q-3 v3');
    const shown = await emma.type('show Q-3');
    expect(shown.text).toContain('v3 · EUR 4,500 · total changed · Emma Clark');
    expect(shown.text).toContain('v1 · EUR 4,650 · made · Emma Clark');
    const old = await emma.type('quote-version Q-3 1');
    expect(old.text).toContain('This is v1. Now v3 stands.');
    expect(old.text).toContain('EUR 4,650');
    expect((await emma.type('quote-version Q-3 9')).text).toContain('no version 9');
  });

  it('cannot be rewritten in the database', async () => {
    await expect(app.inOrg((tx) => tx.update(quoteVersions).set({ totalMinor: 1n }))).rejects.toThrow();
    await expect(app.inOrg((tx) => tx.delete(quoteLines))).rejects.toThrow();
  });
});

describe('a quote that was sent', () => {
  changing();

  it('is a draft again when its terms change, and stays sent when only its validity does', async () => {
    const emma = app.as('emma');
    expect((await emma.type('quote-send Q-3')).text).toContain('✅ Q-3 v1 is sent');
    expect((await emma.type('quote-send Q-3')).kind).toBe('card');
    expect((await emma.type('quote-extend Q-3 60d')).text).toContain('valid until 9 Jan 2027');
    expect((await emma.type('show Q-3')).text).toMatch(/Status: sent/);
    await emma.type('set Q-3 total 4600');
    expect((await emma.type('show Q-3')).text).toMatch(/Status: draft/);
  });

  it('gives the deal its amount when it is accepted, ends the other quotes, and undo brings all back', async () => {
    const emma = app.as('emma');
    await emma.type('quote D-1 40x"Pump P40" 70k');
    const shown = await emma.type('quote-accept Q-5');
    expect(shown.text).toContain('✅ Q-5 v1 is accepted · D-1 Acme Hydraulics · EUR 70,000');
    expect(shown.text).toContain('EUR 80,000 → EUR 70,000');
    expect(shown.text).toContain('No longer open: Q-2');
    expect((await emma.type('show D-1')).text).toContain('EUR 70,000');
    expect((await emma.type('quotes D-1')).text).toMatch(/Q-5 v1 .*accepted[\s\S]*Q-2 v1 .*superseded/);
    const other = await emma.type('quote-accept Q-2');
    expect(other.text).toContain('D-1 40 pumps has an accepted quote: Q-5');
    await emma.type('undo');
    expect((await emma.type('show D-1')).text).toContain('EUR 80,000');
    expect((await emma.type('quotes D-1')).text).toMatch(/Q-2 v1 .*sent/);
  });

  it('cannot be accepted after its last day, which is the organization’s, until it is extended', async () => {
    const emma = app.as('emma');
    // In Shanghai the twelfth lasts until 16:00 UTC.
    app.clock.set('2026-11-12T15:59:00Z');
    expect((await emma.type('show Q-2')).text).toMatch(/Status: sent/);
    app.clock.set('2026-11-12T16:00:00Z');
    expect((await emma.type('show Q-2')).text).toMatch(/Status: expired/);
    const refused = await emma.type('quote-accept Q-2');
    expect(refused.text).toContain('Q-2 40 pumps expired on 12 Nov 2026');
    await emma.press(refused.button('Extend 30 d'));
    expect((await emma.type('quote-accept Q-2')).text).toContain('Q-2 v2 is accepted');
  });

  it('can be declined with a reason, and withdrawn', async () => {
    const emma = app.as('emma');
    expect((await emma.type('quote-decline Q-2 too expensive')).text).toContain('reason: too expensive');
    const shown = await emma.type('set Q-2 total 70k');
    expect(shown.text).toContain('declined: its terms stay as they are');
    await emma.type('quote-withdraw Q-3');
    expect((await emma.type('show Q-3')).text).toMatch(/Status: withdrawn/);
    expect((await emma.type('quote-withdraw Q-1')).text).toContain('Reopen it first');
  });

  it('is accepted once, however many quotes of a deal are accepted at the same moment', async () => {
    const emma = app.as('emma');
    for (const total of [71, 72, 73]) await emma.type(`quote D-1 40x"Pump P40" ${total}k`);
    const answers = await Promise.allSettled(
      ['Q-2', 'Q-5', 'Q-6', 'Q-7', 'Q-5'].map((quote) => emma.call('quotes.accept', { quote })),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const rows = await app.inOrg((tx) =>
      tx
        .select()
        .from(quotes)
        .where(and(eq(quotes.orgId, app.orgId), eq(quotes.name, '40 pumps'))),
    );
    expect(rows.map(({ status }) => status).sort()).toEqual([
      'accepted',
      'superseded',
      'superseded',
      'superseded',
    ]);
    const [accepted] = rows.filter(({ status }) => status === 'accepted');
    expect(await emma.call('deals.show', { deal: 'D-1' })).toMatchObject({
      amount: { amountMinor: accepted?.totalMinor.toString(), currency: 'EUR' },
    });
  });
});

describe('whoever may see a deal', () => {
  looking();

  it('sees its quotes, on its card and in lists, what expires first on top', async () => {
    expect((await app.as('emma').type('show D-1')).text).toMatch(/Quotes[\s\S]*Q-2 v1 · EUR 80,000 · sent/);
    expect((await app.as('tom').type('show Q-2')).text).toContain('Q-2 v1');
    expect((await app.as('emma').type('quotes')).text).toMatch(/Q-2[\s\S]*Q-3[\s\S]*Q-1/);
    expect((await app.as('emma').type('quotes accepted')).text).not.toContain('Q-2');
    expect((await app.as('wei').type('报价单')).text).toContain('Q-4 v1');
    expect((await app.as('emma').type('quote Q-2')).text).toContain('Control unit CU8');
  });

  it('outside gets number and owner only', async () => {
    expect(await app.as('emma').call('quotes.show', { quote: 'Q-4' })).toEqual({
      number: 'Q-4',
      restricted: true,
      status: null,
      deal: null,
      account: null,
      owner: { memberId: await app.as('wei').memberId(), name: 'Wei Zhang' },
      terms: null,
      reason: null,
      sentAt: null,
      closedOn: null,
      archivedAt: null,
      createdAt: null,
      versions: [],
      sections: [],
    });
    expect(JSON.stringify(await app.as('emma').call('quotes.list', { deal: 'D-5' }))).not.toMatch(/850|sent/);
    await expect(app.as('emma').call('quotes.list', { deal: 'D-5', status: 'sent' })).rejects.toThrow();
    expect((await app.as('emma').type('quote-version Q-4 1')).text).not.toContain('850');
  });

  it('outside learns nothing of them by history, forms or type-ahead either', async () => {
    const emma = app.as('emma');
    expect((await emma.type('why Q-4')).text).toContain('Wei Zhang');
    expect((await emma.type('why Q-4')).text).not.toContain('850');
    expect((await app.as('lina').type('why Q-4')).text).toContain('850,000');
    const shown = await emma.type('quote D-5');
    expect(shown.kind).toBe('card');
    expect(shown.text).toContain('Wei Zhang');
    const form = await emma.press({ a: 'quotes.create', i: { deal: 'D-5' }, form: true });
    expect(fieldOf(form, 'total')?.value).toBeUndefined();
    const found = await emma.interact({ kind: 'lookup', lookups: ['quote'], query: '' });
    expect(found.text).toContain('Q-2 Acme Hydraulics');
    expect(found.text).not.toContain('Q-4');
    expect((await emma.interact({ kind: 'lookup', lookups: ['quote'], query: 'Q-4' })).text).not.toContain(
      '远景',
    );
  });

  it('and is no manager, finance or admin is never told what things cost us', async () => {
    for (const key of ['emma', 'noah']) {
      const output = JSON.stringify(await app.as(key).call('quotes.show', { quote: 'Q-2' }));
      expect(output).toContain('"margin":null');
      expect(output).not.toMatch(/58680|5468|136500/);
    }
    for (const key of ['tom', 'chen', 'ada']) {
      expect(await app.as(key).call('quotes.show', { quote: 'Q-2' })).toMatchObject({
        terms: { margin: { cost: { amountMinor: '5868000' }, basisPoints: 2665 } },
      });
    }
  });

  it('may change them only as owner, manager above or admin', async () => {
    for (const line of ['quote D-5 95k', 'quote-accept Q-4', 'set Q-4 total 95k', 'quote-line Q-4 off 1']) {
      expect((await app.as('emma').type(line)).text).toMatch(/Wei Zhang/);
    }
    for (const key of ['noah', 'chen']) {
      expect((await app.as(key).type('quote-send Q-3')).text).not.toContain('is sent');
    }
    expect((await app.as('tom').type('set Q-3 tax "19% VAT included"')).text).toContain('Q-3 v2');
  });
});

describe('a shared quote', () => {
  changing();
  const channel = { kind: 'channel', id: 'C0GENERAL', name: 'general', isShared: false } as const;

  it('is posted in the channel, without what it costs us', async () => {
    const tom = app.as('tom').in(channel);
    const shown = await tom.type('quote-share Q-2');
    expect(shown.text).toContain('Q-2 is shown in #general');
    const rows = await app.inOrg(async (tx) => {
      return (await tx.select().from(outbox)).filter(({ name }) => name === 'quotes.shared');
    });
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows[0]?.payload)).toContain('"margin":null');
  });

  it('never goes where another company reads along', async () => {
    const shown = await app
      .as('emma')
      .in({ ...channel, isShared: true })
      .type('quote-share Q-2');
    expect(shown.text).toContain('shared with another company');
    expect((await app.as('emma').type('quote-share Q-2')).kind).toBe('form');
  });
});
