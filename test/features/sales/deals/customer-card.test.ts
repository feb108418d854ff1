import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, testApp } from '../../../support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});

describe('the deals on the card of a customer', () => {
  it('are listed with their next steps, and those that are not listed are one press away', async () => {
    const emma = app.as('emma');
    const before = (await emma.type('show C-1')).text;
    expect(before).not.toContain('All ');
    await emma.type('account "Six Deals Ltd"');
    for (let i = 1; i <= 6; i++)
      await emma.type(`deal "Six Deals Ltd" "Lot number ${i}" ${i}0k close:+${i}d`);
    const [number] = /D-\d+/.exec((await emma.type('show "Six Deals Ltd"')).text) ?? [];
    await emma.type(`next ${number} +2d send samples`);
    const shown = await emma.type('show "Six Deals Ltd"');
    expect(shown.text).toContain('send samples');
    expect(shown.text).toContain('no next step');
    expect(shown.text).not.toContain('Lot number 6');
    expect((await emma.press(shown.button('All 6'))).text).toContain('Lot number 6');
  });
});

describe('a page on which nothing can be typed', () => {
  const reply = async (who: string, interaction: Parameters<TestApp['dispatch']>[1]) => {
    const memberId = await app.as(who).memberId();
    const { outcome } = await app.dispatch(
      { platform: 'web', orgId: app.orgId, memberId },
      interaction,
      randomUUID(),
    );
    return JSON.stringify(outcome);
  };

  it('leads a manager on instead of naming a line', async () => {
    const day = await reply('lina', { kind: 'home' });
    expect(day).toContain('deals.pipeline');
    expect(day).toContain('approvals.list');
    expect(day).not.toContain('help.home-line');
  });

  it('offers nobody what is not for them', async () => {
    expect(await reply('noah', { kind: 'home' })).not.toContain('leads.create');
  });

  it('says of a record that is not there nothing to type', async () => {
    const missing = await reply('lina', { kind: 'press', press: { a: 'deals.show', i: { deal: 'D-999' } } });
    expect(missing).toContain('not-found-page');
    expect(missing).not.toContain('find D-999');
  });

  it('of an empty list of approvals too', async () => {
    const empty = await reply('emma', { kind: 'press', press: { a: 'approvals.list', i: {} } });
    expect(empty).not.toContain('discount D-142');
    expect((await app.as('noah').type('approvals')).text).not.toContain('discount');
  });
});
