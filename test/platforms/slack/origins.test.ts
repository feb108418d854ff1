import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  button,
  commandOf,
  eventOf,
  Harness,
  SlackRecorder,
  signedForm,
  signedJson,
  unique,
} from './support.ts';

/** Every kind of request from every kind of origin: whose installation it runs under, if it runs at all. */

const recorder = new SlackRecorder();
beforeAll(() => recorder.start());
afterAll(() => recorder.stop());
let slack: Harness;
beforeEach(async () => {
  recorder.clear();
  slack = await new Harness(recorder).start();
  slack.installations.tokens.set('T2', 'xoxb-2');
});
afterEach(() => slack.drain());

interface Origin {
  /** The workspace whose installation the request names. */
  installedIn: string;
  /** The workspace of the person. */
  personOf: string;
}

const interactions: Record<string, Record<string, unknown>> = {
  block_actions: { actions: [button({ a: 'deals.show', i: {} })] },
  view_submission: {
    view: {
      id: 'V1',
      type: 'modal',
      callback_id: 'form',
      private_metadata: '{"p":{"a":"leads.create","i":{}}}',
      state: { values: { 'f:company': { v: { type: 'plain_text_input', value: 'Acme' } } } },
    },
  },
  block_suggestion: { action_id: 'lookup:deal#deal', block_id: 'f:deal', value: 'a' },
  shortcut: { callback_id: 'open_crm' },
  message_action: { callback_id: 'log_message', channel: { id: 'C1' }, message: { text: 'x', ts: '1' } },
};
const events: Record<string, Record<string, unknown>> = {
  app_home_opened: { channel: 'D1', tab: 'home' },
  app_mention: { channel: 'C1', text: '<@UBOT> today', ts: '1' },
  message: { channel: 'D1', channel_type: 'im', text: 'today', ts: '1' },
};

type Request = (from: Origin) => { body: string; headers: Record<string, string> };
const kinds: [string, Request][] = [
  ...Object.entries(interactions).map(([type, extra]): [string, Request] => [
    type,
    ({ installedIn, personOf }) =>
      signedForm({
        payload: JSON.stringify({
          type,
          team: { id: installedIn },
          user: { id: 'U1', team_id: personOf },
          trigger_id: unique('t'),
          ...extra,
          ...(extra.view ? { view: { ...extra.view, hash: unique('h') } } : {}),
        }),
      }),
  ]),
  ...Object.entries(events).map(([type, extra]): [string, Request] => [
    type,
    ({ installedIn, personOf }) =>
      signedJson(
        eventOf(
          { type, user: 'U1', user_team: personOf, ...extra },
          { team_id: personOf, authorizations: [{ team_id: installedIn, user_id: 'UBOT' }] },
        ),
      ),
  ]),
];

/** Of these a second one does no harm. */
const repeatable = ['block_suggestion', 'app_home_opened'];

describe.each(kinds)('%s', (kind, request) => {
  test('of a person of the workspace runs there', async () => {
    expect((await slack.send(request({ installedIn: 'T1', personOf: 'T1' }))).status).toBe(200);
    expect(slack.asked.map(({ who }) => who)).toEqual([
      { platform: 'slack', installation: 'T1', userId: 'U1' },
    ]);
  });

  test('of another connected workspace runs there and nowhere else', async () => {
    await slack.send(request({ installedIn: 'T2', personOf: 'T2' }));
    expect(slack.asked.map(({ who }) => who.installation)).toEqual(['T2']);
  });

  test('of somebody from another company in a shared channel does not run', async () => {
    expect((await slack.send(request({ installedIn: 'T1', personOf: 'T2' }))).status).toBe(200);
    expect((await slack.send(request({ installedIn: 'T1', personOf: 'T9' }))).status).toBe(200);
    expect(slack.asked).toEqual([]);
  });

  test('of a workspace that is not connected does not run', async () => {
    expect((await slack.send(request({ installedIn: 'T9', personOf: 'T9' }))).status).toBe(200);
    expect(slack.asked).toEqual([]);
  });

  test.skipIf(repeatable.includes(kind))('that comes again, byte for byte, is done once', async () => {
    const from = { installedIn: 'T1', personOf: 'T1' };
    const first = request(from);
    for (let copy = 0; copy < 3; copy += 1) expect((await slack.send(first)).status).toBe(200);
    expect(slack.asked).toHaveLength(1);
    await slack.send(request(from));
    expect(slack.asked).toHaveLength(2);
  });
});

test('a command belongs to the workspace it was typed in', async () => {
  await slack.send(signedForm({ ...commandOf('today'), team_id: 'T2' }));
  await slack.send(signedForm({ ...commandOf('today'), team_id: 'T9' }));
  expect(slack.asked.map(({ who }) => who.installation)).toEqual(['T2']);
});

test('a dialog opened in a shared channel belongs to the workspace that has the app', async () => {
  const { view } = interactions.view_submission as { view: object };
  await slack.interactive({
    type: 'view_submission',
    team: { id: 'T9' },
    view: { ...view, app_installed_team_id: 'T1' },
  });
  expect(slack.asked.map(({ who }) => who.installation)).toEqual(['T1']);
});
