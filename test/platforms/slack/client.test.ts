import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { person } from '../../../src/kernel/text.ts';
import type { Card } from '../../../src/view/card.ts';
import { Harness, reader, SlackRecorder } from './support.ts';

const recorder = new SlackRecorder();
beforeAll(() => recorder.start());
afterAll(() => recorder.stop());
let slack: Harness;
beforeEach(async () => {
  recorder.clear();
  slack = await new Harness(recorder).start();
});

const card: Card = { tone: 'ok', title: 'Won D-142', blocks: [{ t: 'text', of: 'A & B <!channel>' }] };
const channel = { kind: 'channel', installation: 'T1', channelId: 'C1' } as const;
const wei = { kind: 'person', installation: 'T1', userId: 'U1' } as const;

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function failureOf(work: Promise<unknown>) {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeDefined();
  return slack.platform.classify(error);
}

describe('posting', () => {
  test('carries its key, a text that tells all, and nothing live', async () => {
    const ref = await slack.platform.post(channel, card, reader, { idempotencyKey: 'k1' });
    expect(ref).toEqual({ channelId: 'C1', messageId: '1700000000.000100' });
    expect(recorder.of('chat.postMessage')).toEqual([
      expect.objectContaining({
        channel: 'C1',
        text: '✅ Won D-142\nA &amp; B &lt;!channel&gt;',
        metadata: { event_type: 'parley_delivery', event_payload: { key: 'k1' } },
        parse: 'none',
        link_names: 'false',
        unfurl_links: 'false',
        unfurl_media: 'false',
      }),
    ]);
    expect(recorder.calls[0]?.token).toBe('xoxb-1');
  });

  test('to a person goes into their direct messages; into a thread under its message', async () => {
    await slack.platform.post(wei, card, reader, {
      idempotencyKey: 'k2',
      threadOf: { channelId: 'D1', messageId: '17.1' },
    });
    expect(recorder.of('conversations.open')).toEqual([{ users: 'U1' }]);
    expect(recorder.of('chat.postMessage')).toEqual([
      expect.objectContaining({ channel: 'D1', thread_ts: '17.1' }),
    ]);
  });

  test('a mention becomes one for members Slack knows, and stays a name for others', async () => {
    slack = await new Harness(recorder).start({
      mentions: async (org, memberId) => (org === 'org-1' && memberId === 'm1' ? 'U777' : undefined),
    });
    const of = (memberId: string) => person({ memberId, name: 'Wang Lei', mention: true });
    const mentioning: Card = {
      tone: 'plain',
      blocks: [
        { t: 'text', of: of('m1') },
        { t: 'text', of: of('m2') },
      ],
    };
    await slack.platform.post(channel, mentioning, reader, { idempotencyKey: 'k3' });
    const blocks = JSON.stringify(recorder.of('chat.postMessage')[0]?.blocks);
    expect(blocks).toContain('{"type":"user","user_id":"U777"}');
    expect(blocks).toContain('{"type":"text","text":"Wang Lei"}');
  });

  test('whom nobody can look up is named in an answer, for it tells what has happened; a message waits', async () => {
    slack = await new Harness(recorder).start({ mentions: () => Promise.reject(new Error('storage away')) });
    const assigned: Card = {
      tone: 'ok',
      title: 'Assigned D-142',
      blocks: [{ t: 'text', of: person({ memberId: 'm1', name: 'Wang Lei', mention: true }) }],
    };
    slack.answer = () => ({ kind: 'card', card: assigned });
    const answer = await slack.command('assign D-142 "Wang Lei"');
    expect(await answer.text()).toContain('{"type":"text","text":"Wang Lei"}');
    expect(slack.logged.map(({ message }) => message)).toEqual(['mentions not looked up']);
    await failureOf(slack.platform.post(channel, assigned, reader, { idempotencyKey: 'k4' }));
    expect(recorder.of('chat.postMessage')).toEqual([]);
  });

  test('an error of the server is tried once: only the relay may send again', async () => {
    recorder.answers.set('chat.postMessage', () => new Response('oops', { status: 500 }));
    expect(await failureOf(slack.platform.post(channel, card, reader, { idempotencyKey: 'k' }))).toEqual({
      kind: 'uncertain',
    });
    expect(recorder.of('chat.postMessage')).toHaveLength(1);
  });

  test('a change edits the message', async () => {
    await slack.platform.update('T1', { channelId: 'C1', messageId: '17.1' }, card, reader);
    expect(recorder.of('chat.update')).toEqual([
      expect.objectContaining({ channel: 'C1', ts: '17.1', parse: 'none' }),
    ]);
  });

  test('the home screen is published for one person', async () => {
    await slack.platform.publishHome?.('T1', 'U1', card, reader);
    expect(recorder.of('views.publish')).toEqual([
      expect.objectContaining({ user_id: 'U1', view: expect.objectContaining({ type: 'home' }) }),
    ]);
  });
});

describe('failures', () => {
  test.each([
    ['channel_not_found', 'drop-destination'],
    ['is_archived', 'drop-destination'],
    ['not_in_channel', 'drop-destination'],
    ['token_revoked', 'pause-installation'],
    ['invalid_auth', 'pause-installation'],
    ['account_inactive', 'pause-installation'],
    ['invalid_blocks', 'poison'],
    ['msg_too_long', 'poison'],
    ['something_new', 'poison'],
  ])('%s: %s', async (error, kind) => {
    recorder.answers.set('chat.postMessage', { error });
    const failure = await failureOf(slack.platform.post(channel, card, reader, { idempotencyKey: 'k' }));
    expect(failure).toEqual({ kind, reason: error });
  });

  test.each([
    ['service_unavailable', 'retry'],
    ['ratelimited', 'retry'],
    ['internal_error', 'uncertain'],
    ['fatal_error', 'uncertain'],
  ])('%s: %s', async (error, kind) => {
    recorder.answers.set('chat.postMessage', { error });
    expect(await failureOf(slack.platform.post(channel, card, reader, { idempotencyKey: 'k' }))).toEqual({
      kind,
    });
  });

  test('429 is to be retried after as long as Slack says', async () => {
    recorder.answers.set(
      'chat.postMessage',
      () => new Response('', { status: 429, headers: { 'retry-after': '7' } }),
    );
    expect(await failureOf(slack.platform.post(channel, card, reader, { idempotencyKey: 'k' }))).toEqual({
      kind: 'retry',
      afterSeconds: 7,
    });
    expect(recorder.of('chat.postMessage')).toHaveLength(1);
  });

  test('a refused connection sent nothing; a broken one may have', async () => {
    const refused = await new Harness(recorder).start({
      apiUrl: `http://127.0.0.1:${await closedPort()}/api/`,
    });
    expect(await failureOf(refused.platform.post(channel, card, reader, { idempotencyKey: 'k' }))).toEqual({
      kind: 'retry',
    });
    let connections = 0;
    const cutting = createServer((socket) => {
      connections += 1;
      socket.on('error', () => {});
      socket.once('data', () => socket.destroy());
    });
    await new Promise<void>((resolve) => cutting.listen(0, '127.0.0.1', resolve));
    const { port } = cutting.address() as AddressInfo;
    const broken = await new Harness(recorder).start({ apiUrl: `http://127.0.0.1:${port}/api/` });
    expect(await failureOf(broken.platform.post(channel, card, reader, { idempotencyKey: 'k' }))).toEqual({
      kind: 'uncertain',
    });
    expect(connections).toBe(1);
    await new Promise((resolve) => cutting.close(resolve));
  });

  test('a workspace without a token pauses, and nothing is called', async () => {
    slack.installations.tokens.clear();
    expect(await failureOf(slack.platform.post(channel, card, reader, { idempotencyKey: 'k' }))).toEqual({
      kind: 'pause-installation',
      reason: 'not_connected',
    });
    expect(recorder.calls).toEqual([]);
  });
});

describe('looking for an earlier post', () => {
  const marked = (key: string) => ({
    ts: '17.5',
    metadata: { event_type: 'parley_delivery', event_payload: { key } },
  });

  test('finds it by its key, on any page', async () => {
    recorder.answers.set('conversations.history', (args) =>
      args.cursor === 'next'
        ? { messages: [{ ts: '17.4' }, marked('k1')] }
        : { messages: [marked('k0')], response_metadata: { next_cursor: 'next' } },
    );
    expect(await slack.platform.find?.(channel, 'k1')).toEqual({ channelId: 'C1', messageId: '17.5' });
    expect(recorder.of('conversations.history')[0]).toMatchObject({ include_all_metadata: 'true' });
  });

  test('says that it is not there', async () => {
    recorder.answers.set('conversations.history', { messages: [marked('k0'), { ts: '1' }] });
    expect(await slack.platform.find?.(channel, 'k1')).toBeUndefined();
  });

  test('reads the thread it belongs to', async () => {
    recorder.answers.set('conversations.replies', { messages: [marked('k1')] });
    const threadOf = { channelId: 'C1', messageId: '17.1' };
    expect(await slack.platform.find?.(channel, 'k1', { threadOf })).toMatchObject({ messageId: '17.5' });
    expect(recorder.of('conversations.replies')[0]).toMatchObject({ ts: '17.1' });
  });

  test.each([
    ['the history may not be read', { error: 'missing_scope' }],
    ['too much was said since', { messages: [], response_metadata: { next_cursor: 'more' } }],
  ])('stays uncertain when %s: a guess would show it twice', async (_, answer) => {
    recorder.answers.set('conversations.history', answer);
    expect(await failureOf(slack.platform.find?.(channel, 'k1') ?? Promise.resolve())).toEqual({
      kind: 'uncertain',
      cannotLook: true,
    });
  });
});

describe('who somebody is', () => {
  const user = (extra: object) => ({
    user: {
      id: 'U1',
      team_id: 'T1',
      name: 'wei',
      locale: 'zh-CN',
      tz: 'Asia/Shanghai',
      profile: { real_name: 'Wei Zhang', email: 'wei@ours.example' },
      ...extra,
    },
  });

  test('a member, with language and zone', async () => {
    recorder.answers.set('users.info', user({ is_admin: true }));
    expect(await slack.platform.profile('T1', 'U1')).toEqual({
      name: 'Wei Zhang',
      email: 'wei@ours.example',
      locale: 'zh-CN',
      timeZone: 'Asia/Shanghai',
      isOwnerOrAdmin: true,
      isOutsider: false,
    });
    expect(recorder.of('users.info')).toEqual([{ user: 'U1', include_locale: 'true' }]);
  });

  test.each([
    ['a bot', { is_bot: true }],
    ['a guest', { is_restricted: true }],
    ['a single-channel guest', { is_ultra_restricted: true }],
    ['somebody who left', { deleted: true }],
    ['a stranger', { is_stranger: true }],
    ['a person of a connected workspace', { team_id: 'T9' }],
    [
      'a person of another workspace of an enterprise',
      { team_id: 'T9', enterprise_user: { enterprise_id: 'E9', teams: ['T8'] } },
    ],
    ['Slackbot', { id: 'USLACKBOT' }],
  ])('%s is an outsider', async (_, extra) => {
    recorder.answers.set('users.info', user(extra));
    expect((await slack.platform.profile('T1', 'U1'))?.isOutsider).toBe(true);
  });

  test('a person of the same enterprise who is in this workspace is not', async () => {
    recorder.answers.set(
      'users.info',
      user({ team_id: 'T9', enterprise_user: { enterprise_id: 'E1', teams: ['T1'] } }),
    );
    expect((await slack.platform.profile('T1', 'U1'))?.isOutsider).toBe(false);
  });

  test('nobody, when Slack knows nobody; odd zones and missing names do no harm', async () => {
    recorder.answers.set('users.info', { error: 'user_not_found' });
    expect(await slack.platform.profile('T1', 'U1')).toBeUndefined();
    recorder.answers.set('users.info', { user: { id: 'U1', team_id: 'T1', tz: 'Mars/Base' } });
    expect(await slack.platform.profile('T1', 'U1')).toMatchObject({
      name: 'U1',
      timeZone: 'UTC',
      email: null,
    });
  });
});
