import type { Fault } from '../../../src/playground/teams/faults.ts';
import type { PlaceAddress } from '../../../src/runtime/ports.ts';
import { channel, gus, lina, tenantId, wei } from '../../playground/teams-service.ts';
import { chatPlatformContract, type Stage, type Trouble } from '../contract.ts';
import { chineseReader, reader } from './readers.ts';
import { createSender } from './sending.ts';
import { openTenant, sharedChannel } from './tenant.ts';

const faults: Record<Trouble, Fault> = {
  busy: { kind: '429', operation: 'post', retryAfter: 7 },
  broken: { kind: '500', operation: 'post' },
  'lost-answer': { kind: 'lost_answer', operation: 'post', count: 1 },
  archived: { kind: 'archived', conversation: channel },
  'refused-credentials': { kind: 'revoked' },
  'broken-questions': { kind: '500', operation: 'member' },
};

async function open(): Promise<Stage> {
  const tenant = await openTenant();
  const { standIn } = tenant;
  let isConnected = true;
  const { platform, places } = await createSender(tenant.url, { isConnected: () => isConnected });
  const serviceUrl = `${tenant.url}/`;
  const languages: Record<string, PlaceAddress> = { [wei]: { locale: 'zh-CN', timeZone: 'Asia/Shanghai' } };
  for (const conversationId of [channel, sharedChannel]) {
    const teamId = '19:east@thread.tacv2';
    await places.meet('channel', conversationId, { serviceUrl, conversationId, teamId });
  }
  for (const userId of [wei, lina, gus]) {
    await places.meet('person', userId, { serviceUrl, channelId: channel, ...languages[userId] });
  }
  return {
    platform,
    reader,
    chineseReader,
    installation: tenantId,
    channelId: channel,
    channelName: 'sales',
    sharedChannelId: sharedChannel,
    unknownChannelId: '19:nowhere@thread.tacv2',
    wei: {
      userId: wei,
      name: 'Chen Wei',
      email: 'chen.wei@east.example',
      locale: 'zh-CN',
      timeZone: 'Asia/Shanghai',
    },
    lina: { userId: lina },
    guest: { userId: gus },
    unknownUserId: 'bbbbbbbb-0000-4000-8000-00000000ffff',
    seenBy: (user) =>
      standIn.messages({ user }).map(({ id, summary = '', cards, replyTo, editedAt }) => ({
        id,
        text: summary,
        parts: cards.length,
        isEdited: editedAt !== undefined,
        ...(replyTo ? { thread: replyTo } : {}),
      })),
    cause: (trouble) => standIn.faults.add(faults[trouble]),
    canFind: false,
    posts: () =>
      standIn.calls().filter(({ operation, status }) => operation === 'post' && status !== 401).length,
    disconnect: () => {
      isConnected = false;
    },
    reset: async () => {
      isConnected = true;
      standIn.reset();
    },
    close: () => tenant.close(),
  };
}

chatPlatformContract('teams', open);
