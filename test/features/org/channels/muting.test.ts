import { beforeEach, describe, expect, it } from 'vitest';
import { demoPeople, linkDemoPeople } from '../../../../src/features/demo-set.ts';
import {
  type ChannelRow,
  channelDestination,
  type Held,
  heldNow,
  readChannel,
} from '../../../../src/features/org/channels/api.ts';
import type { ChannelList } from '../../../../src/features/org/channels/model.ts';
import { channelsCalled } from '../../../../src/features/org/channels/queries.ts';
import { connectInstallation } from '../../../../src/infra/organizations.ts';
import type { Ctx } from '../../../../src/runtime/context.ts';
import { executeSystem } from '../../../../src/runtime/execute.ts';
import { type Person, type TestApp, testApp } from '../../../support/app.ts';

let app: TestApp;
beforeEach(async () => {
  app = await testApp();
});

const east = { kind: 'channel', id: 'C0EAST', name: 'sales-east' } as const;
const desk = { kind: 'channel', id: 'C0DEALDESK', name: 'deal-desk' } as const;
const hidden = { kind: 'channel', id: 'C0SECRET' } as const;
const direct = { kind: 'direct', id: 'D1' } as const;

/** What a job would find, at the app's own time. */
async function asJob<T>(work: (ctx: Ctx) => Promise<T>): Promise<T> {
  let result: T | undefined;
  const who = { kind: 'system', orgId: app.orgId, handler: 'test', causeAuditId: null } as const;
  await executeSystem(
    app.engine,
    who,
    async (ctx) => {
      result = await work(ctx);
    },
    async () => undefined,
  );
  return result as T;
}

async function channelCalled(ctx: Ctx, name: string): Promise<ChannelRow> {
  const [row] = await channelsCalled(ctx, name, 1);
  if (!row) throw new Error(`no channel ${name}`);
  return row;
}

const held = (name: string, deal?: string): Promise<Held | undefined> =>
  asJob(async (ctx) => {
    const subject = deal && { kind: 'deal' as const, id: (await ctx.resolve(['deal'], deal)).id };
    return heldNow(ctx, { channel: await channelCalled(ctx, name) }, subject || undefined);
  });

const channels = async () => ((await app.as('ada').call('channels.list', {})) as ChannelList).channels;
const known = async (label: string) => (await channels()).find((one) => one.label === label);

describe('muting a channel', () => {
  it('by its manager holds everything until then, and says that clocks and approvals go on', async () => {
    const shown = await app.as('lina').in(east).type('免打扰 这里 2小时');
    expect(shown.text).toContain('#sales-east 已免打扰');
    expect(shown.text).toContain('不会停止计时和审批');
    expect(await held('sales-east')).toEqual({ because: 'muted', until: new Date('2026-11-10T04:00:00Z') });
    app.clock.set('2026-11-10T04:00:00Z');
    expect(await held('sales-east')).toBeUndefined();
  });

  it('waits longer where the mute ends in quiet hours', async () => {
    await app.as('lina').in(east).type('mute here 10h');
    expect(await held('sales-east')).toEqual({ because: 'muted', until: new Date('2026-11-11T00:30:00Z') });
  });

  it('until a day lasts to the beginning of work there', async () => {
    const shown = await app.as('tom').in(east).type('mute here until mon');
    expect(shown.text).toContain('until Mon 16 Nov, 09:00');
    expect((await known('#sales-east'))?.muted).toEqual({ until: '2026-11-16T08:00:00.000Z' });
  });

  it('without an end lasts until somebody unmutes it', async () => {
    const shown = await app.as('tom').in(east).type('mute here');
    expect(shown.text).toContain('until somebody unmutes it');
    expect(await held('sales-east')).toEqual({ because: 'muted', until: null });
    await app.as('tom').press(shown.button('Unmute'));
    expect((await known('#sales-east'))?.muted).toBeNull();
  });

  it('is undone, with the channel it made known', async () => {
    const shown = await app.as('tom').in(desk).type('mute here 2h');
    expect(await known('#deal-desk')).toMatchObject({
      setBy: 'Tom Becker',
      timeZone: 'Europe/Berlin',
      locale: 'en',
    });
    await app.as('tom').press(shown.button('Undo'));
    expect(await known('#deal-desk')).toBeUndefined();
    await app.as('lina').in(desk).type('mute here 2h');
    expect(await known('#deal-desk')).toMatchObject({ setBy: 'Li Na', locale: 'zh-CN' });
  });

  it('again says that nothing changed', async () => {
    await app.as('tom').in(east).type('mute here');
    const again = await app.as('tom').in(east).type('mute here');
    expect(again.text).toContain('Nothing was changed');
    expect(again.buttons.map(({ label }) => label)).toEqual(['Unmute']);
  });

  it('a rep cannot, and reads who can; whoever set the channel up can', async () => {
    const refused = await app.as('emma').in(east).type('mute here 2h');
    expect(refused.text).toContain('Li Na');
    expect((await known('#sales-east'))?.muted).toBeNull();
    await app.as('tom').in(desk).type('quiet 18:00-09:00');
    await app.as('ada').type('role @tom rep');
    expect((await app.as('tom').in(desk).type('mute here 1h')).text).toContain('#deal-desk is muted');
  });

  it('whose name Slack keeps to itself is named by its id', async () => {
    expect((await app.as('tom').in(hidden).type('mute here 1h')).text).toContain('the channel C0SECRET');
  });
});

describe('what the platform tells when it is asked', () => {
  it('names a private channel, and says whether another company reads along', async () => {
    const asked: string[] = [];
    app.engine.channelFacts = async (_visitor, id) => {
      asked.push(id);
      return { name: 'war-room', isShared: true };
    };
    const shown = await app.as('tom').in(hidden).type('mute here 1h');
    expect(shown.text).toContain('#war-room is muted');
    expect(shown.text).toContain('mute #war-room 1h');
    expect(await known('#war-room')).toMatchObject({ isShared: true, setBy: 'Tom Becker' });
    expect(asked).toEqual(['C0SECRET']);
  });

  it('is learned anew with each setting: a channel may come to be shared', async () => {
    app.engine.channelFacts = async () => ({ name: 'sales-emea', isShared: true });
    await app.as('lina').in({ kind: 'channel', id: 'C0EAST' }).type('安静时段 18:00-09:00');
    expect(await known('#sales-emea')).toMatchObject({ isShared: true, setBy: 'Li Na' });
  });

  it('is done without when it does not answer', async () => {
    app.engine.channelFacts = async () => {
      throw new Error('away');
    };
    expect((await app.as('tom').in(desk).type('mute here 1h')).text).toContain('#deal-desk is muted');
    expect(await known('#deal-desk')).toMatchObject({ isShared: false });
  });

  it('is not asked for what is only looked at', async () => {
    app.engine.channelFacts = async () => {
      throw new TypeError('asked');
    };
    expect((await app.as('emma').in(east).type('quiet')).text).toContain('#sales-east');
    expect((await app.as('emma').in(direct).type('mute 1h')).text).toContain('You are muted');
  });
});

describe('which channel', () => {
  it('a link means one that nothing was set up in, from anywhere', async () => {
    const shown = await app.as('tom').in(direct).type('quiet <#C0GENERAL|general> 18:00-09:00');
    expect(shown.text).toContain('#general');
    const row = await asJob((ctx) => channelCalled(ctx, 'general'));
    expect(channelDestination(row)).toEqual({
      platform: 'slack',
      installation: app.installation,
      channelId: 'C0GENERAL',
    });
    expect((await asJob((ctx) => readChannel(ctx, row.id)))?.id).toBe(row.id);
  });

  it('“here” in a direct message asks for one, and a button answers', async () => {
    const asked = await app.as('tom').in(direct).type('mute here 2h');
    expect(asked.text).toContain('Which channel');
    await app.as('tom').in(direct).press(asked.button('#sales-west'));
    expect((await known('#sales-west'))?.muted).toEqual({ until: '2026-11-10T04:00:00.000Z' });
  });

  it('“here” where no channel is known says how to name one', async () => {
    const bare = await testApp({ demo: false });
    const visitor = { platform: 'slack', installation: bare.installation, userId: 'U1' } as const;
    bare.engine.profile = async () => ({
      name: 'Olivia',
      email: null,
      locale: 'en',
      timeZone: 'UTC',
      isOwnerOrAdmin: true,
      isOutsider: false,
    });
    expect((await bare.at(visitor).in(direct).type('quiet #here 18-9')).text).toContain('This is no channel');
  });

  it('an unknown name is not guessed at', async () => {
    const shown = await app.as('tom').in(direct).type('mute #sales 2h');
    expect(shown.text).toContain('#sales-east, #sales-west');
  });

  it('a person in Teams means the channel of Teams, and is not told of the other app by name', async () => {
    const teams = await teamsTom();
    const shown = await teams
      .in({ kind: 'channel', id: '19:east@thread.tacv2', name: 'Sales East' })
      .type('mute here 2h');
    expect(shown.text).toContain('#Sales East is muted');
    const list = await teams.type('channels');
    expect(list.text).toContain('#sales-east · in your other chat app');
    expect(list.text).not.toContain('Slack');
    expect(await known('#Sales East')).toMatchObject({ platform: 'teams' });
    const again = await teams.in(direct).type('unmute in:"#Sales East"');
    expect(again.text).toContain('#Sales East gets alerts and digests again');
    expect(again.text).toContain('unmute in:"#Sales East"');
  });
});

describe('muting a record', () => {
  it('in a channel is for that channel and that record alone', async () => {
    await app.as('tom').in(east).type('mute D-1');
    expect(await held('sales-east', 'D-1')).toEqual({ because: 'muted', until: null });
    expect(await held('sales-east', 'D-5')).toBeUndefined();
    expect(await held('sales-east')).toBeUndefined();
    expect(await held('sales-west', 'D-1')).not.toMatchObject({ because: 'muted' });
    expect((await known('#sales-east'))?.mutedRecords).toBe(1);
  });

  it('in a direct message is for the person', async () => {
    await app.as('emma').in(direct).type('mute D-1');
    app.clock.set('2026-11-10T12:00:00Z');
    const memberId = await app.as('emma').memberId();
    const own = await asJob(async (ctx) => {
      const { id } = await ctx.resolve(['deal'], 'D-1');
      return heldNow(ctx, { memberId }, { kind: 'deal', id });
    });
    expect(own).toEqual({ because: 'muted', until: null });
    expect(await asJob((ctx) => heldNow(ctx, { memberId }))).toBeUndefined();
  });

  it('of somebody else’s team is refused', async () => {
    expect((await app.as('lina').in(east).type('mute D-1')).text).toContain('Emma Clark');
    expect((await known('#sales-east'))?.mutedRecords).toBe(0);
  });

  it('stays when everything else is unmuted, and that is said', async () => {
    const tom = app.as('tom').in(east);
    await tom.type('mute D-1');
    await tom.type('mute here');
    expect((await tom.type('unmute')).text).toContain('1 deal or lead stays muted');
    expect((await tom.type('unmute D-1')).text).toContain('comes to #sales-east again');
    expect((await tom.type('unmute')).text).toContain('Nothing was muted');
  });
});

describe('quiet hours', () => {
  it('of a channel are shown to everybody and changed by its manager', async () => {
    expect((await app.as('emma').in(east).type('quiet')).text).toContain('#sales-east: 19:00–08:30');
    expect((await app.as('emma').in(east).type('quiet 20-8')).text).toContain('Li Na');
    await app.as('lina').in(east).type('安静时段 09:30-11:00');
    expect(await held('sales-east')).toEqual({ because: 'quiet', until: new Date('2026-11-10T03:00:00Z') });
    await app.as('lina').in(east).type('安静时段 默认');
    expect(await held('sales-east')).toBeUndefined();
  });

  it('of a person are their own, in their own zone', async () => {
    const emma = app.as('emma').in(direct);
    const memberId = await emma.memberId();
    const now = () => asJob((ctx) => heldNow(ctx, { memberId }));
    expect(await now()).toEqual({ because: 'quiet', until: new Date('2026-11-10T08:30:00Z') });
    const shown = await emma.type('quiet off');
    expect(shown.text).toContain('Your quiet hours: none');
    expect(await now()).toBeUndefined();
    await emma.press(shown.button('Undo'));
    expect((await emma.type('quiet')).text).toContain('the usual ones');
    await emma.type('quiet 22:00-09:15');
    expect(await now()).toEqual({ because: 'quiet', until: new Date('2026-11-10T09:15:00Z') });
  });

  it('that are none are refused with how to write them', async () => {
    const shown = await app.as('emma').in(direct).type('quiet evenings');
    expect(shown.text).toContain('19:00-08:30');
  });

  it('hold a message through a holiday of the organization', async () => {
    await app.as('ada').type('settings holidays 2026-11-10');
    expect(await held('sales-east')).toEqual({ because: 'quiet', until: new Date('2026-11-11T00:30:00Z') });
  });
});

it('whoever shares a channel with another company is seen to', async () => {
  await app
    .as('tom')
    .in({ ...desk, isShared: true })
    .type('mute here 2h');
  expect(await known('#deal-desk')).toMatchObject({ isShared: true });
});

/** Tom Becker, who has an account in Teams as well. */
async function teamsTom(): Promise<Person> {
  const installation = `0e0e0e0e-0000-4000-8000-${app.orgId.slice(-12)}`;
  await connectInstallation(
    app.db,
    app.orgId,
    { platform: 'teams', externalId: installation, name: 'Northwind', botUserId: null },
    app.clock.now(),
  );
  await asJob((ctx) => linkDemoPeople(ctx, { platform: 'teams', installation }));
  const userId = demoPeople.find(({ key }) => key === 'tom')?.accounts?.teams ?? '';
  return app.at({ platform: 'teams', installation, userId });
}
