import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { engineMessages } from '../../../src/runtime/messages.ts';
import {
  button,
  cardOutcome,
  commandOf,
  eventOf,
  Harness,
  SlackRecorder,
  secret,
  sign,
  signedForm,
  signedJson,
} from './support.ts';

const recorder = new SlackRecorder();
beforeAll(() => recorder.start());
afterAll(() => recorder.stop());
let slack: Harness;
beforeEach(async () => {
  recorder.clear();
  slack = await new Harness(recorder).start();
});
afterEach(() => slack.drain());
const now = () => Math.floor(Date.now() / 1000);

describe('what is let in', () => {
  test('a signed command reaches the engine and is answered in the response', async () => {
    const answer = await slack.command('show D-142');
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      response_type: 'ephemeral',
      text: '✅ Done D-142',
      blocks: [{ type: 'header' }],
    });
    expect(slack.asked).toEqual([
      {
        who: { platform: 'slack', installation: 'T1', userId: 'U1' },
        interaction: { kind: 'command', line: 'show D-142' },
      },
    ]);
  });

  test('a content type with a charset is read like one without', async () => {
    const request = signedForm(commandOf('today'), 'application/x-www-form-urlencoded; charset=utf-8');
    expect((await slack.send(request)).status).toBe(200);
    expect(slack.asked).toHaveLength(1);
  });

  test.each([
    [
      'no signature',
      (body: string) => ({ 'x-slack-request-timestamp': sign(body)['x-slack-request-timestamp'] }),
    ],
    ['no timestamp', (body: string) => ({ 'x-slack-signature': sign(body)['x-slack-signature'] })],
    ['another secret', (body: string) => sign(body, now(), 'guess')],
    ['another body', (body: string) => sign(`${body}&x=1`)],
    ['a stale timestamp', (body: string) => sign(body, now() - 301)],
    ['a timestamp in the future', (body: string) => sign(body, now() + 301)],
  ])('%s: 401, and nothing runs', async (_, headers) => {
    const body = new URLSearchParams(commandOf('today')).toString();
    const answer = await slack.send({
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers(body) } as Record<
        string,
        string
      >,
    });
    expect(answer.status).toBe(401);
    expect(slack.asked).toEqual([]);
  });

  test('a body past 1 MiB: 413, whatever its signature', async () => {
    const request = signedForm({ ...commandOf('today'), text: 'x'.repeat(1024 * 1024) });
    expect((await slack.send(request)).status).toBe(413);
    expect(slack.asked).toEqual([]);
  });

  test.each([
    ['broken JSON in payload', signedForm({ payload: '{' })],
    ['a payload that is no object', signedForm({ payload: '[]' })],
    [
      'broken JSON',
      { ...signedJson({}), body: '{', headers: { 'content-type': 'application/json', ...sign('{') } },
    ],
    ['an unknown content type', signedForm(commandOf('today'), 'text/plain')],
    ['no body', { body: '', headers: { 'content-type': 'application/x-www-form-urlencoded', ...sign('') } }],
    ['a command without a user', signedForm({ ...commandOf('today'), user_id: '' })],
    [
      'a press without actions',
      signedForm({ payload: JSON.stringify({ type: 'block_actions', user: { id: 'U1' } }) }),
    ],
  ])('%s: 400', async (_, request) => {
    expect((await slack.send(request)).status).toBe(400);
    expect(slack.asked).toEqual([]);
  });

  test('the certificate check is answered unsigned and does nothing', async () => {
    const answer = await slack.send({
      body: 'ssl_check=1&token=x',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(answer.status).toBe(200);
    const sneaky = new URLSearchParams({ ...commandOf('today'), ssl_check: '1' }).toString();
    expect((await slack.send({ body: sneaky, headers: {} })).status).toBe(200);
    expect(slack.asked).toEqual([]);
  });

  test('the URL is verified with the challenge, only when signed', async () => {
    const body = { type: 'url_verification', challenge: 'c4' };
    expect(await (await slack.send(signedJson(body))).json()).toEqual({ challenge: 'c4' });
    const unsigned = { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    expect((await slack.send(unsigned)).status).toBe(401);
  });

  test('an empty signing secret stops the start', async () => {
    await expect(new Harness(recorder).start({ signingSecret: '' })).rejects.toThrow('signing secret');
    expect(secret).not.toBe('');
  });
});

describe('what cannot be routed gets 200 and words', () => {
  test('another command', async () => {
    const answer = await slack.command('hi', { command: '/other' });
    expect(answer.status).toBe(200);
    const { text } = (await answer.json()) as { text: string };
    expect(text).toContain('/other');
    expect(text).toContain('/crm help');
    expect(slack.asked).toEqual([]);
  });

  test('a button that is not ours', async () => {
    const answer = await slack.interactive({
      type: 'block_actions',
      response_url: recorder.responseUrl,
      actions: [{ action_id: 'somebody_elses', value: 'x' }],
    });
    expect(answer.status).toBe(200);
    await slack.drain();
    expect(recorder.responded[0]).toMatchObject({ response_type: 'ephemeral', replace_original: false });
    expect(slack.asked).toEqual([]);
  });

  test.each([
    ['a value that is no press', 'press:0', '{"a":1}'],
    ['a value that is no JSON', 'press:0', 'x'],
  ])('%s', async (_, action_id, value) => {
    await slack.interactive({
      type: 'block_actions',
      response_url: recorder.responseUrl,
      actions: [{ action_id, value }],
    });
    await slack.drain();
    expect(recorder.responded).toHaveLength(1);
    expect(slack.asked).toEqual([]);
  });

  test.each([
    ['an unknown interaction', signedForm({ payload: JSON.stringify({ type: 'interactive_message' }) })],
    ['an unknown envelope', signedJson({ type: 'something_new' })],
    ['a form of neither kind', signedForm({ hello: 'x' })],
  ])('%s', async (_, request) => {
    const answer = await slack.send(request);
    expect(answer.status).toBe(200);
    expect(((await answer.json()) as { text: string }).text).toContain('/crm help');
  });

  test('another shortcut', async () => {
    const answer = await slack.interactive({ type: 'shortcut', callback_id: 'old_one' });
    expect(answer.status).toBe(200);
    expect(((await answer.json()) as { text: string }).text).toContain('/crm help');
    expect(slack.asked).toEqual([]);
  });

  test('an event nobody subscribed to', async () => {
    expect((await slack.event({ type: 'reaction_added', user: 'U1' })).status).toBe(200);
    expect(slack.asked).toEqual([]);
  });
});

describe('a workspace that is not connected', () => {
  beforeEach(() => slack.installations.tokens.clear());

  test('a command is told to ask an admin, in both languages', async () => {
    const answer = await slack.command('today');
    expect(answer.status).toBe(200);
    const { text } = (await answer.json()) as { text: string };
    expect(text).toMatch(/install the app again/);
    expect(text).toMatch(/重新安装/);
    expect(slack.asked).toEqual([]);
  });

  test('a press is told through its response URL', async () => {
    await slack.interactive({
      type: 'block_actions',
      response_url: recorder.responseUrl,
      actions: [button({ a: 'deals.show', i: {} })],
    });
    await slack.drain();
    expect(JSON.stringify(recorder.responded)).toMatch(/install the app again/);
  });

  test('a submitted form stays open and says so', async () => {
    const answer = await slack.interactive({
      type: 'view_submission',
      view: { id: 'V1', type: 'modal', callback_id: 'form', state: { values: { 'f:company': {} } } },
    });
    expect(await answer.json()).toMatchObject({
      response_action: 'errors',
      errors: { 'f:company': expect.stringContaining('install the app again') },
    });
  });

  test('events are taken and dropped', async () => {
    expect((await slack.event({ type: 'app_home_opened', user: 'U1', tab: 'home' })).status).toBe(200);
    expect(recorder.calls).toEqual([]);
  });
});

describe('when the database is away', () => {
  beforeEach(() => {
    slack.installations.isAway = true;
  });

  test('commands and clicks are told that nothing was saved', async () => {
    const answer = await slack.command('new-lead Acme');
    expect(answer.status).toBe(200);
    expect(((await answer.json()) as { text: string }).text).toMatch(/Not saved/);
    await slack.interactive({
      type: 'block_actions',
      response_url: recorder.responseUrl,
      actions: [button({ a: 'deals.show', i: {} })],
    });
    await slack.drain();
    expect(JSON.stringify(recorder.responded)).toMatch(/Not saved/);
    expect(slack.asked).toEqual([]);
  });

  test('events get 503, so that Slack sends them again', async () => {
    expect(
      (await slack.event({ type: 'app_mention', user: 'U1', channel: 'C1', text: 'x', ts: '1' })).status,
    ).toBe(503);
  });
});

describe('the same bytes again', () => {
  test('a hundred times at once: one effect, and every copy is answered', async () => {
    const request = signedForm(commandOf('new-lead Acme'));
    const answers = await Promise.all(Array.from({ length: 100 }, () => slack.send(request)));
    expect(slack.asked).toHaveLength(1);
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    const texts = await Promise.all(answers.map((answer) => answer.json() as Promise<{ text: string }>));
    expect(texts.filter(({ text }) => text.includes('Already received'))).toHaveLength(99);
  });

  test('control: other trigger ids are other commands', async () => {
    await Promise.all([slack.command('new-lead Acme'), slack.command('new-lead Acme')]);
    expect(slack.asked).toHaveLength(2);
  });

  test('a press is done once', async () => {
    const press = signedForm({
      payload: JSON.stringify({
        type: 'block_actions',
        team: { id: 'T1' },
        user: { id: 'U1' },
        trigger_id: 't-press',
        response_url: recorder.responseUrl,
        actions: [button({ a: 'deals.show', i: {} })],
      }),
    });
    for (let copy = 0; copy < 3; copy += 1) expect((await slack.send(press)).status).toBe(200);
    expect(slack.asked).toHaveLength(1);
  });

  test('a line said in an event is done once, and its copies show nothing', async () => {
    const said = { type: 'app_mention', user: 'U1', channel: 'C1', text: '<@UBOT> new-lead Acme', ts: '1' };
    const request = signedJson(eventOf(said));
    for (let copy = 0; copy < 3; copy += 1) {
      expect((await slack.send(request)).status).toBe(200);
      await slack.drain();
    }
    expect(slack.asked).toHaveLength(1);
    expect(recorder.of('chat.postEphemeral')).toHaveLength(1);
  });
});

describe('an event whose work finds the database away', () => {
  const said = { type: 'app_mention', user: 'U1', channel: 'C1', text: '<@UBOT> new-lead Acme', ts: '1' };
  const home = { type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'home' };
  beforeEach(() => {
    const title = engineMessages('unavailable');
    slack.answer = () => ({ kind: 'card', card: { tone: 'warn', title, blocks: [] } });
  });

  test.each([said, home])('is asked for again and shows nothing yet: $type', async (event) => {
    expect((await slack.event(event)).status).toBe(503);
    await slack.drain();
    expect(recorder.calls).toEqual([]);
  });

  test('tells the person when Slack will not try again', async () => {
    const request = signedJson(eventOf(said));
    const last = { ...request, headers: { ...request.headers, 'x-slack-retry-num': '3' } };
    expect((await slack.send(last)).status).toBe(200);
    await slack.drain();
    expect(recorder.of('chat.postEphemeral')).toEqual([
      expect.objectContaining({ text: expect.stringMatching(/Not saved/) }),
    ]);
  });
});

describe('who it is from', () => {
  test('a person of another workspace is refused before the engine is asked', async () => {
    await slack.interactive({
      type: 'block_actions',
      user: { id: 'U9', team_id: 'T9' },
      response_url: recorder.responseUrl,
      actions: [button({ a: 'deals.show', i: {} })],
    });
    await slack.drain();
    expect(JSON.stringify(recorder.responded)).toMatch(/only for members/);
    await slack.event({
      type: 'app_mention',
      user: 'U9',
      user_team: 'T9',
      channel: 'C1',
      text: 'x',
      ts: '1',
    });
    expect(slack.asked).toEqual([]);
  });

  test("an event in a connected channel belongs to the workspace in its authorizations, not to the sender's", async () => {
    await slack.event(
      { type: 'app_mention', user: 'U1', channel: 'C1', text: '<@UBOT> today', ts: '1' },
      { team_id: 'T9', context_team_id: 'T9' },
    );
    expect(slack.asked[0]?.who.installation).toBe('T1');
  });

  test('an org-wide installation is found under its enterprise', async () => {
    slack.installations.tokens.set('E1', 'xoxb-e');
    await slack.command('today', { enterprise_id: 'E1', is_enterprise_install: 'true' });
    expect(slack.asked[0]?.who.installation).toBe('E1');
  });
});

describe('time', () => {
  test('work that takes too long is answered in time, and its result follows', async () => {
    const slow = await new Harness(recorder).start({ answerWithinMs: 30 });
    let finish = () => {};
    const waiting = new Promise<void>((resolve) => {
      finish = resolve;
    });
    slow.answer = async () => {
      await waiting;
      return cardOutcome('Done at last');
    };
    const answer = await slow.command('today');
    expect(((await answer.json()) as { text: string }).text).toMatch(/longer than usual/);
    expect(recorder.responded).toEqual([]);
    finish();
    await slow.drain();
    expect(recorder.responded).toEqual([expect.objectContaining({ text: '✅ Done at last' })]);
  });

  test('the time it took to find the workspace is not given a second time', async () => {
    const slow = await new Harness(recorder).start({ answerWithinMs: 50 });
    const find = slow.installations.find.bind(slow.installations);
    slow.installations.find = async (...asked) => {
      await sleep(60);
      return find(...asked);
    };
    // Sooner than the whole time would be over.
    slow.answer = async () => {
      await sleep(20);
      return cardOutcome('Done at last');
    };
    const answer = await slow.command('today');
    expect(((await answer.json()) as { text: string }).text).toMatch(/longer than usual/);
    await slow.drain();
  });

  test('a handler that fails is answered with a request id and logged without the words of the request', async () => {
    slack.answer = () => {
      throw new Error('boom');
    };
    const answer = await slack.command('new-lead "Secret Customer"');
    expect(answer.status).toBe(200);
    expect(((await answer.json()) as { text: string }).text).toMatch(/Request [0-9a-f]{12}/);
    await slack.drain();
    expect(slack.logged.some(({ level }) => level === 'error')).toBe(true);
    expect(JSON.stringify(slack.logged)).not.toContain('Secret Customer');
  });
});
