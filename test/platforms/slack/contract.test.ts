import { createSlack } from '../../../src/platforms/slack/mount.ts';
import { serveSlackStandIn } from '../../../src/playground/serve.ts';
import type { Fault } from '../../../src/playground/slack/faults.ts';
import type { StandInMessage } from '../../../src/playground/slack/world.ts';
import type { InstallationSecrets } from '../../../src/runtime/ports.ts';
import { secret, workspace } from '../../playground/service.ts';
import { chatPlatformContract, type Seen, type Stage, type Trouble } from '../contract.ts';
import { chineseReader, orgId, reader, translate } from './support.ts';

const faults: Record<Trouble, Fault> = {
  busy: { kind: '429', method: 'chat.postMessage', retryAfter: 7 },
  broken: { kind: '500', method: 'chat.postMessage' },
  'lost-answer': { kind: 'lost_answer', method: 'chat.postMessage', count: 1 },
  archived: { kind: 'archived_channel', channel: 'C1' },
  'refused-credentials': { kind: 'revoked_token' },
  'broken-questions': { kind: '500', method: 'users.info' },
};

/** Slack shows `& < >` for what is sent escaped. */
const shown = (text: string) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');

function seenOf({ ts, text, blocks = [], threadTs, edits }: StandInMessage): Seen {
  return {
    id: ts,
    text: shown(text),
    parts: blocks.length,
    isEdited: edits > 0,
    ...(threadTs && threadTs !== ts ? { thread: threadTs } : {}),
  };
}

async function open(): Promise<Stage> {
  const wei = { locale: 'zh-CN' as const, tz: 'Asia/Shanghai' };
  const base = workspace();
  const users = base.users.map((user) => (user.id === 'U1' ? { ...user, ...wei } : user));
  const team = await serveSlackStandIn({
    port: 0,
    target: 'http://127.0.0.1:9/slack/events',
    signingSecret: secret,
    workspaces: [{ ...base, users }],
  });
  const { standIn } = team;
  let isConnected = true;
  const installations: InstallationSecrets = {
    find: async (_, id) => (id === base.id && isConnected ? { orgId, token: base.botToken } : undefined),
    disconnect: async () => undefined,
  };
  const { platform } = await createSlack({
    signingSecret: secret,
    apiUrl: `${team.url}/api/`,
    noteAccount: async () => undefined,
    dispatch: async () => ({ outcome: { kind: 'options', options: [] }, reader }),
    installations,
    shared: async () => undefined,
    translate,
    shortcuts: { message: () => ({ a: 'x', i: {} }), global: () => ({ a: 'x', i: {} }) },
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
  });
  return {
    platform,
    reader,
    chineseReader,
    installation: base.id,
    channelId: 'C1',
    channelName: 'east',
    sharedChannelId: 'C5',
    unknownChannelId: 'C404',
    wei: {
      userId: 'U1',
      name: 'Chen Wei',
      email: 'wei@east.example',
      locale: 'zh-CN',
      timeZone: 'Asia/Shanghai',
    },
    lina: { userId: 'U2' },
    guest: { userId: 'U3' },
    unknownUserId: 'U404',
    seenBy: (user) => standIn.messages({ user }).map(seenOf),
    cause: (trouble) => standIn.faults.add(faults[trouble]),
    canFind: true,
    posts: () => standIn.calls().filter(({ method }) => method === 'chat.postMessage').length,
    disconnect: () => {
      isConnected = false;
    },
    reset: async () => {
      isConnected = true;
      standIn.reset();
    },
    close: () => team.close(),
  };
}

chatPlatformContract('slack', open);
