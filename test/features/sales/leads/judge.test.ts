import { beforeEach, describe, expect, it } from 'vitest';
import type { Judgement } from '../../../../src/features/sales/leads/model.ts';
import { type TestApp, testApp } from '../../../support/app.ts';

const passed = ['budget', 'need', 'authority', 'time'];

let app: TestApp;
beforeEach(async () => {
  app = await testApp();
});

const judge = (input: Record<string, unknown>, as = 'emma') =>
  app.as(as).call('leads.judge', input) as Promise<Judgement>;

describe('judging a lead an opportunity', () => {
  it('asks for the four written tests as ticks', async () => {
    const shown = await app.as('emma').type('judge L-1 opp');
    expect(shown.kind).toBe('form');
    expect(shown.text).toContain('Opportunity standard');
  });

  it('refuses a lead that does not pass all of them, and says which are missing', async () => {
    await expect(judge({ lead: 'L-1', outcome: 'opp', tests: ['budget', 'time'] })).rejects.toMatchObject({
      code: 'rule',
    });
    const shown = await app.as('emma').type('judge L-1 opp tests:budget,need,time');
    expect(shown.text).toContain('Not passed: authority');
    const nurtured = await app.as('emma').press(shown.button('Nurture it'));
    expect(nurtured.text).toContain('L-1 Delta Compressors goes to nurture');
  });

  it('opens a deal at a new customer with the lead’s person, amount and a new plan clock', async () => {
    const { lead, account, contact, deal } = await judge({ lead: 'L-1', outcome: 'opp', tests: passed });
    expect(account).toEqual({
      number: expect.stringMatching(/^C-/),
      name: 'Delta Compressors',
      how: 'created',
    });
    expect(contact).toEqual({ number: expect.stringMatching(/^K-/), name: 'Sam Price', how: 'created' });
    expect(lead).toMatchObject({ state: 'opportunity', testsPassed: passed, planFiledAt: null });
    const shown = await app.as('emma').type(`show ${deal?.number}`);
    expect(shown.text).toContain('EUR 12,000');
    expect(shown.text).toContain('Came from L-1');
    const today = await app.as('emma').type('today');
    expect(today.text).toContain(`${deal?.number} Delta Compressors`);
    expect(today.text).toContain('file a plan by');
  });

  it('links a customer and a person we know instead of making twins', async () => {
    const emma = app.as('emma');
    const stopped = await emma.type('new-lead "Acme Hydraulics Ltd" "Jane Wu" jane@acme-hydraulics.example');
    const made = await emma.press(stopped.button('Create anyway'));
    const number = /L-\d+/.exec(made.text)?.[0];
    const { account, contact } = await judge({ lead: number, outcome: 'opp', tests: passed });
    expect(account).toEqual({ number: 'C-1', name: 'Acme Hydraulics', how: 'domain' });
    expect(contact).toEqual({ number: 'K-1', name: 'Jane Wu', how: 'email' });
  });

  it('hands a filed plan on to the deal, and its clock stays stopped', async () => {
    const { lead, deal } = await judge({ lead: 'L-6', outcome: 'opp', tests: passed }, 'wei');
    expect(lead.planFiledAt).not.toBeNull();
    const shown = await app.as('wei').type(`show ${deal?.number}`);
    expect(shown.text).toContain('发送资料');
  });

  it('can be undone as a whole', async () => {
    const emma = app.as('emma');
    const shown = await emma.type('judge L-1 opp tests:budget,need,authority,time');
    expect(shown.text).toMatch(/D-\d+ Delta Compressors opened from L-1, owned by you/);
    await emma.press(shown.button('Undo'));
    const lead = await emma.type('show L-1');
    expect(lead.text).toContain('to identify');
    expect((await emma.type('show "Delta Compressors"')).text).not.toContain('C-');
  });

  it('happens once: what became a deal goes on there', async () => {
    await judge({ lead: 'L-1', outcome: 'opp', tests: passed });
    const shown = await app.as('emma').type('judge L-1 drop reason:no-need');
    expect(shown.text).toMatch(/L-1 Delta Compressors became D-\d+/);
  });
});

describe('judging a lead anything else', () => {
  it('nurtures it for thirty days unless a day is said, and lists it when the day has come', async () => {
    const emma = app.as('emma');
    expect((await emma.type('judge L-1 potential')).text).toContain('review 10 Dec 2026');
    app.clock.set('2026-12-10T09:00:00Z');
    const today = await emma.type('today');
    expect(today.text).toContain('L-1 Delta Compressors');
    expect(today.text).toContain('to be looked at again');
    expect((await emma.type('judge L-10 potential review:20dec')).text).toContain('review 20 Dec 2026');
  });

  it('stops the plan clock', async () => {
    await judge({ lead: 'L-1', outcome: 'potential' });
    expect((await app.as('emma').type('today')).text).not.toContain('L-1 ');
  });

  it('wants a reason to drop it, and keeps reason, actor and time', async () => {
    const emma = app.as('emma');
    expect((await emma.type('judge L-1 drop')).kind).toBe('form');
    const shown = await emma.type('judge L-1 drop reason:competitor -- bought Grundfos');
    expect(shown.text).toContain('L-1 Delta Compressors dropped: chose a competitor · bought Grundfos');
    const why = await emma.type('why L-1');
    expect(why.text).toContain('Emma Clark');
    expect(why.text).toContain('competitor');
  });

  it('wants words for “other”', async () => {
    expect((await app.as('emma').type('judge L-1 drop reason:other')).kind).toBe('form');
  });

  it('is not for colleagues, and says who can', async () => {
    const shown = await app.as('wang').type('judge L-1 drop reason:no-need');
    expect(shown.text).toContain('Emma Clark');
    expect(shown.text).toContain('Tom Becker');
    await expect(judge({ lead: 'L-1', outcome: 'potential' }, 'tom')).resolves.toBeDefined();
  });

  it('understands Chinese', async () => {
    const shown = await app.as('wei').type('判别 L-5 无效 原因:没有预算');
    expect(shown.text).toContain('L-5 海天塑机 已判为无效：没有预算');
  });
});
