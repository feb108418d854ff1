import { botEvents } from './payloads.ts';
import { slackCommand } from './words.ts';

export const messageShortcutId = 'log_message';
export const globalShortcutId = 'open_crm';

export interface ManifestTexts {
  /** At most 35 characters. */
  name: string;
  /** At most 140 characters. */
  description: string;
  commandDescription: string;
  usageHint: string;
  /** At most 24 characters each. */
  messageShortcut: { name: string; description: string };
  globalShortcut: { name: string; description: string };
}

/**
 * The least that works. History is read only to find our own posts after a lost answer, the message a thread is
 * about, and lines written to the app; a workspace that declines it keeps everything else. Of links only those to our
 * own pages are seen.
 */
export const botScopes = [
  'app_mentions:read',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:write',
  'links:read',
  'links:write',
  'team:read',
  'users:read',
  'users:read.email',
] as const;

/** The app manifest for a workspace admin to paste. Throws RangeError when a text is longer than Slack takes. */
export function slackManifest(options: ManifestTexts & { publicUrl: string }): Record<string, unknown> {
  const { name, description, messageShortcut, globalShortcut } = options;
  atMost('name', name, 35);
  atMost('description', description, 140);
  for (const shortcut of [messageShortcut, globalShortcut]) {
    atMost('shortcut name', shortcut.name, 24);
    atMost('shortcut description', shortcut.description, 150);
  }
  const url = new URL('/slack/events', options.publicUrl).href;
  return {
    _metadata: { major_version: 1, minor_version: 1 },
    display_information: { name, description },
    features: {
      app_home: {
        home_tab_enabled: true,
        messages_tab_enabled: true,
        messages_tab_read_only_enabled: false,
      },
      bot_user: { display_name: name, always_online: true },
      shortcuts: [
        { ...messageShortcut, type: 'message', callback_id: messageShortcutId },
        { ...globalShortcut, type: 'global', callback_id: globalShortcutId },
      ],
      slash_commands: [
        {
          command: slackCommand,
          url,
          description: options.commandDescription,
          usage_hint: options.usageHint,
          should_escape: true,
        },
      ],
      ...unfurlDomains(options.publicUrl),
    },
    oauth_config: {
      redirect_urls: [new URL('/slack/oauth_redirect', options.publicUrl).href],
      scopes: { bot: [...botScopes] },
    },
    settings: {
      event_subscriptions: { request_url: url, bot_events: [...botEvents] },
      interactivity: { is_enabled: true, request_url: url, message_menu_options_url: url },
      org_deploy_enabled: false,
      socket_mode_enabled: false,
      token_rotation_enabled: false,
    },
  };
}

/** Slack takes names with a dot in them only: none for a service that is tried out. */
function unfurlDomains(publicUrl: string): { unfurl_domains?: string[] } {
  const { hostname } = new URL(publicUrl);
  return /\.[a-z]/i.test(hostname) ? { unfurl_domains: [hostname] } : {};
}

function atMost(what: string, text: string, max: number): void {
  if (text.length > max || text === '')
    throw new RangeError(`${what} must have 1 to ${max} characters: ${text}`);
}
