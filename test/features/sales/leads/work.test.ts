import { beforeEach, describe, expect, it } from 'vitest';
import type { LeadAssignment, LeadCard, LeadList } from '../../../../src/features/sales/leads/model.ts';
import { outbox } from '../../../../src/store/tables/outbox.ts';
import { type TestApp, testApp } from '../../../support/app.ts';

let app: TestApp;
beforeEach(async () => {
  app = await testApp();
});

describe('the list of leads', () => {
  it('shows my open leads, plans that are owed first', async () => {
    const shown = await app.as('emma').type('leads');
    expect(shown.text.indexOf('L-10 ')).toBeLessThan(shown.text.indexOf('L-1 '));
    expect(shown.text).not.toContain('L-2 ');
    expect(shown.button('Judge')).toBeDefined();
    expect((await app.as('wei').type('线索')).text).toContain('L-5 海天塑机');
  });

  it('shows other states and, to those who may see them, other people’s leads', async () => {
    expect((await app.as('emma').type('leads nurture')).text).toContain('L-2 Cobalt Paints');
    expect((await app.as('lina').type('leads @wang')).text).toContain('L-7 Sunrise Foods');
    const { leads } = (await app.as('emma').call('leads.list', { unowned: true })) as LeadList;
    expect(leads.map(({ number }) => number)).toEqual(['L-8']);
  });
});

describe('a lead outside the reader’s scope', () => {
  it('tells name, owner and state, and nothing else', async () => {
    const card = (await app.as('wei').call('leads.show', { lead: 'L-1' })) as LeadCard;
    expect(card).toMatchObject({
      company: 'Delta Compressors',
      restricted: true,
      owner: { name: 'Emma Clark' },
    });
    const { number: _n, company: _c, restricted: _r, owner: _o, state: _s, createdAt: _at, ...rest } = card;
    expect(
      Object.values(rest)
        .flat()
        .filter((value) => value !== null),
    ).toEqual([]);
  });
});

describe('assigning a lead', () => {
  it('tells the new owner and starts the plan clock anew', async () => {
    const shown = await app.as('lina').type('assign L-6 @wang');
    expect(shown.text).toContain('L-6 金桥电子');
    expect(shown.text).toContain('已通知 Wang Lei');
    expect(shown.text).toContain('跟进计划截止 今天 14:00');
    const sent = await app.inOrg((tx) => tx.select().from(outbox));
    expect(sent.map(({ name, payload }) => ({ name, payload }))).toContainEqual({
      name: 'leads.assigned',
      payload: expect.objectContaining({ memberId: await app.as('wang').memberId(), by: 'Li Na' }),
    });
    expect((await app.as('wang').type('today')).text).toContain('L-6 金桥电子');
  });

  it('is for owner, manager above and admin', async () => {
    const refused = await app.as('wang').type('assign L-1 @wang');
    expect(refused.text).toContain('Emma Clark');
    const given = (await app.as('emma').call('leads.assign', { lead: 'L-1', to: '@tom' })) as LeadAssignment;
    expect(given).toMatchObject({ owner: { name: 'Tom Becker' }, previousOwner: 'Emma Clark', told: true });
  });

  it('goes only to people who sell, and not to who has it already', async () => {
    const emma = app.as('emma');
    expect((await emma.type('assign L-1 @chen')).text).toContain('cannot own leads');
    expect((await emma.type('assign L-1 me')).text).toContain('owns L-1 Delta Compressors already');
  });

  it('lets whoever sells take a lead that nobody owns', async () => {
    const shown = await app.as('wei').type('分配 L-8 我');
    expect(shown.text).toContain('L-8 Tidewater Marine');
    expect((await app.as('wei').type('线索')).text).toContain('L-8');
  });
});

describe('changing a lead', () => {
  it('answers with what was and what is', async () => {
    const shown = await app.as('emma').type('set L-1 source referral');
    expect(shown.text).toContain('expo → referral');
    const { changes } = (await app.as('emma').call('leads.set', { lead: 'L-1', phone: '+442079460555' })) as {
      changes: unknown;
    };
    expect(changes).toEqual([{ field: 'phone', before: '+442079460101', after: '+442079460555' }]);
  });

  it('keeps what a twin is told by in step', async () => {
    await app.as('emma').call('leads.set', { lead: 'L-1', email: 'sam@newname.example' });
    const shown = await app.as('wei').type('new-lead "Whoever" w@newname.example');
    expect(shown.text).toContain('L-1 Delta Compressors');
  });
});

describe('archiving a lead', () => {
  it('takes it off every list, and restoring brings it back with a new clock', async () => {
    const emma = app.as('emma');
    await emma.type('archive L-1');
    expect((await emma.type('leads')).text).not.toContain('L-1 ');
    expect((await emma.type('today')).text).not.toContain('L-1 ');
    expect((await emma.type('judge L-1 potential')).text).toContain('is archived');
    expect((await emma.type('restore L-1')).text).toContain('plan due');
    expect((await emma.type('leads')).text).toContain('L-1 ');
  });
});
