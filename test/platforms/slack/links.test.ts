import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Links } from '../../../src/platforms/slack/handle-links.ts';
import type { Outcome } from '../../../src/view/outcome.ts';
import { Harness, SlackRecorder } from './support.ts';

const recorder = new SlackRecorder();
let slack: Harness;
beforeAll(() => recorder.start());
afterAll(() => recorder.stop());

const links: Links = {
  read(url) {
    const [, key] = /^https:\/\/crm\.example\/tab\/deals\/(D-\d+)$/.exec(url) ?? [];
    return key === undefined ? undefined : { kind: 'deal', key };
  },
  show: ({ key }) => ({ a: 'deals.show', i: { deal: key } }),
  titleOf: () => 'Deal',
};
const named =
  (label: string) =>
  (interaction: { kind: string; query?: string }): Outcome => ({
    kind: 'options',
    options: [
      { value: 'D-99', label: 'D-99 Another' },
      {
        value: interaction.query ?? '',
        label: { t: 'seq', of: [`${interaction.query} ${label}`, 'Emma Clark'], separator: ' · ' },
      },
    ],
  });

beforeEach(async () => {
  recorder.clear();
  slack = await new Harness(recorder).start({ links });
  slack.answer = named('Acme pumps');
});

async function share(
  urls: string[],
  change: Record<string, unknown> = {},
  envelope: object = { is_ext_shared_channel: false },
) {
  const event = { type: 'link_shared', user: 'U1', channel: 'C1', message_ts: '17.5', ...change };
  const response = await slack.event({ ...event, links: urls.map((url) => ({ url })) }, { ...envelope });
  expect(response.status).toBe(200);
  await slack.drain();
}
const deal = (number: number) => `https://crm.example/tab/deals/D-${number}`;

test('a link becomes number, name, kind and a button, and nothing that tells records apart', async () => {
  await share([deal(1)]);
  expect(slack.asked).toMatchObject([
    { who: { userId: 'U1' }, interaction: { kind: 'lookup', lookups: ['deal'], query: 'D-1' } },
  ]);
  expect(recorder.calls.map(({ method }) => method)).toEqual(['chat.unfurl']);
  expect(recorder.of('chat.unfurl')).toEqual([
    {
      channel: 'C1',
      ts: '17.5',
      unfurls: {
        [deal(1)]: {
          blocks: [
            {
              type: 'section',
              text: { type: 'plain_text', text: 'D-1 Acme pumps', emoji: false },
              accessory: expect.objectContaining({
                type: 'button',
                value: JSON.stringify({ a: 'deals.show', i: { deal: 'D-1' } }),
              }),
            },
            { type: 'context', elements: [{ type: 'plain_text', text: 'Deal', emoji: false }] },
          ],
        },
      },
    },
  ]);
});

test('several links come together, each once, five at most, with buttons of their own', async () => {
  await share([deal(1), deal(2), deal(1), 'https://crm.example/else', deal(3), deal(4), deal(5), deal(6)]);
  const [call] = recorder.of('chat.unfurl');
  const unfurls = call?.unfurls as Record<string, { blocks: { accessory: { action_id: string } }[] }>;
  expect(Object.keys(unfurls)).toEqual([deal(1), deal(2), deal(3), deal(4)]);
  const ids = Object.values(unfurls).map(({ blocks }) => blocks[0]?.accessory.action_id);
  expect(new Set(ids).size).toBe(4);
});

test('what a customer is called stays dead text', async () => {
  slack.answer = named('*bold* <!channel> <https://evil.example|click> :tada:');
  await share([deal(1)]);
  const texts = JSON.stringify(recorder.of('chat.unfurl'));
  expect(texts).toContain('*bold* <!channel> <https://evil.example|click> :tada:');
  expect(texts).not.toContain('mrkdwn');
});

describe('nothing is shown', () => {
  test.each<[string, string[], object, object]>([
    ['in a channel shared with another company', [deal(1)], {}, { is_ext_shared_channel: true }],
    [
      'while the message is being written',
      [deal(1)],
      { source: 'composer' },
      { is_ext_shared_channel: false },
    ],
    [
      'for links that are no records',
      ['https://crm.example/tab/', 'nonsense'],
      {},
      { is_ext_shared_channel: false },
    ],
  ])('%s', async (_name, urls, change, envelope) => {
    await share(urls, { ...change }, envelope);
    expect(slack.asked).toEqual([]);
    expect(recorder.calls).toEqual([]);
  });

  test.each<[string, Outcome]>([
    [
      'to somebody who may not come in',
      { kind: 'card', card: { tone: 'stop', title: 'No', blocks: [] }, refused: true },
    ],
    [
      'for a record that is not there',
      { kind: 'options', options: [{ value: 'D-11', label: 'D-11 Other' }] },
    ],
  ])('%s', async (_name, outcome) => {
    slack.answer = () => outcome;
    await share([deal(1)]);
    expect(slack.asked).toHaveLength(1);
    expect(recorder.calls).toEqual([]);
  });
});

describe('where Slack does not say whose channel it is, it is asked', () => {
  test.each<[string, Record<string, unknown>, boolean]>([
    ['ours', { channel: { id: 'C1', is_ext_shared: false } }, true],
    ['a direct message', { channel: { id: 'D1', is_im: true } }, true],
    ['shared', { channel: { id: 'C1', is_ext_shared: true } }, false],
    [
      'a direct message to another company',
      { channel: { id: 'D1', is_im: true, is_ext_shared: true } },
      false,
    ],
    ['not told', { channel: { id: 'C1' } }, false],
    ['not to be seen', { error: 'channel_not_found' }, false],
  ])('%s', async (_name, answer, isShown) => {
    recorder.answers.set('conversations.info', answer);
    await share([deal(1)], {}, {});
    expect(recorder.of('conversations.info')).toHaveLength(1);
    expect(recorder.of('chat.unfurl')).toHaveLength(isShown ? 1 : 0);
  });
});

test('a link Slack does not let us unfurl is a line in the log, not a failed event', async () => {
  recorder.answers.set('chat.unfurl', { error: 'cannot_unfurl_url' });
  await share([deal(1)]);
  expect(slack.logged.map(({ fields }) => fields.reason)).toEqual(['cannot_unfurl_url']);
});
