import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Form } from '../../../src/view/form.ts';
import type { Outcome } from '../../../src/view/outcome.ts';
import { checkMessage, checkView } from '../../support/slack-blocks.ts';
import { button, cardOutcome, Harness, SlackRecorder } from './support.ts';

const recorder = new SlackRecorder();
beforeAll(() => recorder.start());
afterAll(() => recorder.stop());
let slack: Harness;
beforeEach(async () => {
  recorder.clear();
  slack = await new Harness(recorder).start();
});
afterEach(() => slack.drain());

const form: Form = {
  press: { a: 'leads.create', i: { source: 'expo' } },
  title: 'New lead',
  submit: 'Save',
  fields: [
    { name: 'company', meta: { kind: 'text', label: 'Company' }, required: true, value: 'Acme' },
    { name: 'amount', meta: { kind: 'money', label: 'Amount', placeholder: '80k' }, required: false },
    { name: 'owner', meta: { kind: 'person', label: 'Owner', lookups: ['member'] }, required: false },
  ],
};
const formOutcome: Outcome = { kind: 'form', form };

interface View {
  private_metadata: string;
  callback_id: string;
  blocks: { block_id?: string; element?: { action_id: string } }[];
}

async function openedView(): Promise<View> {
  await slack.drain();
  return recorder.of('views.open')[0]?.view as View;
}

function submission(view: View, values: Record<string, unknown>, extra: object = {}) {
  return {
    type: 'view_submission',
    view: {
      id: 'V1',
      hash: 'h1',
      type: 'modal',
      callback_id: view.callback_id,
      private_metadata: view.private_metadata,
      state: { values },
      ...extra,
    },
  };
}

const typed = {
  'f:company': { 'v:company': { type: 'plain_text_input', value: 'Acme' } },
  'f:amount': { 'v:amount': { type: 'plain_text_input', value: null } },
  'f:owner': { 'lookup:member#owner': { type: 'external_select', selected_option: { value: '@wang' } } },
};

async function press(outcome: Outcome, extra: Record<string, unknown> = {}): Promise<Response> {
  slack.answer = () => outcome;
  const answer = await slack.interactive({
    type: 'block_actions',
    response_url: recorder.responseUrl,
    channel: { id: 'C1' },
    actions: [button({ a: 'deals.move', i: { deal: 'D-142' } })],
    ...extra,
  });
  await slack.drain();
  return answer;
}

describe('a command that needs more', () => {
  test('opens the form with its trigger and answers with nothing', async () => {
    slack.answer = () => formOutcome;
    const answer = await slack.command('new-lead Acme', { trigger_id: 'trigger-x' });
    expect([answer.status, await answer.text()]).toEqual([200, '']);
    const view = await openedView();
    expect(recorder.of('views.open')[0]).toMatchObject({ trigger_id: 'trigger-x' });
    expect(recorder.calls[0]?.token).toBe('xoxb-1');
    expect(checkView(view)).toEqual([]);
  });

  test.each(['expired_trigger_id', 'exchanged_trigger_id'])(
    'says so when it is too late (%s), with a button that opens it with what was typed',
    async (error) => {
      recorder.answers.set('views.open', { error });
      slack.answer = () => formOutcome;
      const answer = await slack.command('new-lead Acme');
      const message = (await answer.json()) as { text: string; blocks: never };
      expect(message.text).toMatch(/three seconds/);
      expect(checkMessage(message)).toEqual([]);
      const json = JSON.stringify(message.blocks);
      expect(JSON.parse(/"value":("(?:[^"\\]|\\.)*")/.exec(json)?.[1] ?? '""')).toBe(
        JSON.stringify({ a: 'leads.create', i: { source: 'expo', company: 'Acme' }, form: true }),
      );
      expect(slack.logged.map(({ fields }) => fields.reason)).toContain(error);
    },
  );
});

describe('a submitted form', () => {
  async function submit(outcome: Outcome, values: Record<string, unknown> = typed) {
    slack.answer = () => formOutcome;
    await slack.command('new-lead Acme');
    const view = await openedView();
    slack.answer = () => outcome;
    const answer = await slack.interactive(submission(view, values));
    await slack.drain();
    return answer;
  }

  test('reaches the engine with its press and what was typed', async () => {
    await submit(cardOutcome('Done'));
    expect(slack.asked[1]?.interaction).toEqual({
      kind: 'submit',
      press: form.press,
      values: { company: 'Acme', owner: '@wang' },
    });
  });

  test('closes and shows the result where the command was typed', async () => {
    const answer = await submit(cardOutcome('L-311 Acme'));
    expect(await answer.json()).toEqual({ response_action: 'clear' });
    expect(recorder.responded).toEqual([
      expect.objectContaining({ response_type: 'ephemeral', replace_original: false, text: '✅ L-311 Acme' }),
    ]);
  });

  test('shows the result in the channel when the response URL is used up, else in a direct message', async () => {
    recorder.respondStatus = 404;
    await submit(cardOutcome('L-311 Acme'));
    expect(recorder.of('chat.postEphemeral')).toEqual([
      expect.objectContaining({ channel: 'C1', user: 'U1', text: '✅ L-311 Acme', parse: 'none' }),
    ]);
    recorder.calls.length = 0;
    slack = await new Harness(recorder).start();
    recorder.answers.set('chat.postEphemeral', { error: 'not_in_channel' });
    await submit(cardOutcome('L-312 Bolt'));
    expect(recorder.of('conversations.open')).toEqual([{ users: 'U1' }]);
    expect(recorder.of('chat.postMessage')).toEqual([
      expect.objectContaining({ channel: 'D1', text: '✅ L-312 Bolt' }),
    ]);
  });

  test('stays open with each problem under its field, and the rest under the first', async () => {
    const answer = await submit({
      kind: 'form-errors',
      form,
      message: 'Please check.',
      fields: [
        { field: 'amount', message: '`8O k` is not an amount.' },
        { field: 'hidden', message: 'Something else.' },
      ],
    });
    expect(await answer.json()).toEqual({
      response_action: 'errors',
      errors: { 'f:company': 'Please check. Something else.', 'f:amount': '`8O k` is not an amount.' },
    });
  });

  test('can be submitted again after it had problems, and only once after it was saved', async () => {
    await submit({ kind: 'form-errors', form, fields: [{ field: 'amount', message: 'no' }] });
    const view = recorder.of('views.open')[0]?.view as View;
    slack.answer = () => cardOutcome('Saved');
    const second = await slack.interactive(submission(view, typed));
    expect(await second.json()).toEqual({ response_action: 'clear' });
    await slack.drain();
    const third = await slack.interactive(submission(view, typed));
    expect(await third.json()).toEqual({ response_action: 'clear' });
    expect(slack.asked.filter(({ interaction }) => interaction.kind === 'submit')).toHaveLength(2);
  });

  test('stays under the refusal of a rule, so that nothing typed is lost', async () => {
    const answer = await submit({ kind: 'card', card: { tone: 'stop', title: 'Not allowed', blocks: [] } });
    const body = (await answer.json()) as { response_action: string; view: unknown };
    expect(body.response_action).toBe('push');
    expect(checkView(body.view)).toEqual([]);
    expect(recorder.responded).toEqual([]);
  });

  test('another form may follow', async () => {
    const answer = await submit(formOutcome);
    const body = (await answer.json()) as { response_action: string; view: unknown };
    expect(body.response_action).toBe('update');
    expect(checkView(body.view)).toEqual([]);
  });

  test('of somebody else is not run', async () => {
    const answer = await slack.interactive(
      submission({ callback_id: 'other', private_metadata: '{}', blocks: [] }, typed),
    );
    expect(await answer.json()).toMatchObject({ response_action: 'errors' });
    const forged = await slack.interactive(
      submission({ callback_id: 'form', private_metadata: '{"p":{"a":1}}', blocks: [] }, {}),
    );
    expect(await forged.json()).toMatchObject({ response_action: 'update' });
    expect(slack.asked).toEqual([]);
  });

  test('an address that is not of Slack is never called for its result', async () => {
    slack.answer = () => cardOutcome('Saved');
    const metadata = JSON.stringify({ p: form.press, r: 'https://evil.example/hook', c: 'C1' });
    const answer = await slack.interactive(
      submission({ callback_id: 'form', private_metadata: metadata, blocks: [] }, typed),
    );
    expect(await answer.json()).toEqual({ response_action: 'clear' });
    await slack.drain();
    expect(recorder.of('chat.postEphemeral')).toHaveLength(1);
  });

  test('closing a form needs no answer', async () => {
    const answer = await slack.interactive({
      type: 'view_closed',
      view: { id: 'V1', type: 'modal', callback_id: 'form' },
    });
    expect([answer.status, await answer.text()]).toEqual([200, '']);
  });
});

describe('a pressed button', () => {
  test('reaches the engine as its press; the card comes below by the response URL', async () => {
    const answer = await press(cardOutcome('Moved'));
    expect([answer.status, await answer.text()]).toEqual([200, '']);
    expect(slack.asked[0]?.interaction).toEqual({
      kind: 'press',
      press: { a: 'deals.move', i: { deal: 'D-142' } },
    });
    expect(recorder.responded).toEqual([
      expect.objectContaining({ replace_original: false, response_type: 'ephemeral', text: '✅ Moved' }),
    ]);
  });

  test('replaces its message when the engine says so', async () => {
    await press({ kind: 'card', card: { tone: 'ok', title: 'Approved', blocks: [] }, update: true });
    expect(recorder.responded).toEqual([
      expect.objectContaining({ replace_original: true, text: '✅ Approved' }),
    ]);
    expect(recorder.responded[0]).not.toHaveProperty('response_type');
  });

  test('a stored press travels by its id', async () => {
    await slack.interactive({
      type: 'block_actions',
      response_url: recorder.responseUrl,
      actions: [button({ p: 'pending-1' })],
    });
    expect(slack.asked[0]?.interaction).toEqual({ kind: 'press', press: { p: 'pending-1' } });
  });

  test('opens a form; too late, it offers a button instead', async () => {
    await press(formOutcome);
    expect(recorder.of('views.open')).toHaveLength(1);
    recorder.answers.set('views.open', { error: 'expired_trigger_id' });
    await press(formOutcome);
    expect(recorder.responded).toEqual([
      expect.objectContaining({ text: expect.stringMatching(/three seconds/) }),
    ]);
  });

  test('in a dialog puts the result on top, or in its place', async () => {
    const view = { id: 'V7', type: 'modal', callback_id: '' };
    await press(cardOutcome('One'), { view, response_url: undefined, channel: undefined });
    expect(checkView(recorder.of('views.push')[0]?.view)).toEqual([]);
    await press(
      { kind: 'card', card: { tone: 'ok', title: 'Two', blocks: [] }, update: true },
      { view, response_url: undefined, channel: undefined },
    );
    expect(recorder.of('views.update')).toEqual([expect.objectContaining({ view_id: 'V7' })]);
  });

  test('on the home screen opens the result and shows the home screen anew', async () => {
    await press(cardOutcome('Done'), {
      view: { id: 'VH', type: 'home' },
      response_url: undefined,
      channel: undefined,
    });
    expect(recorder.of('views.open')).toHaveLength(1);
    expect(recorder.of('views.publish')).toEqual([expect.objectContaining({ user_id: 'U1' })]);
  });

  test('a link needs nothing from us', async () => {
    const answer = await slack.interactive({
      type: 'block_actions',
      response_url: recorder.responseUrl,
      actions: [{ action_id: 'link:0' }],
    });
    await slack.drain();
    expect([answer.status, slack.asked, recorder.responded]).toEqual([200, [], []]);
  });
});

describe('type-ahead', () => {
  test('asks the lookups of its field and answers with at most a hundred options', async () => {
    slack.answer = () => ({
      kind: 'options',
      options: Array.from({ length: 150 }, (_, n) => ({ value: `D-${n}`, label: `Deal ${'x'.repeat(100)}` })),
    });
    const answer = await slack.interactive({
      type: 'block_suggestion',
      action_id: 'lookup:deal,account#deal',
      block_id: 'f:deal',
      value: 'acm',
    });
    expect(slack.asked[0]?.interaction).toEqual({
      kind: 'lookup',
      lookups: ['deal', 'account'],
      query: 'acm',
    });
    const { options } = (await answer.json()) as { options: { text: { text: string }; value: string }[] };
    expect(options).toHaveLength(100);
    expect(options[0]?.text.text).toHaveLength(75);
  });

  test('anything but options is an empty list', async () => {
    const answer = await slack.interactive({ type: 'block_suggestion', action_id: 'lookup:deal', value: '' });
    expect(await answer.json()).toEqual({ options: [] });
    const foreign = await slack.interactive({ type: 'block_suggestion', action_id: 'other', value: '' });
    expect(await foreign.json()).toEqual({ options: [] });
  });
});

describe('shortcuts', () => {
  test('*Log to CRM* opens the form with what the message says', async () => {
    slack.answer = () => formOutcome;
    await slack.interactive({
      type: 'message_action',
      callback_id: 'log_message',
      response_url: recorder.responseUrl,
      channel: { id: 'C1' },
      message: { text: 'Call <mailto:jane@acme.example|jane@acme.example> &amp; Bob', ts: '17.1' },
    });
    await slack.drain();
    expect(slack.asked[0]?.interaction).toEqual({
      kind: 'press',
      press: { a: 'activities.log', i: { note: 'Call jane@acme.example & Bob' }, form: true },
    });
    expect(recorder.of('views.open')).toHaveLength(1);
  });

  test('the global one shows its card in a dialog', async () => {
    await slack.interactive({ type: 'shortcut', callback_id: 'open_crm' });
    await slack.drain();
    expect(checkView(recorder.of('views.open')[0]?.view)).toEqual([]);
  });
});

describe('events', () => {
  test('opening the home tab publishes it for that person', async () => {
    await slack.event({ type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'home' });
    await slack.drain();
    expect(slack.asked).toEqual([
      { who: { platform: 'slack', installation: 'T1', userId: 'U1' }, interaction: { kind: 'home' } },
    ]);
    const [published] = recorder.of('views.publish');
    expect(published).toMatchObject({ user_id: 'U1', view: { type: 'home' } });
    expect(checkView(published?.view)).toEqual([]);
  });

  test('the messages tab publishes nothing', async () => {
    await slack.event({ type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'messages' });
    expect(slack.asked).toEqual([]);
  });

  test('a mention in a thread is a line about the message it started with, answered there for its author alone', async () => {
    recorder.answers.set('conversations.replies', { messages: [{ text: 'Zhou likes the pilot' }] });
    await slack.event({
      type: 'app_mention',
      user: 'U1',
      channel: 'C1',
      text: '<@UBOT> log call D-142 &gt; 20m <@U2|wang>',
      ts: '18.1',
      thread_ts: '17.1',
    });
    await slack.drain();
    expect(slack.asked[0]?.interaction).toEqual({
      kind: 'command',
      line: 'log call D-142 > 20m <@U2|wang>',
      thread: { text: 'Zhou likes the pilot' },
    });
    expect(recorder.of('chat.postEphemeral')).toEqual([
      expect.objectContaining({ channel: 'C1', user: 'U1', thread_ts: '17.1', text: '✅ Done D-142' }),
    ]);
    expect(recorder.of('chat.postMessage')).toEqual([]);
  });

  test('a mention that needs a form gets a button for it', async () => {
    slack.answer = () => formOutcome;
    await slack.event({
      type: 'app_mention',
      user: 'U1',
      channel: 'C1',
      text: '<@UBOT> new-lead Acme',
      ts: '18.1',
    });
    await slack.drain();
    const [posted] = recorder.of('chat.postEphemeral');
    expect(JSON.stringify(posted?.blocks)).toContain('press:0');
    expect(recorder.of('views.open')).toEqual([]);
  });

  test('a line written to the app is answered there', async () => {
    await slack.event({
      type: 'message',
      channel_type: 'im',
      user: 'U1',
      channel: 'D1',
      text: 'today',
      ts: '1',
    });
    await slack.drain();
    expect(slack.asked[0]?.interaction).toEqual({ kind: 'command', line: 'today' });
    expect(recorder.of('chat.postMessage')).toEqual([
      expect.objectContaining({ channel: 'D1', parse: 'none' }),
    ]);
  });

  test.each([
    ['a bot', { bot_id: 'B1' }],
    ['an edit', { subtype: 'message_changed' }],
  ])('words of %s are nobody’s command', async (_, extra) => {
    await slack.event({
      type: 'message',
      channel_type: 'im',
      user: 'U1',
      channel: 'D1',
      text: 'today',
      ts: '1',
      ...extra,
    });
    await slack.event({
      type: 'app_mention',
      user: 'U1',
      channel: 'C1',
      text: '<@UBOT> today',
      ts: '1',
      ...extra,
    });
    expect(slack.asked).toEqual([]);
  });

  test('an uninstalled app is disconnected; a revoked user token changes nothing', async () => {
    await slack.event({ type: 'tokens_revoked', tokens: { oauth: ['U1'], bot: [] } });
    expect(slack.installations.disconnected).toEqual([]);
    await slack.event({ type: 'tokens_revoked', tokens: { oauth: [], bot: ['UBOT'] } });
    expect(slack.installations.disconnected).toEqual(['T1']);
    expect((await slack.event({ type: 'app_uninstalled' })).status).toBe(200);
  });

  test('a disconnect that fails is asked for again', async () => {
    slack.installations.disconnect = () => Promise.reject(new Error('away'));
    expect((await slack.event({ type: 'app_uninstalled' }, { event_id: 'Ev-gone' })).status).toBe(503);
    await slack.drain();
    slack.installations.disconnect = async () => {};
    expect((await slack.event({ type: 'app_uninstalled' }, { event_id: 'Ev-gone' })).status).toBe(200);
  });
});
