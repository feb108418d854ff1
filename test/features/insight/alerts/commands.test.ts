import { beforeEach, describe, expect, it } from 'vitest';
import type { AlertsChange, AlertsList } from '../../../../src/features/insight/alerts/model.ts';
import { type TestApp, testApp } from '../../../support/app.ts';

let app: TestApp;
beforeEach(async () => {
  app = await testApp();
});

const west = { kind: 'channel', id: 'C0WEST', name: 'sales-west' } as const;
const shared = { kind: 'channel', id: 'C0SHARED', name: 'with-partner', isShared: true } as const;
const direct = { kind: 'direct', id: 'D1' } as const;
const kindsOf = async (key = 'tom', input: Record<string, unknown> = { channel: '#sales-west' }) => {
  const { listeners } = (await app.as(key).call('alerts.list', input)) as AlertsList;
  return listeners[0]?.rules.map(({ kind }) => kind) ?? [];
};

describe('alerts of a channel', () => {
  it('are set up in one line, and said back with whose deals, from which amount, and by whom', async () => {
    const shown = await app.as('tom').in(west).type('alerts here won over:50k stuck group:West');
    expect(shown.text).toContain('#sales-west gets alerts');
    expect(shown.text).toContain('won from CNY 50,000, stuck · of West');
    expect(shown.text).toContain('set up by Tom Becker');
    expect(shown.text).toContain('At most 6 posts a day');
    expect(await kindsOf()).toEqual(['won', 'stuck']);
  });

  it.each([
    ['提醒 这里 赢单 高于:5万 停滞', ['won', 'stuck']],
    ['提醒 这里 赢单 高于5万', ['won']],
    ['alerts here won,lost', ['won', 'lost']],
    ['alerts here moved back, single contact', ['moved-back', 'single-contact']],
    ['alerts won', ['won']],
    ['alerts #sales-west new lead', ['new-lead']],
    [
      'alerts here all',
      [
        'won',
        'lost',
        'moved-back',
        'pushed',
        'stuck',
        'unowned',
        'overdue',
        'single-contact',
        'approval',
        'quote-expiring',
      ],
    ],
    ['alerts here approvals quotes', ['approval', 'quote-expiring']],
    ['提醒 这里 审批 报价单', ['approval', 'quote-expiring']],
    ['alerts here quote expiring', ['quote-expiring']],
  ])('can be typed as %s', async (line, kinds) => {
    await app.as('tom').in(west).type(line);
    expect(await kindsOf()).toEqual(kinds);
  });

  it('of one kind are replaced by the next line about it; the others stay', async () => {
    await app.as('tom').in(west).type('alerts here won over:50k stuck');
    const output = (await app.as('ada').call('alerts.set', {
      channel: '#sales-west',
      kinds: ['won'],
    })) as AlertsChange;
    expect(output.rules).toEqual([
      expect.objectContaining({
        kind: 'won',
        floor: null,
        setBy: expect.objectContaining({ name: 'Ada Young' }),
      }),
      expect.objectContaining({ kind: 'stuck', setBy: expect.objectContaining({ name: 'Tom Becker' }) }),
    ]);
  });

  it('are stopped by kind or all at once, and come back by undo', async () => {
    await app.as('tom').in(west).type('alerts here won stuck lost');
    const shown = await app.as('tom').in(west).type('alerts stop here stuck');
    expect(shown.text).toContain('gets these alerts no longer: stuck');
    expect(await kindsOf()).toEqual(['won', 'lost']);
    await app.as('tom').in(west).type('undo');
    expect(await kindsOf()).toEqual(['won', 'lost', 'stuck']);
    await app.as('tom').in(west).type('alerts stop here');
    expect(await kindsOf()).toEqual([]);
  });

  it('are gone after undo of the line that set them up', async () => {
    await app.as('tom').in(west).type('alerts here won');
    await app.as('tom').in(west).type('undo');
    expect(await kindsOf()).toEqual([]);
    await app.as('tom').in(west).type('alerts here won');
    expect(await kindsOf()).toEqual(['won']);
  });

  it('are not for a rep to set up', async () => {
    const shown = await app.as('emma').in(west).type('alerts here won');
    expect(shown.text).toMatch(/You may not|set up by managers and admins/);
    expect(await kindsOf()).toEqual([]);
  });

  it('are not about a team its manager does not see', async () => {
    const shown = await app.as('tom').in(west).type('alerts here won group:East');
    expect(shown.text).toContain('You may not see the deals of East');
    expect(await kindsOf()).toEqual([]);
  });

  it('are refused in a channel shared with another company', async () => {
    const shown = await app.as('tom').in(shared).type('alerts here won');
    expect(shown.text).toContain('shared with another company');
    expect(await kindsOf('tom', {})).toEqual([]);
  });

  it('that cannot be read name what can', async () => {
    const shown = await app.as('tom').in(west).type('alerts here woon');
    expect(shown.text).toContain('won');
    const twice = await app.as('tom').in(west).type('alerts here won over:50k lost over:20k');
    expect(twice.text).toContain('One amount a line');
    const nothing = await app.as('tom').in(west).type('alerts here unowned over:5k');
    expect(nothing.text).toContain('An amount narrows alerts about deals');
    expect(await kindsOf()).toEqual([]);
  });
});

describe('one’s own alerts', () => {
  it('are for everybody, and listed beside those of the channels', async () => {
    await app.as('emma').in(direct).type('alerts me overdue');
    await app.as('tom').in(west).type('alerts here won');
    expect(await kindsOf('emma', { me: true })).toEqual(['overdue']);
    const list = await app.as('emma').type('alerts');
    expect(list.text).toContain('#sales-west');
    expect(list.text).toContain('next step overdue · of everybody you see');
    // Nobody sees what others want for themselves.
    expect((await app.as('tom').type('alerts')).text).not.toContain('overdue');
  });
});
