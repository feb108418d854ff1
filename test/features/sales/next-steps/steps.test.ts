import { beforeEach, describe, expect, it } from 'vitest';
import type { StepFiled, TodayView } from '../../../../src/features/sales/next-steps/model.ts';
import { outbox } from '../../../../src/store/tables/outbox.ts';
import { type TestApp, testApp } from '../../../support/app.ts';

let app: TestApp;
beforeEach(async () => {
  app = await testApp();
});

describe('filing a next step', () => {
  it('takes the rest of the line as text and answers with the day', async () => {
    const shown = await app.as('emma').type('next D-1 fri 10:00 call Jane on price about 15nov');
    expect(shown.text).toContain('D-1 40 pumps · next step');
    expect(shown.text).toContain('13 Nov');
    expect(shown.text).toContain('call Jane on price about 15nov');
    expect(shown.button('Undo')).toBeDefined();
  });

  it('is for the customer where all a name fits besides is a deal that is closed', async () => {
    await app.as('wei').call('deals.won', { deal: 'D-5', reason: 'service' });
    const shown = await app.as('wei').type('下次跟进 远景 3天后 拜访');
    expect(shown.text).toContain('C-2 远景泵业有限公司');
    expect(shown.text).not.toContain('D-5');
    expect((await app.as('wei').type('下次跟进 D-5 3天后 拜访')).text).toContain('已赢单');
  });

  it('stops the plan clock of a lead and says how much time was left', async () => {
    app.clock.set('2026-11-10T03:50:00Z');
    const shown = await app.as('emma').type('plan L-1 tomorrow 10:00 call Sam');
    expect(shown.text).toContain('Plan clock stopped: filed with 2 h 10 m left.');
    expect((await app.as('emma').type('today')).text).not.toContain('L-1 ');
    const late = await app.as('wei').type('跟进计划 L-5 明天上午10点 打电话');
    expect(late.text).toContain('已超时');
  });

  it('replaces the open one, and undo brings that back with the clock', async () => {
    const emma = app.as('emma');
    await emma.type('next L-1 tomorrow first');
    const second = await emma.type('next L-1 tomorrow second');
    expect((await emma.type('show L-1')).text).toContain('second');
    await emma.press(second.button('Undo'));
    expect((await emma.type('show L-1')).text).toContain('first');
  });

  it('refuses a time that has passed and offers one to come', async () => {
    app.clock.set('2026-11-13T17:00:00Z');
    const emma = app.as('emma');
    const shown = await emma.type('next D-1 2026-11-13 10:00 call Jane');
    expect(shown.text).toContain('That is past');
    const used = await emma.press(shown.button(/^Use .*20 Nov/));
    expect(used.text).toContain('20 Nov');
  });

  it('asks for what is missing in a form that opens on the next working day', async () => {
    const shown = await app.as('emma').type('next D-1');
    expect(shown.kind).toBe('form');
    if (shown.outcome.kind !== 'form') throw new Error('no form');
    expect(shown.outcome.form.fields.map(({ name, value }) => [name, value !== undefined])).toEqual([
      ['subject', true],
      ['due', true],
      ['text', false],
    ]);
  });

  it.each([
    ['a deal that is won', 'D-2', 'is won: only open deals'],
    ['a lead that became a deal', 'L-4', 'became D-1'],
    ['a lead that was dropped', 'L-3', 'was dropped'],
  ])('is refused for %s', async (_what, number, text) => {
    expect((await app.as('emma').type(`next ${number} tomorrow call`)).text).toContain(text);
  });

  it('is refused for what nobody owns until somebody takes it', async () => {
    const wei = app.as('wei');
    const shown = await wei.type('next L-8 明天 打电话');
    const taken = await wei.press(shown.button('我来负责'));
    expect(taken.text).toContain('L-8 Tidewater Marine');
  });

  it('by a manager gives the owner the task and tells them', async () => {
    const filed = (await app.as('lina').call('next-steps.set', {
      subject: 'D-6',
      due: '+1d',
      text: 'ask for the budget',
    })) as StepFiled;
    expect(filed).toMatchObject({ told: true, step: { owner: { name: 'Wei Zhang' } } });
    const sent = await app.inOrg((tx) => tx.select().from(outbox));
    expect(sent.find(({ name }) => name === 'next-steps.given')?.payload).toMatchObject({
      memberId: await app.as('wei').memberId(),
      by: 'Li Na',
    });
  });

  it('is not for colleagues, and says who can', async () => {
    const shown = await app.as('wang').type('next D-1 明天 打电话');
    expect(shown.text).toContain('Emma Clark');
  });
});

describe('today', () => {
  it('lists overdue, today, plans owed and deals without a next step, numbered', async () => {
    const { rows } = (await app.as('emma').call('next-steps.today', {})) as TodayView;
    expect(rows.map(({ row, group, subject }) => `${row} ${group} ${subject.number}`)).toEqual([
      '1 overdue D-4',
      '2 today D-1',
      '3 clock L-10',
      '4 clock L-1',
      '5 unplanned D-12',
    ]);
  });

  it('says so when nothing waits', async () => {
    expect((await app.as('noah').type('today')).text).toContain('Nothing waits for you');
  });

  it('shows each person their own day', async () => {
    const shown = await app.as('wei').type('待办');
    expect(shown.text).toContain('D-6 Robot cells');
    expect(shown.text).toContain('逾期 2 天');
    expect(shown.text).not.toContain('D-1 ');
  });

  it('is part of the home screen', async () => {
    const home = await app.as('emma').interact({ kind: 'home' });
    expect(home.text).toContain('D-4 Pilot line');
    expect(home.text).toContain('Plans to file');
    expect(home.text).toContain('D-12 Sample order');
    expect(home.text).not.toContain('Overdue in your team');
  });

  it('shows five deals without a next step on the home screen, and says that there are more', async () => {
    const emma = app.as('emma');
    const unplanned = async () => {
      const { text } = await emma.interact({ kind: 'home' });
      return text.slice(text.indexOf('Deals without a next step'), text.indexOf('My deals'));
    };
    expect(await unplanned()).not.toContain('There is more');
    for (const name of ['one', 'two', 'three', 'four', 'five', 'six'])
      await emma.type(`deal "Acme Hydraulics" "Hall ${name}" EUR 5k close:+20d`);
    const shown = await unplanned();
    expect(shown.match(/D-\d+/g)).toHaveLength(5);
    expect(shown).toContain('There is more; it comes up as these are done.');
  });

  it('shows managers what their people are late with, and whose it is, but not what others are', async () => {
    const tom = app.as('tom');
    await app.as('tom').call('next-steps.set', { subject: 'D-11', due: '+1d', text: 'my own' });
    app.clock.set('2026-11-12T02:00:00Z');
    const home = await tom.interact({ kind: 'home' });
    const team = home.text.slice(home.text.indexOf('Overdue in your team'), home.text.indexOf('My deals'));
    expect(team).toMatch(/D-4 Pilot line · .* – Emma Clark · 3 days late/);
    expect(team).not.toContain('Robot cells');
    expect(team).not.toContain('my own');
    const lina = await app.as('lina').interact({ kind: 'home' });
    expect(lina.text).toMatch(/团队逾期\n.*D-6 Robot cells · .* – Wei Zhang · 逾期 \d 天/);
    expect((await app.as('noah').interact({ kind: 'home' })).text).not.toContain('Overdue in your team');
  });

  it('shows managers five at a time', async () => {
    for (let nth = 1; nth <= 6; nth++) {
      const made = await app.as('emma').call('deals.create', { account: 'C-1', name: `late ${nth}` });
      const { number } = made as { number: string };
      await app.as('emma').call('next-steps.set', { subject: number, due: '+1d', text: `call ${nth}` });
    }
    app.clock.set('2026-11-16T02:00:00Z');
    const home = await app.as('tom').interact({ kind: 'home' });
    const team = home.text.slice(home.text.indexOf('Overdue in your team'));
    expect(team.match(/Emma Clark · \d+ days late/g)).toHaveLength(5);
    expect(team).toContain('There is more');
  });
});

describe('done', () => {
  it('counts in the list last shown', async () => {
    const emma = app.as('emma');
    await emma.type('today');
    const shown = await emma.type('done 2');
    expect(shown.text).toContain('D-1 40 pumps · done: call Jane on price');
    expect(shown.text).toContain('An open deal may not end without a next step.');
    expect(shown.buttons.map(({ label }) => label)).toEqual([
      'Tomorrow',
      '+3 days',
      'Pick a day',
      'Log it',
      'Undo',
    ]);
    expect((await emma.type('today')).text).toMatch(/Deals without a next step[\s\S]*D-1 40 pumps/);
  });

  it('keeps counting in that list while rows of it are done', async () => {
    const emma = app.as('emma');
    await emma.type('today');
    await emma.type('done 1');
    expect((await emma.type('done 2')).text).toContain('D-1 40 pumps · done');
  });

  it('shows a list that is more than a day old again instead of acting on it', async () => {
    const emma = app.as('emma');
    await emma.type('today');
    app.clock.forward(25 * 3_600_000);
    const shown = await emma.type('done 2');
    expect(shown.text).toContain('for a day, so nothing was changed');
    expect(shown.text).toContain('D-1 40 pumps');
    expect((await emma.type('done 1')).text).toContain('done:');
  });

  it('does not tick off what was changed meanwhile', async () => {
    const emma = app.as('emma');
    await emma.type('today');
    await emma.type('next D-1 tomorrow something else');
    expect((await emma.type('done 2')).text).toContain('is replaced already');
    expect((await emma.type('done 9')).text).toContain('no row 9');
  });

  it('offers to plan for a row that is owed a plan', async () => {
    const emma = app.as('emma');
    await emma.type('today');
    const shown = await emma.type('done 4');
    expect(shown.text).toContain('L-1 Delta Compressors has no next step');
    const form = await emma.press(shown.button('Set next step'));
    expect(form.kind).toBe('form');
  });

  it('takes a record instead of a row', async () => {
    expect((await app.as('emma').type('done D-1')).text).toContain('done: call Jane on price');
    expect((await app.as('emma').type('done D-12')).text).toContain('has no next step');
  });

  it('plans the next one with one press, or asks for the day', async () => {
    const emma = app.as('emma');
    const shown = await emma.type('done D-1');
    expect((await emma.press(shown.button('Pick a day'))).kind).toBe('form');
    const filed = await emma.press(shown.button('+3 days'));
    expect(filed.text).toContain('D-1 40 pumps · next step 13 Nov 2026: follow up');
  });

  it('is for the owner of the step and those above', async () => {
    expect((await app.as('wang').type('完成 D-1')).text).toContain('Emma Clark');
    expect((await app.as('tom').type('done D-1')).text).toContain('done:');
  });
});

describe('snooze', () => {
  it('moves a row to the day that is said and keeps its time', async () => {
    const wang = app.as('wang');
    app.clock.set('2026-11-11T01:00:00Z');
    await wang.type('待办');
    const shown = await wang.type('稍后 1 +2d');
    expect(shown.text).toContain('合同盖章');
    expect(shown.text).toContain('15:00');
    expect(shown.text).toContain('13');
  });

  it('without a day moves to the next working day', async () => {
    app.clock.set('2026-11-13T09:00:00Z');
    const shown = await app.as('emma').type('snooze D-1');
    expect(shown.text).toContain('16 Nov');
    expect((await app.as('emma').type('snooze C-4')).text).toContain('15 Nov 2026 → 16 Nov 2026');
  });

  it('refuses the past', async () => {
    expect((await app.as('emma').type('snooze D-1 2026-11-01')).text).toContain('That is past');
  });
});

describe('a deal', () => {
  it('without a next step says so on its card', async () => {
    expect((await app.as('emma').type('show D-12')).text).toContain('Next step: none yet');
    expect((await app.as('emma').type('show D-1')).text).toContain('Next step: call Jane on price');
  });
});
