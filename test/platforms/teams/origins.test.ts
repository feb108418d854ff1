import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/kernel/errors.ts';
import type { Tenant } from '../../../src/playground/teams/tenant.ts';
import { botId, channel, group, gus, lina, tenant, tenantId, wei } from '../../playground/teams-service.ts';
import { Harness, type Json, written } from './support.ts';

let teams: Harness;
beforeEach(async () => {
  teams = await new Harness().start();
});
afterEach(() => teams.stop());

function activity(change: Json = {}): Json {
  return {
    type: 'message',
    id: '1700000000001',
    channelId: 'msteams',
    serviceUrl: teams.serviceUrl,
    from: { id: '29:chen.wei', name: 'Chen Wei', aadObjectId: wei },
    recipient: { id: botId, name: 'CRM' },
    conversation: { id: group, conversationType: 'groupChat', tenantId },
    channelData: { tenant: { id: tenantId } },
    locale: 'en-US',
    text: 'deal D-142',
    ...change,
  };
}

describe('who is not a member of the tenant', () => {
  it.each([
    ['an anonymous person', { from: { id: '29:chen.wei', name: 'Wei' } }],
    ['somebody of another tenant', { channelData: { tenant: { id: 'other' } } }],
    [
      'somebody of no tenant',
      { channelData: {}, conversation: { id: group, conversationType: 'groupChat' } },
    ],
  ])('%s is refused with words and nothing is done', async (_, change) => {
    expect((await teams.send(activity(change))).status).toBe(200);
    expect(teams.asked).toEqual([]);
    expect(teams.places.addresses.size).toBe(0);
    expect(teams.botMessages(wei)).toMatchObject([{ summary: expect.stringContaining('only for members') }]);
  });

  it.each([
    { id: '28:other-bot', name: 'Bot', aadObjectId: wei },
    { id: '29:chen.wei', name: 'Bot', aadObjectId: wei, role: 'bot' },
  ])('a bot (%j) is never answered, so that no two bots talk for ever', async (from) => {
    expect((await teams.send(activity({ from }))).status).toBe(200);
    expect(teams.asked).toEqual([]);
    expect(teams.standIn.messages()).toEqual([]);
  });

  it('in an invoke is refused in its own way, and the dialog is not opened', async () => {
    const invoke = { type: 'invoke', name: 'task/fetch', from: { id: '29:x', name: 'X' } };
    const { status, body } = await teams.send(activity({ ...invoke, value: { data: {} } }));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      task: { type: 'message', value: expect.stringContaining('only for members') },
    });
    expect(teams.asked).toEqual([]);
  });

  it('a guest is known as one by the roster', async () => {
    await teams.send(activity({ from: { id: '29:gus.guest', name: 'Gus', aadObjectId: gus } }));
    expect(await teams.platform.profile(tenantId, wei)).toBeUndefined();
    await teams.standIn.say({ user: wei, text: 'hi' });
    expect(await teams.platform.profile(tenantId, wei)).toMatchObject({
      name: 'Chen Wei',
      locale: 'zh-CN',
      timeZone: 'Asia/Shanghai',
      isOutsider: false,
    });
  });

  it('a person is who the directory says, whatever name or address they use', async () => {
    const from = { id: '29:li.na', name: 'Chen Wei', aadObjectId: lina, email: 'chen.wei@east.example' };
    await teams.send(activity({ from }));
    expect(teams.asked[0]?.who).toEqual({ platform: 'teams', installation: tenantId, userId: lina });
  });
});

describe('a tenant that is not connected', () => {
  beforeEach(() => teams.installations.tenants.clear());

  it('is told how to connect, in the language of whoever asks, without touching the engine', async () => {
    await teams.standIn.say({ user: lina, text: 'deal D-142' });
    await teams.standIn.say({ user: wei, text: 'deal D-142' });
    expect(teams.asked).toEqual([]);
    expect(teams.places.addresses.size).toBe(0);
    expect(teams.botMessages(lina)[0]?.summary).toContain('@CRM link ABCDE-FGHJK');
    expect(teams.botMessages(wei)[0]?.summary).toContain('尚未连接');
  });

  it.each(['link ABCDE-FGHJK', 'Link  abcde fghjk ', '绑定 ABCDE-FGHJK', '/crm link ABCDE-FGHJK'])(
    'is connected by a code (%j)',
    async (text) => {
      await teams.standIn.say({ user: wei, text });
      expect(teams.connected).toMatchObject([
        {
          code: expect.stringMatching(/^abcde.fghjk$/i),
          visitor: { platform: 'teams', installation: tenantId, userId: wei },
          profile: { name: 'Chen Wei', locale: 'zh-CN', timeZone: 'Asia/Shanghai', isOutsider: false },
          tenantName: 'east.example',
        },
      ]);
      await teams.standIn.say({ user: wei, text: 'deal D-142' });
      expect(teams.interactions).toEqual([{ kind: 'command', line: 'deal D-142' }]);
    },
  );

  it('stays unconnected when the code is wrong, and says so', async () => {
    teams.connect = () => {
      throw new AppError('not_found', 'No such code.');
    };
    await teams.standIn.say({ user: lina, text: 'link AAAAA-AAAAA' });
    expect(teams.connected).toEqual([]);
    expect(teams.botMessages(lina)[0]?.summary).toContain('No such code.');
  });

  it('is not connected by a guest', async () => {
    await teams.stop();
    const people = tenant();
    const users = people.users.map((user) =>
      user.aadObjectId === lina ? { ...user, userRole: 'guest' as const } : user,
    );
    teams = await new Harness().start({}, [{ ...people, users }]);
    teams.installations.tenants.clear();
    await teams.standIn.say({ user: lina, text: 'link ABCDE-FGHJK' });
    expect(teams.connected).toEqual([]);
    expect(teams.botMessages(lina)[0]?.summary).toContain('only for members');
  });

  it('answers an invoke with how to connect', async () => {
    const outcome = await teams.standIn.fetchExtension({ user: lina, commandId: 'newLead' });
    expect(outcome.toast).toContain('not connected');
    expect(teams.asked).toEqual([]);
  });

  it('hears how to connect when the app is installed, once', async () => {
    await teams.standIn.uninstall({ user: wei, conversation: group });
    await teams.standIn.install({ user: wei, conversation: group });
    await teams.standIn.repeat();
    const [message, ...more] = teams.botMessages(lina, group);
    expect(more).toEqual([]);
    expect(message?.summary).toContain('not connected');
    expect(message?.summary).toContain('尚未连接');
  });
});

/** What is said to a whole team stands in its General channel, which has the team's id. */
function withGeneral(): Tenant {
  const whole = tenant();
  const teams = whole.teams.map((team) => ({
    ...team,
    channels: [{ id: team.id, name: 'General', members: [wei, lina] }, ...team.channels],
  }));
  return { ...whole, teams };
}

describe('an installation', () => {
  it.each([
    ['for one person', undefined],
    ['in a group', group],
    ['in a team', channel],
  ])('%s is welcomed once, from whichever event comes first', async (_, conversation) => {
    await teams.stop();
    teams = await new Harness().start({}, [withGeneral()]);
    const where = conversation === undefined ? {} : { conversation };
    await teams.standIn.uninstall({ user: wei, ...where });
    await teams.standIn.install({ user: wei, ...where });
    await teams.standIn.repeat();
    const welcomes = teams.standIn.messages({ all: true }).filter(({ from }) => from.kind === 'bot');
    expect(welcomes).toHaveLength(1);
    const posts = teams.standIn.calls().filter(({ operation }) => operation === 'post');
    expect(posts).toHaveLength(1);
    expect(written(posts[0]?.body)).toContain('@CRM help');
    expect(teams.asked).toEqual([]);
  });

  it('after a removal is not welcomed again, and everything is still known', async () => {
    await teams.standIn.uninstall({ user: wei, conversation: group });
    await teams.standIn.install({ user: wei, conversation: group });
    const known = new Map(teams.places.addresses);
    await teams.standIn.uninstall({ user: wei, conversation: group });
    expect(teams.places.addresses).toEqual(known);
    expect(teams.installations.tenants.has(tenantId)).toBe(true);
    await teams.standIn.install({ user: wei, conversation: group });
    expect(teams.botMessages(lina, group)).toHaveLength(1);
  });

  it('does not forget the language somebody has already shown', async () => {
    await teams.standIn.say({ user: wei, text: 'hi' });
    await teams.standIn.uninstall({ user: wei });
    await teams.standIn.install({ user: wei });
    expect(teams.places.person(wei)).toMatchObject({ locale: 'zh-CN', timeZone: 'Asia/Shanghai' });
  });

  it('of somebody else is no reason to say anything', async () => {
    await teams.send(
      activity({ type: 'conversationUpdate', membersAdded: [{ id: '29:li.na' }], text: undefined }),
    );
    expect(teams.standIn.messages()).toEqual([]);
  });

  it('without a person in it is welcomed in its conversation', async () => {
    const from = { id: '29:unknown' };
    await teams.send(activity({ type: 'installationUpdate', action: 'add', from, text: undefined }));
    expect(teams.botMessages(lina, group)).toHaveLength(1);
  });
});
