import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { eventOf, Harness, SlackRecorder, sign, signedJson, teamId } from './support.ts';

const recorder = new SlackRecorder();
beforeAll(() => recorder.start());
afterAll(() => recorder.stop());
let slack: Harness;
beforeEach(async () => {
  recorder.clear();
  slack = await new Harness(recorder).start();
});
afterEach(() => slack.drain());

const opened = { type: 'channel_shared', channel: 'C9', connected_team_id: 'T2' };
const closed = { type: 'channel_unshared', channel: 'C9', previously_connected_team_id: 'T2' };
const found = (isShared: boolean) => ({ channel: { id: 'C9', is_ext_shared: isShared } });

describe('a channel', () => {
  test('opened to another company is one that others read, without asking Slack', async () => {
    expect((await slack.event(opened)).status).toBe(200);
    expect(slack.shared).toEqual([{ installation: teamId, channel: 'C9', isShared: true }]);
    expect(recorder.calls).toEqual([]);
  });

  test('closed to one company is ours again when Slack, asked, says that it is shared with none', async () => {
    recorder.answers.set('conversations.info', found(false));
    await slack.event({ ...closed, is_ext_shared: false });
    expect(slack.shared).toEqual([{ installation: teamId, channel: 'C9', isShared: false }]);
  });

  test.each([
    ['shared with others still', found(true)],
    ['not to be looked at', { error: 'channel_not_found' }],
    ['not told of', { channel: { id: 'C9' } }],
  ])('closed to one company and %s stays one that others read', async (_why, answer) => {
    recorder.answers.set('conversations.info', answer);
    await slack.event({ ...closed, is_ext_shared: false });
    expect(slack.shared).toEqual([{ installation: teamId, channel: 'C9', isShared: true }]);
  });
});

test('what could not be kept is asked for again', async () => {
  const away = await new Harness(recorder).start({ shared: () => Promise.reject(new Error('away')) });
  expect((await away.event(opened)).status).toBe(503);
  await away.drain();
});

test('nobody else can say so', async () => {
  const { body, headers } = signedJson(eventOf(closed));
  const forged = { ...headers, ...sign(body, undefined, 'another secret') };
  expect((await slack.send({ body, headers: forged })).status).toBe(401);
  expect(slack.shared).toEqual([]);
});
