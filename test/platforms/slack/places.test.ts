import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { placeOf } from '../../../src/platforms/slack/whereabouts.ts';
import { button, commandOf, Harness, SlackRecorder, signedForm } from './support.ts';

const recorder = new SlackRecorder();
beforeAll(() => recorder.start());
afterAll(() => recorder.stop());
let slack: Harness;
beforeEach(async () => {
  recorder.clear();
  slack = await new Harness(recorder).start();
});
afterEach(() => slack.drain());

describe('the conversation something is done in', () => {
  test.each([
    [
      { id: 'C1', name: 'sales-east' },
      { kind: 'channel', id: 'C1', name: 'sales-east' },
    ],
    [
      { id: 'C2', name: 'privategroup' },
      { kind: 'channel', id: 'C2' },
    ],
    [
      { id: 'G3', name: 'mpdm-wei--lina-1' },
      { kind: 'channel', id: 'G3' },
    ],
    [
      { id: 'D4', name: 'directmessage' },
      { kind: 'direct', id: 'D4' },
    ],
    [{ id: 'D4' }, { kind: 'direct', id: 'D4' }],
    [
      { id: 'C5', threadTs: '17.1', isShared: true },
      { kind: 'channel', id: 'C5', thread: '17.1', isShared: true },
    ],
    [
      { id: 'C5', isShared: null },
      { kind: 'channel', id: 'C5' },
    ],
  ])('%j is %j', (said, place) => {
    expect(placeOf(said)).toEqual(place);
  });

  test('is known of a command', async () => {
    await slack.send(signedForm({ ...commandOf('today'), channel_id: 'C9', channel_name: 'sales-east' }));
    expect(slack.stoodAt).toEqual([{ kind: 'channel', id: 'C9', name: 'sales-east' }]);
  });

  test('is known of a press, and not of one on the home screen', async () => {
    const actions = [button({ a: 'deals.show', i: { deal: 'D-1' } })];
    const trigger = { type: 'block_actions', trigger_id: 't1', actions };
    await slack.interactive({ ...trigger, channel: { id: 'C9', name: 'sales-east' } });
    await slack.interactive({ ...trigger, trigger_id: 't2', view: { id: 'V', type: 'home' } });
    expect(slack.stoodAt.slice(0, 2)).toEqual([{ kind: 'channel', id: 'C9', name: 'sales-east' }, undefined]);
  });

  test('is known of a mention, with the company the channel is shared with', async () => {
    const event = {
      type: 'app_mention',
      user: 'U1',
      channel: 'C9',
      text: '<@UBOT> today',
      ts: '2',
      thread_ts: '1',
    };
    await slack.event(event, { is_ext_shared_channel: true });
    await slack.drain();
    expect(slack.stoodAt[0]).toEqual({ kind: 'channel', id: 'C9', thread: '1', isShared: true });
  });

  test('goes with a form opened from it', async () => {
    slack.answer = () => ({
      kind: 'form',
      form: { press: { a: 'leads.create', i: {} }, title: 'New lead', submit: 'Save', fields: [] },
    });
    await slack.send(signedForm({ ...commandOf('new-lead'), channel_id: 'C9' }));
    await slack.drain();
    const view = recorder.of('views.open')[0]?.view as { private_metadata: string; callback_id: string };
    await slack.interactive({
      type: 'view_submission',
      view: { ...view, id: 'V1', hash: 'h1', type: 'modal', state: { values: {} } },
    });
    expect(slack.stoodAt[1]).toEqual({ kind: 'channel', id: 'C9' });
  });
});
