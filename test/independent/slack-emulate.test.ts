import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { slackMessages } from '../../src/platforms/slack/messages.ts';
import { createSlack } from '../../src/platforms/slack/mount.ts';
import { slackWords } from '../../src/platforms/slack/words.ts';
import { engineMessages } from '../../src/runtime/messages.ts';
import type { ChatPlatform, Destination, MessageRef } from '../../src/runtime/ports.ts';
import type { Card } from '../../src/view/card.ts';
import type { Reader } from '../../src/view/reader.ts';
import { createTranslate } from '../../src/view/translator.ts';
import { emulatorPackage, NotFetchedError } from './emulator.ts';
import { ask, emulator, type Json, type SlackServer, standIn } from './slack-servers.ts';

/** One list of scenarios, two servers: what holds on our stand-in must hold where we had no hand in it. */

const translate = createTranslate([slackMessages, engineMessages]);
const reader: Reader = { locale: 'en', timeZone: 'UTC', translate, commandLine: slackWords.commandLine };
const card = (title: string): Card => ({
  tone: 'ok',
  title,
  blocks: [
    { t: 'text', of: 'A & B <!channel>' },
    { t: 'fields', fields: [{ label: 'Stage', value: 'Quote' }] },
    { t: 'buttons', buttons: [{ label: 'Undo', press: { a: 'audit.undo', i: { audit: 'a1' } } }] },
  ],
});

interface Stage {
  server: SlackServer;
  platform: ChatPlatform;
  channel: Destination;
}

/** Where the workspace's other token is used. */
const blind = 'blind';

async function connect(server: SlackServer): Promise<Stage> {
  const tokens = new Map([
    [server.team, server.token],
    [blind, server.blindToken],
  ]);
  const nothing = () => {};
  const { platform } = await createSlack({
    signingSecret: 'unused',
    apiUrl: server.apiUrl,
    installations: {
      find: async (_platform, id) => {
        const token = tokens.get(id);
        return token === undefined ? undefined : { orgId: 'org-1', token };
      },
      disconnect: async () => {},
    },
    shared: async () => undefined,
    translate,
    log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
    shortcuts: {
      message: () => ({ a: 'line', i: { line: 'today' } }),
      global: () => ({ a: 'line', i: { line: 'today' } }),
    },
    noteAccount: async () => undefined,
    dispatch: async () => {
      throw new Error('nothing comes in here');
    },
  });
  const channel = { kind: 'channel', installation: server.team, channelId: server.channel } as const;
  return { server, platform, channel };
}

/** The message as the server keeps it, read without our client. */
async function stored({ server }: Stage, ref: MessageRef): Promise<Json> {
  const { messages } = await ask(server.apiUrl, server.token, 'conversations.replies', {
    channel: ref.channelId,
    ts: ref.messageId,
    include_all_metadata: true,
  });
  return (messages as Json[]).find(({ ts }) => ts === ref.messageId) ?? {};
}

let keys = 0;
const newKey = () => {
  keys += 1;
  return `key-${keys}`;
};

async function failureOf({ platform }: Stage, work: Promise<unknown> | undefined) {
  const error = await work?.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeDefined();
  return platform.classify(error);
}

const scenarios: Record<string, (stage: Stage) => Promise<void>> = {
  'a card is kept as it was sent: text, blocks, key, and nothing live in it': async (stage) => {
    const key = newKey();
    const ref = await stage.platform.post(stage.channel, card('Won D-142'), reader, { idempotencyKey: key });
    expect(ref.channelId).toBe(stage.server.channel);
    const message = await stored(stage, ref);
    expect(message).toMatchObject({
      user: stage.server.bot,
      text: expect.stringContaining('A &amp; B &lt;!channel&gt;'),
      metadata: { event_type: 'parley_delivery', event_payload: { key } },
    });
    const types = (message.blocks as Json[]).map(({ type }) => type);
    expect(types).toContain('actions');
    expect(types.length).toBeGreaterThanOrEqual(3);
  },

  'an update changes the words in place and keeps the key': async (stage) => {
    const { platform, channel, server } = stage;
    const key = newKey();
    const ref = await platform.post(channel, card('Before'), reader, { idempotencyKey: key });
    await platform.update(server.team, ref, card('After'), reader);
    await platform.update(server.team, ref, card('After'), reader);
    const message = await stored(stage, ref);
    expect(message.text).toContain('After');
    expect(JSON.stringify(message)).not.toContain('Before');
    expect(await platform.find?.(channel, key)).toEqual(ref);
  },

  'a post is found by its key among others, and no key finds a foreign one': async ({
    platform,
    channel,
  }) => {
    const sent = new Map<string, MessageRef>();
    for (const title of ['One', 'Two', 'Three']) {
      const key = newKey();
      sent.set(key, await platform.post(channel, card(title), reader, { idempotencyKey: key }));
    }
    for (const [key, ref] of sent) expect(await platform.find?.(channel, key)).toEqual(ref);
    expect(await platform.find?.(channel, newKey())).toBeUndefined();
  },

  'a post is found behind more than one page of others': async ({ server, platform, channel }) => {
    const key = newKey();
    const ref = await platform.post(channel, card('Long ago'), reader, { idempotencyKey: key });
    for (let count = 0; count < 210; count += 1) {
      await ask(server.apiUrl, server.token, 'chat.postMessage', { channel: server.channel, text: 'noise' });
    }
    expect(await platform.find?.(channel, key)).toEqual(ref);
  },

  'a reply stands in its thread and is found there, not in the channel': async (stage) => {
    const { platform, channel } = stage;
    const key = newKey();
    const threadOf = await platform.post(channel, card('Thread'), reader, { idempotencyKey: newKey() });
    const reply = await platform.post(channel, card('Reply'), reader, { idempotencyKey: key, threadOf });
    expect(await stored(stage, threadOf)).toMatchObject({ reply_count: 1 });
    expect(await platform.find?.(channel, key, { threadOf })).toEqual(reply);
    expect(await platform.find?.(channel, key)).toBeUndefined();
  },

  'what is for a person goes into one conversation with them': async ({ server, platform }) => {
    const direct = { kind: 'person', installation: server.team, userId: server.person.id } as const;
    const key = newKey();
    const first = await platform.post(direct, card('To you'), reader, { idempotencyKey: key });
    const second = await platform.post(direct, card('Again'), reader, { idempotencyKey: newKey() });
    expect(first.channelId).not.toBe(server.channel);
    expect(second.channelId).toBe(first.channelId);
    expect(await platform.find?.(direct, key)).toEqual(first);
  },

  'a profile says who somebody is': async ({ server, platform }) => {
    const { id, name, email } = server.person;
    expect(await platform.profile(server.team, id)).toEqual({
      name,
      email,
      locale: 'en',
      timeZone: 'UTC',
      isOwnerOrAdmin: false,
      isOutsider: false,
    });
    expect(await platform.profile(server.team, server.admin)).toMatchObject({ isOwnerOrAdmin: true });
    expect(await platform.profile(server.team, server.bot)).toMatchObject({ isOutsider: true });
    expect(await platform.profile(server.team, 'UNOBODY')).toBeUndefined();
  },

  'the home screen is published, and published again': async ({ server, platform }) => {
    await platform.publishHome?.(server.team, server.person.id, card('Home'), reader);
    await platform.publishHome?.(server.team, server.person.id, card('Home again'), reader);
  },

  'what can never arrive drops its destination': async (stage) => {
    const { server, platform, channel } = stage;
    const options = () => ({ idempotencyKey: newKey() });
    const to = (channelId: string) => ({ kind: 'channel', installation: server.team, channelId }) as const;
    const nobody = { kind: 'person', installation: server.team, userId: 'UNOBODY' } as const;
    const drop = (reason: string) => ({ kind: 'drop-destination', reason });
    const post = (where: Destination) =>
      failureOf(stage, platform.post(where, card('Nowhere'), reader, options()));
    expect(await post(to('CNOWHERE'))).toEqual(drop('channel_not_found'));
    expect(await post(to(server.archived))).toEqual(drop('is_archived'));
    expect(await post(nobody)).toEqual(drop('user_not_found'));
    const gone = await platform.post(channel, card('Gone'), reader, options());
    const at = { channel: gone.channelId, ts: gone.messageId };
    await ask(server.apiUrl, server.token, 'chat.delete', at);
    const late = platform.update(server.team, gone, card('Too late'), reader);
    expect(await failureOf(stage, late)).toEqual(drop('message_not_found'));
  },

  'where no history may be read, whether a post arrived stays uncertain': async (stage) => {
    const { server, platform } = stage;
    const to = { kind: 'channel', installation: blind, channelId: server.blindChannel } as const;
    const key = newKey();
    await platform.post(to, card('Unseen'), reader, { idempotencyKey: key });
    expect(await failureOf(stage, platform.find?.(to, key))).toEqual({ kind: 'uncertain' });
  },
};

describe.each([
  { name: 'our stand-in', start: standIn, isForeign: false },
  { name: emulatorPackage, start: emulator, isForeign: true },
])('the Slack client against $name', ({ start, isForeign }) => {
  let stage: Stage | undefined;
  let missing = '';
  let ran = 0;

  beforeAll(async () => {
    try {
      stage = await connect(await start());
    } catch (error) {
      if (!(isForeign && error instanceof NotFetchedError)) throw error;
      missing = error.message;
      process.stderr.write(`\nSKIPPED: nothing was run against ${emulatorPackage}. ${missing}\n\n`);
    }
  });
  afterAll(() => stage?.server.stop());

  for (const [name, run] of Object.entries(scenarios)) {
    test(name, async ({ skip }) => {
      if (!stage) return skip(missing);
      await run(stage);
      ran += 1;
    });
  }

  test('enough was tried', ({ skip }) => {
    if (!stage) return skip(missing);
    expect(ran).toBeGreaterThanOrEqual(4);
  });
});
