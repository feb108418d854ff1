import { describe, expect, it } from 'vitest';
import {
  appId,
  attach,
  botId,
  card,
  channel,
  group,
  gus,
  lina,
  openBench,
  tenantId,
  wei,
} from './teams-service.ts';

describe('what the stand-in sends', () => {
  it('a personal message carries who says it, in which language, zone and tenant', async () => {
    const { standIn, received, last } = openBench();
    const outcome = await standIn.say({ user: wei, text: 'pipeline' });
    expect(outcome).toMatchObject({ ok: true, status: 200 });
    expect(last()).toMatchObject({
      type: 'message',
      text: 'pipeline',
      textFormat: 'plain',
      channelId: 'msteams',
      serviceUrl: 'http://stand-in.test/',
      from: { id: '29:chen.wei', aadObjectId: wei, name: 'Chen Wei' },
      recipient: { id: botId, name: 'CRM' },
      conversation: { conversationType: 'personal', tenantId, id: expect.stringMatching(/^a:1/) },
      channelData: { tenant: { id: tenantId } },
      locale: 'zh-CN',
      localTimezone: 'Asia/Shanghai',
      localTimestamp: '2026-11-04T09:00:00.000+08:00',
      entities: [{ type: 'clientInfo', locale: 'zh-CN', country: 'CN', timezone: 'Asia/Shanghai' }],
    });
    expect(received[0]?.claims).toMatchObject({
      iss: 'https://api.botframework.com',
      aud: appId,
      serviceurl: 'http://stand-in.test/',
    });
  });

  it('a channel message reaches the bot only when it is mentioned, and names its thread', async () => {
    const { standIn, received, last } = openBench();
    const silent = await standIn.say({ user: lina, conversation: 'sales', text: 'lunch?' });
    expect(silent).toMatchObject({ ok: true, status: 0 });
    expect(received).toEqual([]);
    const asked = await standIn.say({ user: lina, conversation: channel, text: '@CRM new-lead Acme <b>' });
    expect(last()).toMatchObject({
      text: '<at>CRM</at> new-lead Acme <b>',
      conversation: {
        conversationType: 'channel',
        isGroup: true,
        id: `${channel};messageid=${asked.message}`,
      },
      channelData: { team: { id: '19:east@thread.tacv2' }, channel: { id: channel } },
      entities: [
        { type: 'mention', text: '<at>CRM</at>', mentioned: { id: botId, name: 'CRM' } },
        { type: 'clientInfo' },
      ],
    });
    expect(JSON.stringify(last().attachments)).not.toContain('<b>');
    const thread = `${channel};messageid=${asked.message}`;
    await standIn.say({ user: wei, conversation: thread, text: '@CRM why' });
    expect(last()).toMatchObject({ replyToId: asked.message, conversation: { id: thread } });
  });

  it('nobody speaks where they are not, where the app is not, or where it is archived', async () => {
    const { standIn, received } = openBench();
    await expect(standIn.say({ user: gus, conversation: channel, text: 'hi' })).rejects.toThrow('is not in');
    await expect(standIn.say({ user: gus, text: 'hi' })).rejects.toThrow('not installed');
    await expect(standIn.say({ user: wei, conversation: 'old', text: '@CRM hi' })).rejects.toThrow(
      'archived',
    );
    const far = await standIn.say({
      user: wei,
      conversation: '19:far-general@thread.tacv2',
      text: '@CRM hi',
    });
    expect(far.status).toBe(0);
    expect(received).toEqual([]);
  });

  it('an installation is told twice, a personal removal once', async () => {
    const { standIn, received } = openBench();
    await standIn.install({ user: gus });
    expect(received.map(({ activity }) => [activity.type, activity.action])).toEqual([
      ['conversationUpdate', undefined],
      ['installationUpdate', 'add'],
    ]);
    expect(received[0]?.activity).toMatchObject({ membersAdded: [{ id: botId }] });
    expect(received[0]?.activity).not.toHaveProperty('locale');
    await expect(standIn.install({ user: gus })).rejects.toThrow('already');
    received.length = 0;
    await standIn.uninstall({ user: gus });
    expect(received.map(({ activity }) => activity.type)).toEqual(['installationUpdate']);
  });

  it('a team installation names the team and the channel that was chosen', async () => {
    const { standIn, received } = openBench();
    await standIn.install({ user: wei, conversation: '19:far-general@thread.tacv2' });
    expect(received[0]?.activity).toMatchObject({
      conversation: { id: '19:far@thread.tacv2', conversationType: 'channel' },
      channelData: { eventType: 'teamMemberAdded', team: { id: '19:far@thread.tacv2' } },
    });
    expect(received[1]?.activity).toMatchObject({
      channelData: { settings: { selectedChannel: { id: '19:far-general@thread.tacv2' } } },
    });
    received.length = 0;
    await standIn.uninstall({ user: wei, conversation: group });
    expect(received.map(({ activity }) => activity.type)).toEqual([
      'conversationUpdate',
      'installationUpdate',
    ]);
    expect(standIn.screen(wei).conversations.find(({ id }) => id === group)?.isInstalled).toBe(false);
  });

  it('the same activity comes again with the same id when it is asked to', async () => {
    const { standIn, received } = openBench();
    const first = await standIn.say({ user: wei, text: 'one' });
    await standIn.say({ user: wei, text: 'two' });
    await standIn.repeat();
    await standIn.repeat(first.activity);
    expect(received.map(({ activity }) => activity.text)).toEqual(['one', 'two', 'two', 'one']);
    expect(received[3]?.activity).toEqual(received[0]?.activity);
    expect(standIn.messages()).toHaveLength(2);
    await expect(standIn.repeat('f:nothing')).rejects.toThrow('Nothing of that kind');
  });

  it('reactions and thumbs are told with the message they are for', async () => {
    const { standIn, post, last } = openBench();
    const plain = await post(channel, { text: 'hello' });
    await standIn.react({ user: wei, message: plain, reaction: 'like' });
    expect(last()).toMatchObject({
      type: 'messageReaction',
      replyToId: plain,
      reactionsAdded: [{ type: 'like' }],
    });
    await expect(standIn.feedback({ user: wei, message: plain, reaction: 'like' })).rejects.toThrow(
      'no thumbs',
    );
    const asked = await post(channel, {
      attachments: [attach(card())],
      channelData: { feedbackLoopEnabled: true },
    });
    await standIn.feedback({ user: wei, message: asked, reaction: 'dislike', text: 'no' });
    expect(last()).toMatchObject({
      name: 'message/submitAction',
      replyToId: asked,
      value: {
        actionName: 'feedback',
        actionValue: { reaction: 'dislike', feedback: '{"feedbackText":"no"}' },
      },
    });
  });
});
