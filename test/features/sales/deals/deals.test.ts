import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { outbox } from '../../../../src/store/tables/outbox.ts';
import { type Shown, type TestApp, testApp } from '../../../support/app.ts';

let app: TestApp;

/** Suites that only look share one organization; those that change something get one per test. */
const looking = () =>
  beforeAll(async () => {
    app = await testApp();
  });
const changing = () =>
  beforeEach(async () => {
    app = await testApp();
  });

const numberIn = (shown: Shown) => /D-\d+/.exec(shown.text)?.[0] ?? '';
const labels = (shown: Shown) => shown.buttons.map(({ label }) => label);
const queued = (name: string) =>
  app.inOrg(async (tx) => (await tx.select().from(outbox)).filter((row) => row.name === name));

describe('a new deal', () => {
  changing();

  it('starts in the first stage and is said back with what comes next', async () => {
    const shown = await app.as('emma').type('deal acme "50 pumps" 80k close:eom -- two halls');
    expect(shown.text).toMatch(
      /✅ D-\d+ 50 pumps · Acme Hydraulics · CNY 80,000 · stage qualify · close 30 Nov 2026/,
    );
    expect(shown.text).toContain('two halls');
    expect(labels(shown)).toEqual(['Next step', 'Open', 'Undo']);
  });

  it('makes its customer an opportunity, but takes no order customer back', async () => {
    await app.as('emma').type('deal C-10 "Filters" 5k');
    expect((await app.as('emma').type('show C-10')).text).toContain('opportunity');
    await app.as('emma').type('deal C-4 "Filters" 5k');
    expect((await app.as('emma').type('show C-4')).text).toContain('order customer');
  });

  it('opens a form with what was understood when its name is missing, and saves nothing', async () => {
    const shown = await app.as('emma').type('deal acme');
    expect(shown.kind).toBe('form');
    const form = shown.outcome.kind === 'form' ? shown.outcome.form : undefined;
    expect(form?.fields.find(({ name }) => name === 'account')?.valueLabel).toBe('Acme Hydraulics');
    expect((await app.as('emma').type('deals me')).text).toContain('3 deals');
  });

  it('can do without a customer, which the card says', async () => {
    const output = await app.as('emma').call('deals.create', { name: 'Walk-in' });
    expect(output).toMatchObject({ account: null, amount: null, closeOn: null, engageOn: '2026-11-10' });
    const { number } = output as { number: string };
    const shown = await app.as('emma').type(`show ${number}`);
    expect(shown.text).toContain('no account yet');
    expect(labels(shown)).toContain('Set');
  });
});

describe('the card of a deal', () => {
  looking();

  it('says where it stands, what it is worth and what comes next', async () => {
    const shown = await app.as('emma').type('show D-1');
    expect(shown.text).toContain('tracking · 6 d (normal 21)');
    expect(shown.text).toContain('EUR 80,000 (weighted EUR 20,000)');
    expect(shown.text).toContain('call Jane on price');
    for (const label of ['Move', 'Log', 'Next step', 'Won', 'Lost']) expect(labels(shown)).toContain(label);
  });

  it('says when a deal is stuck, pushed and past its close date', async () => {
    expect((await app.as('wei').type('show D-6')).text).toContain('已停滞 21 天');
    expect((await app.as('wei').type('show D-6')).text).toContain('已推迟 2 次');
    expect((await app.as('tom').type('show D-11')).text).toContain('passed 3 d ago · pushed once');
  });

  it('tells people outside the team only name, owner and stage', async () => {
    const output = await app.as('emma').call('deals.show', { deal: 'D-5' });
    expect(output).toMatchObject({
      number: 'D-5',
      name: '二期生产线',
      restricted: true,
      owner: { name: 'Wei Zhang' },
      stage: { key: 'negotiation' },
      account: null,
      amount: null,
      weighted: null,
      closeOn: null,
      note: null,
      sections: [],
    });
    for (const key of ['lina', 'wang', 'ada', 'chen', 'noah']) {
      expect(await app.as(key).call('deals.show', { deal: 'D-5' })).toMatchObject({ restricted: false });
    }
  });

  it('is found by number, name, company, and company/name', async () => {
    for (const text of ['D-1', 'd1', '40 pumps', 'acme/pumps', 'C-10']) {
      expect(await app.as('emma').call('deals.show', { deal: text })).toMatchObject({
        number: text === 'C-10' ? 'D-12' : 'D-1',
      });
    }
    expect((await app.as('emma').type('move acme quote')).text).toContain('Which one do you mean');
  });

  it('of a customer lists its open deals with their sums', async () => {
    const shown = await app.as('emma').type('show C-1');
    expect(shown.text).toContain('Open deals · 1 deal · EUR 80,000');
    expect((await app.as('emma').type('show C-2')).text).not.toContain('860,000');
  });
});

describe('changing a deal', () => {
  changing();

  it('shows each value before and after, and counts pushes of the close date', async () => {
    const emma = app.as('emma');
    const shown = await emma.type('set D-1 amount 95k close:15dec');
    expect(shown.text).toContain('EUR 80,000 → EUR 95,000');
    expect(shown.text).toContain('10 Dec 2026 → 15 Dec 2026 (1st push)');
    const earlier = await emma.type('set D-1 close:12dec');
    expect(earlier.text).toContain('15 Dec 2026 → 12 Dec 2026');
    expect(earlier.text).not.toContain('push');
    expect((await emma.type('set D-1 close:20dec')).text).toContain('(2nd push)');
    expect(await emma.call('deals.show', { deal: 'D-1' })).toMatchObject({ pushCount: 2 });
  });

  it('does not take a first close date for a push', async () => {
    expect((await app.as('emma').type('set D-4 close:20dec')).text).not.toContain('push');
  });

  it('is refused to those who only see it, naming who can', async () => {
    const shown = await app
      .as('wang')
      .call('deals.set', { deal: 'D-5', rival: 'KSB' })
      .catch((error) => error);
    expect(shown).toMatchObject({ code: 'forbidden' });
    expect((await app.as('wang').type('move D-5 quote')).text).toContain(
      'Wei Zhang（负责人）、Li Na、Ada Young',
    );
    expect((await app.as('lina').type('move D-5 quote')).text).toContain('→ 报价');
  });

  it('leaves what a closed deal brought as it was', async () => {
    const shown = await app.as('emma').type('set D-2 amount 1k');
    expect(shown.text).toContain('Reopen it first');
    expect((await app.as('emma').type('set D-2 rival KSB')).text).toContain('empty → KSB');
  });

  it('to a customer makes that customer an opportunity', async () => {
    await app.as('emma').call('deals.set', { deal: 'D-4', account: 'C-10' });
    expect((await app.as('emma').type('show C-10')).text).toContain('opportunity');
  });
});

describe('moving a deal', () => {
  changing();

  it('says from where to where, and back when it is back', async () => {
    const emma = app.as('emma');
    expect((await emma.type('move D-1 quote')).text).toContain('tracking → quote');
    expect((await emma.type('move D-1 qual -- wrong buyer')).text).toContain('moved back: quote → qualify');
    expect((await emma.type('show D-1')).text).toContain('wrong buyer');
    expect((await emma.type('show D-1')).text).toContain('qualify · since today');
  });

  it('offers the next stage first when none is said, and does it on a press', async () => {
    const emma = app.as('emma');
    const shown = await emma.type('move D-1');
    expect(labels(shown)).toEqual(['→ negotiation', 'qualify', 'quote', 'contract']);
    expect((await emma.press(shown.button('→ negotiation'))).text).toContain('tracking → negotiation');
  });

  it('to where it is changes nothing and says so', async () => {
    const shown = await app.as('emma').type('move D-1 tracking');
    expect(shown.text).toContain('in tracking already, for 6 d');
    expect(labels(shown)).toEqual(['→ negotiation']);
  });

  it('takes the Chinese names of stages', async () => {
    expect((await app.as('wei').type('推进 D-5 报价')).text).toContain('谈判 → 报价');
  });

  it('to won or lost asks for the reason', async () => {
    const shown = await app.as('emma').type('move D-1 won');
    expect(shown.kind).toBe('form');
    expect(shown.text).toContain('Why we won');
  });

  it('refuses a closed deal and offers to reopen it', async () => {
    const shown = await app.as('emma').type('move D-3 quote');
    expect(shown.text).toContain('D-3 Spare parts frame was lost on');
    expect(labels(shown)).toEqual(['Reopen']);
    const open = await app.as('emma').press(shown.button('Reopen'));
    expect(open.text).toContain('open again in quote (was lost)');
  });
});

describe('winning and losing', () => {
  changing();

  it('takes a reason, sets the day and makes an order customer', async () => {
    const emma = app.as('emma');
    const shown = await emma.type('won D-1 reason:服务');
    expect(shown.text).toContain('D-1 40 pumps won 🎉 · Acme Hydraulics · EUR 80,000 · reason service');
    expect(await emma.call('deals.show', { deal: 'D-1' })).toMatchObject({
      status: 'won',
      closedOn: '2026-11-10',
      reason: 'service',
      weighted: null,
    });
    expect((await emma.type('show C-1')).text).toContain('order customer');
  });

  it('keeps a reason of one’s own words', async () => {
    expect((await app.as('emma').type('won D-1 reason:"fast delivery by air"')).text).toContain(
      'reason fast delivery by air',
    );
  });

  it.each(['29k', 'EUR 60k', '121k'])('at %s, far from what it stood at, asks once more', async (amount) => {
    const asked = await app.as('wei').type(`赢单 D-7 ${amount} 原因:服务`);
    expect(asked.text).toContain('目前金额为 CNY 60,000');
    expect(await app.as('wei').call('deals.show', { deal: 'D-7' })).toMatchObject({ status: 'open' });
    await app.as('wei').press(asked.button('确认'));
    expect(await app.as('wei').call('deals.show', { deal: 'D-7' })).toMatchObject({ status: 'won' });
  });

  it.each(['won D-1', 'lost D-1'])('%s without a reason asks for it', async (line) => {
    const shown = await app.as('emma').type(line);
    expect(shown.kind).toBe('form');
    expect(await app.as('emma').call('deals.show', { deal: 'D-1' })).toMatchObject({ status: 'open' });
  });

  it('asks for the amount of a win that has none', async () => {
    const emma = app.as('emma');
    expect((await emma.type('won D-4 reason:service')).kind).toBe('form');
    expect((await emma.type('won D-4 12k reason:service')).text).toContain('CNY 12,000');
  });

  it('of the last open deal ends the opportunity, of another one does not', async () => {
    const emma = app.as('emma');
    const second = numberIn(await emma.type('deal C-1 "Second" 5k'));
    await emma.type('lost D-1 price rival:Grundfos');
    expect((await emma.type('show C-1')).text).toContain('opportunity');
    await emma.type(`lost ${second} price`);
    expect((await emma.type('show C-1')).text).toContain('Sales state: potential');
  });

  it('with a loss offers to try again in ninety days', async () => {
    const emma = app.as('emma');
    const shown = await emma.type('lost D-1 reason:price rival:Grundfos -- too slow');
    expect(shown.text).toContain('reason price · rival Grundfos');
    expect(shown.text).toContain('Revisit on 8 Feb 2027?');
    const planned = await emma.press(shown.button('Revisit in 90 d'));
    expect(planned.text).toContain('C-1 Acme Hydraulics');
    expect(planned.text).toContain('Try again after D-1');
  });

  it('ends the next step of the deal', async () => {
    await app.as('emma').type('lost D-1 price');
    expect((await app.as('emma').type('today')).text).not.toContain('call Jane on price');
  });

  it('of a reopened win gives the order back', async () => {
    const emma = app.as('emma');
    await emma.type('reopen D-2');
    expect((await emma.type('show C-4')).text).toContain('opportunity');
    expect(await emma.call('deals.show', { deal: 'D-2' })).toMatchObject({ closedOn: null, reason: null });
  });

  it('can be undone as one', async () => {
    const emma = app.as('emma');
    const shown = await emma.type('won D-1 reason:service');
    await emma.press(shown.button('Undo'));
    expect(await emma.call('deals.show', { deal: 'D-1' })).toMatchObject({ status: 'open', closedOn: null });
    expect((await emma.type('show C-1')).text).toContain('opportunity');
    expect((await emma.type('today')).text).toContain('call Jane on price');
  });
});

describe('assigning and archiving', () => {
  changing();

  it('hands the deal and its next step on, and tells the new owner', async () => {
    const shown = await app.as('tom').type('assign D-1 me');
    expect(shown.text).toContain('owner you, was Emma Clark');
    const given = await app.as('tom').type('assign D-1 @emma');
    expect(given.text).toContain('Emma Clark has been told');
    expect(await queued('deals.assigned')).toHaveLength(1);
    expect((await app.as('emma').type('today')).text).toContain('call Jane on price');
  });

  it('does not give a deal to somebody who does not sell', async () => {
    expect((await app.as('tom').type('assign D-1 @chen')).text).toContain('does not sell');
  });

  it('puts a deal away and brings it back', async () => {
    const emma = app.as('emma');
    await emma.type('archive D-1');
    expect((await emma.type('pipeline')).text).not.toContain('80,000');
    expect((await emma.type('move D-1 quote')).text).toContain('archived');
    await emma.type('restore D-1');
    expect((await emma.type('pipeline')).text).toContain('80,000');
  });
});

describe('my day', () => {
  looking();

  it('lists the own open deals by close date, with stage and next step', async () => {
    const shown = await app.as('emma').interact({ kind: 'home' });
    const lines = shown.text.split('\n');
    const at = lines.indexOf('My deals');
    expect(lines.slice(at + 1, at + 4)).toEqual([
      '• D-1 40 pumps · tracking · EUR 80,000 · close 10 Dec 2026 – call Jane on price (10 Nov 2026)',
      '• D-12 Sample order · qualify · EUR 4,500 · close 9 Jan 2027 – no next step',
      '• D-4 Pilot line · qualify – ask who decides (9 Nov 2026)',
    ]);
  });
});

describe('the reason of a deal that is closed', () => {
  changing();

  const offered = async (who: string, query: string) => {
    const { outcome } = await app.as(who).interact({ kind: 'lookup', lookups: ['reason'], query });
    return outcome.kind === 'options' ? outcome.options.map(({ value }) => value) : [];
  };

  it('is chosen from the usual ones in the form', async () => {
    for (const line of ['won D-1', 'lost D-1']) {
      const shown = await app.as('emma').type(line);
      const form = shown.outcome.kind === 'form' ? shown.outcome.form : undefined;
      expect(form?.fields.find(({ name }) => name === 'reason')?.meta.lookups).toEqual(['reason']);
    }
    expect((await offered('emma', '')).slice(0, 3)).toEqual(['price', 'product', 'service']);
    expect((await offered('wei', '')).slice(0, 3)).toEqual(['价格', '产品', '服务']);
    expect(await offered('emma', 'budg')).toEqual(['no budget', 'budg']);
    expect(await offered('wei', '太贵')).toEqual(['价格']);
  });

  it('may be in words of one’s own, which are among the choices then', async () => {
    expect(await offered('emma', 'Too rigid')).toEqual(['Too rigid']);
    await app.as('emma').call('deals.lost', { deal: 'D-1', reason: 'Too rigid' });
    expect(await offered('emma', 'too RIGID')).toEqual(['Too rigid']);
    expect(await offered('emma', '')).toContain('Too rigid');
    expect(await offered('lina', 'rigid')).toContain('Too rigid');
  });

  it('is counted however it is written', async () => {
    await app.as('emma').call('deals.lost', { deal: 'D-1', reason: 'Too rigid' });
    await app.as('emma').call('deals.lost', { deal: 'D-12', reason: 'too  RIGID' });
    await app.as('wei').call('deals.lost', { deal: 'D-5', reason: '太贵' });
    const list = await app.as('ada').call('deals.list', { status: 'lost' });
    expect(list).toMatchObject({
      reasons: [
        { reason: 'too  RIGID', count: 2 },
        { reason: 'price', count: 1 },
      ],
    });
    expect((await app.as('ada').type('deals lost')).text).toMatch(/too\s+RIGID 2 · price 1/);
    expect((await app.as('lina').type('商机 输单')).text).toContain('价格 1');
  });
});

describe('what cannot be found', () => {
  looking();

  it.each([
    ['emma', 'move D-1 qoute', '/crm move D-1 quote'],
    ['wei', '推进 D-5 报架', '/crm 推进 D-5 报价'],
    ['emma', 'deal acme pumps 80k fri 10:00', '/crm deal acme "pumps 10:00" 80k 2026-11-13'],
    ['emma', 'log visit acme jane -- ok', '/crm log visit acme met:jane -- ok'],
    ['wei', '跟进 昨天 拜访 远景 见王敏', '/crm 跟进 拜访 远景 2026-11-09 见:王敏'],
  ])('of %s: %s is offered as %s', async (who, line, meant) => {
    const shown = await app.as(who).type(line);
    expect(shown.text).toContain(meant);
    expect(shown.text).not.toContain('✅');
    expect(labels(shown)).toContain(who === 'wei' ? '执行' : 'Run it');
  });

  it.each([
    ['emma', 'move D-1 elsewhere', 'qualify'],
    ['emma', 'assign D-1 nobody', 'I know no colleague “nobody”. Everybody is in /crm team'],
    ['wei', '分配 D-5 给诸葛亮', '找不到同事“诸葛亮”'],
    ['wei', '推进 D-5 到报价 ?', '谈判 → 报价'],
  ])('of %s: %s says what there is', async (who, line, said) => {
    expect((await app.as(who).type(line)).text).toContain(said);
  });
});
