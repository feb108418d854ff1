import { logCommandId, newLeadCommandId, searchCommandId, searchParameter } from './extension-ids.ts';

/** Everything people read of the app before and around its answers, in one language. */
export interface ManifestTexts {
  /** At most 80 characters. */
  summary: string;
  /** At most 4000 characters. */
  description: string;
  /** The commonest: what is typed, and what comes of it. At most ten, so that a list is taken in at a glance. */
  commands: readonly { line: string; summary: string }[];
  /** Titles have at most 32 characters, descriptions at most 128. */
  searches: readonly { kind: string; title: string; description: string; hint: string }[];
  newLead: { title: string; description: string };
  logMessage: { title: string; description: string };
  tab: string;
}

export interface ManifestOptions {
  publicUrl: string;
  /** `1.2.3`; an installed app is replaced only by one with a higher version. */
  version: string;
  /** Of the bot's registration; the app has the same id. */
  appId: string;
  /** Registration of the tab. Without one there is no tab in Teams. */
  tabAppId?: string | undefined;
  /** Path of a page that sets up a tab in a channel; without one the tab is personal only. */
  configurePath?: string | undefined;
  developer: { name: string; websiteUrl: string; privacyUrl: string; termsOfUseUrl: string };
  english: ManifestTexts;
  chinese: ManifestTexts;
}

/** The newest that Microsoft says is released: an upload with any other is refused. */
const manifestVersion = '1.28';
const schemas = `https://developer.microsoft.com/json-schemas/teams/v${manifestVersion}`;
/** Stands beside the manifest in the package of the app. */
export const chineseFile = 'zh-cn.json';
/** The name people mention it by: `@CRM`. */
const appName = 'CRM';
const mostCommands = 10;
const scopes = ['personal', 'groupChat', 'team'] as const;

/** The app manifest, for an admin to upload. Throws RangeError where a text is longer than Teams takes. */
export function teamsManifest(options: ManifestOptions): Record<string, unknown> {
  return manifestIn(options, options.english);
}

/** The words that are others in Chinese, by where they stand in the manifest: the content of `chineseFile`. */
export function chineseStrings(options: ManifestOptions): Record<string, string> {
  const strings: Record<string, string> = {
    'name.short': appName,
    'name.full': appName,
    'description.short': options.chinese.summary,
    'description.full': options.chinese.description,
  };
  collect(manifestIn(options, options.english), manifestIn(options, options.chinese), '', strings);
  return { $schema: `${schemas}/MicrosoftTeams.Localization.schema.json`, ...strings };
}

function collect(one: unknown, other: unknown, path: string, into: Record<string, string>): void {
  if (typeof one === 'string' && typeof other === 'string') {
    if (one !== other) into[path] = other;
  } else if (Array.isArray(one) && Array.isArray(other)) {
    for (const [n, part] of one.entries()) collect(part, other[n], `${path}[${n}]`, into);
  } else if (isObject(one) && isObject(other)) {
    for (const [name, part] of Object.entries(one)) {
      collect(part, other[name], path === '' ? name : `${path}.${name}`, into);
    }
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function manifestIn(options: ManifestOptions, texts: ManifestTexts): Record<string, unknown> {
  const { appId, publicUrl, developer, version } = options;
  const { host } = new URL(publicUrl);
  return {
    $schema: `${schemas}/MicrosoftTeams.schema.json`,
    manifestVersion,
    version,
    id: appId,
    developer: { ...developer, name: atMost(32, developer.name) },
    localizationInfo: {
      defaultLanguageTag: 'en',
      additionalLanguages: [{ languageTag: 'zh-cn', file: chineseFile }],
    },
    name: { short: appName, full: appName },
    description: { short: atMost(80, texts.summary), full: atMost(4000, texts.description) },
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: '#0b4f5f',
    bots: [botOf(appId, texts)],
    composeExtensions: [extensionOf(options, texts)],
    ...tabsOf(options, texts),
    permissions: ['identity', 'messageTeamMembers'],
    validDomains: [host],
    defaultInstallScope: 'personal',
    defaultGroupCapability: { team: 'bot', groupchat: 'bot' },
  };
}

function botOf(botId: string, { commands }: ManifestTexts) {
  if (commands.length > mostCommands) throw new RangeError(`more than ${mostCommands} commands`);
  const listed = commands.map(({ line, summary }) => ({
    title: atMost(32, line),
    description: atMost(128, summary),
  }));
  return {
    botId,
    scopes: [...scopes],
    supportsFiles: false,
    isNotificationOnly: false,
    commandLists: scopes.map((scope) => ({ scopes: [scope], commands: listed })),
  };
}

/** At most ten commands altogether: Teams' limit. */
function extensionOf({ appId, publicUrl }: ManifestOptions, texts: ManifestTexts) {
  const searches = texts.searches.map(({ kind, title, description, hint }) => ({
    id: searchCommandId(kind),
    type: 'query',
    context: ['compose', 'commandBox'],
    title: atMost(32, title),
    description: atMost(128, description),
    initialRun: true,
    parameters: [
      { name: searchParameter, title: atMost(32, title), description: atMost(128, hint), inputType: 'text' },
    ],
  }));
  const action = (id: string, context: string, { title, description }: ManifestTexts['newLead']) => ({
    id,
    type: 'action',
    context: [context],
    fetchTask: true,
    title: atMost(32, title),
    description: atMost(128, description),
  });
  const commands = [
    ...searches,
    action(newLeadCommandId, 'compose', texts.newLead),
    action(logCommandId, 'message', texts.logMessage),
  ];
  if (commands.length > 10) throw new RangeError('more than 10 commands of the message extension');
  const { hostname } = new URL(publicUrl);
  return {
    botId: appId,
    commands,
    messageHandlers: [{ type: 'link', value: { domains: [hostname], supportsAnonymizedPayloads: false } }],
  };
}

function tabsOf({ publicUrl, tabAppId, configurePath }: ManifestOptions, texts: ManifestTexts) {
  if (tabAppId === undefined) return {};
  const { host } = new URL(publicUrl);
  const home = new URL('/tab/', publicUrl).href;
  const tab = { entityId: 'home', name: atMost(128, texts.tab), contentUrl: home, websiteUrl: home };
  const configurable =
    configurePath === undefined
      ? {}
      : {
          configurableTabs: [
            { configurationUrl: new URL(configurePath, publicUrl).href, scopes: ['team', 'groupChat'] },
          ],
        };
  return {
    staticTabs: [{ ...tab, scopes: ['personal'] }],
    ...configurable,
    webApplicationInfo: { id: tabAppId, resource: `api://${host}/${tabAppId}` },
  };
}

function atMost(max: number, text: string): string {
  if (text.length > max || text === '') throw new RangeError(`must have 1 to ${max} characters: ${text}`);
  return text;
}
