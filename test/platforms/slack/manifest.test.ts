import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { slackManifest } from '../../../src/platforms/slack/manifest.ts';
import { Harness, SlackRecorder } from './support.ts';

const texts = {
  publicUrl: 'https://crm.example',
  name: 'CRM',
  description: 'The CRM that lives in your chat',
  commandDescription: 'Leads, deals and follow-ups',
  usageHint: 'help',
  messageShortcut: { name: 'Log to CRM', description: 'Log this message' },
  globalShortcut: { name: 'My day', description: 'What is due' },
};

interface Manifest {
  features: {
    slash_commands: { command: string; should_escape: boolean; url: string }[];
    shortcuts: { type: string; callback_id: string }[];
  };
  oauth_config: { scopes: { bot: string[]; user?: string[] }; redirect_urls: string[] };
  settings: {
    event_subscriptions: { bot_events: string[] };
    interactivity: Record<string, unknown>;
    token_rotation_enabled: boolean;
  };
}
const manifest = slackManifest(texts) as unknown as Manifest;

/** Each with what it is for; a scope that is not here needs a reason first. */
const allowedScopes: Record<string, string> = {
  commands: '/crm and shortcuts',
  'chat:write': 'posts',
  'app_mentions:read': '@crm in threads',
  'channels:read': 'names of channels digests go to',
  'groups:read': 'the same for private channels',
  'channels:history': 'own posts after a lost answer; the message a thread is about',
  'groups:history': 'the same for private channels',
  'im:history': 'lines written to the app',
  'im:write': 'direct messages',
  'links:read': 'links to records, to unfurl them; no others',
  'links:write': 'what they are unfurled as',
  'users:read': 'names, languages, zones, guests',
  'users:read.email': 'a hint when an admin links people',
  'files:write': 'exports',
  'team:read': 'name of the workspace',
};

test('asks for no scope but the allowed ones, and for none of a user', () => {
  expect([...manifest.oauth_config.scopes.bot].sort()).toEqual(Object.keys(allowedScopes).sort());
  expect(manifest.oauth_config.scopes.user).toBeUndefined();
});

test('everything comes to one address, escaped, without token rotation', () => {
  const url = 'https://crm.example/slack/events';
  expect(manifest.features.slash_commands).toEqual([
    expect.objectContaining({ command: '/crm', url, should_escape: true }),
  ]);
  expect(manifest.settings.interactivity).toEqual({
    is_enabled: true,
    request_url: url,
    message_menu_options_url: url,
  });
  expect(manifest.oauth_config.redirect_urls).toEqual(['https://crm.example/slack/oauth_redirect']);
  expect(manifest.settings.token_rotation_enabled).toBe(false);
});

test('only links to our own pages are seen, where Slack knows such a name', () => {
  const domains = (publicUrl: string) => {
    const { features } = slackManifest({ ...texts, publicUrl }) as {
      features: { unfurl_domains?: string[] };
    };
    return features.unfurl_domains;
  };
  expect(domains('https://crm.example:8443/')).toEqual(['crm.example']);
  expect(domains('http://localhost:3000')).toBeUndefined();
  expect(domains('http://127.0.0.1:3000')).toBeUndefined();
});

test('a text Slack would cut stops the build', () => {
  expect(() => slackManifest({ ...texts, name: 'x'.repeat(36) })).toThrow(RangeError);
  expect(() => slackManifest({ ...texts, description: 'x'.repeat(141) })).toThrow(RangeError);
  expect(() =>
    slackManifest({ ...texts, messageShortcut: { name: 'x'.repeat(25), description: '' } }),
  ).toThrow(RangeError);
});

describe('what it names is handled', () => {
  const recorder = new SlackRecorder();
  let slack: Harness;
  beforeAll(() => recorder.start());
  afterAll(() => recorder.stop());
  beforeEach(async () => {
    recorder.clear();
    slack = await new Harness(recorder).start({
      links: {
        read: () => ({ kind: 'deal', key: 'D-1' }),
        show: () => ({ a: 'deals.show', i: {} }),
        titleOf: () => 'Deal',
      },
    });
  });

  const samples: Record<string, object> = {
    app_home_opened: { user: 'U1', channel: 'D1', tab: 'home' },
    app_mention: { user: 'U1', channel: 'C1', text: '<@UBOT> today', ts: '1' },
    'message.im': { type: 'message', channel_type: 'im', user: 'U1', channel: 'D1', text: 'today', ts: '1' },
    app_uninstalled: {},
    channel_shared: { channel: 'C1', connected_team_id: 'T2' },
    channel_unshared: { channel: 'C1', previously_connected_team_id: 'T2', is_ext_shared: false },
    link_shared: { user: 'U1', channel: 'C1', message_ts: '1', links: [{ url: 'https://crm.example/1' }] },
    tokens_revoked: { tokens: { bot: ['UBOT'] } },
    user_change: { user: { id: 'U9', deleted: true } },
  };

  test.each(manifest.settings.event_subscriptions.bot_events)('event %s', async (type) => {
    expect(samples).toHaveProperty([type]);
    await slack.event({ type, ...samples[type] }, { is_ext_shared_channel: false });
    await slack.drain();
    const { asked, installations, shared, noted } = slack;
    const { disconnected } = installations;
    expect(asked.length + disconnected.length + shared.length + noted.length).toBe(1);
  });

  test.each(manifest.features.shortcuts)('shortcut $callback_id', async ({ type, callback_id }) => {
    await slack.interactive({
      type: type === 'message' ? 'message_action' : 'shortcut',
      callback_id,
      channel: { id: 'C1' },
      message: { text: 'x', ts: '1' },
    });
    await slack.drain();
    expect(slack.asked).toHaveLength(1);
  });

  test.each(manifest.features.slash_commands)('command $command', async ({ command }) => {
    await slack.command('today', { command });
    expect(slack.asked).toHaveLength(1);
  });
});
