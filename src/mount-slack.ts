import { noteAccount } from './account-news.ts';
import type { Core } from './app.ts';
import { installWorkspace, organizationBehind } from './connect-slack.ts';
import type { Config } from './infra/config.ts';
import { externalUserOf } from './infra/external-users.ts';
import { createOAuthStates } from './infra/oauth-states.ts';
import type { SlackPlatform } from './platforms/slack/mount.ts';
import type { InstallOptions } from './platforms/slack/oauth.ts';
import { createRecordLinks } from './record-links.ts';
import type { InstallationSecrets, Log } from './runtime/ports.ts';

type SlackConfig = NonNullable<Config['slack']>;

/** Puts the service into Slack. `tokens` go before what is configured (stand-ins). */
export async function mountSlack(
  core: Core,
  slack: SlackConfig,
  log: Log,
  tokens: ReadonlyMap<string, string> = new Map(),
): Promise<SlackPlatform> {
  const { createSlack } = await import('./platforms/slack/mount.ts');
  const { db, dispatch, translate, registry } = core;
  const links = createRecordLinks(registry, core.engine.urlOf('/'));
  const installations: InstallationSecrets = {
    find: async (platform, externalId) => {
      const found = await core.installations.find(platform, externalId);
      const token = tokens.get(externalId);
      return found && token !== undefined ? { ...found, token } : found;
    },
    disconnect: core.installations.disconnect,
  };
  return createSlack({
    signingSecret: slack.signingSecret,
    apiUrl: slack.apiUrl,
    botToken: slack.botToken,
    dispatch,
    shared: (installation, channelId, isShared) =>
      core.audience.announced({ platform: 'slack', installation }, channelId, isShared),
    installations,
    translate,
    shortcuts: {
      message: ({ text }) => ({ a: 'activities.log', i: { note: text }, form: true }),
      global: () => ({ a: 'leads.create', i: {}, form: true }),
    },
    noteAccount: ({ installation, ...account }, { orgId, key }) =>
      noteAccount(core, orgId, { platform: 'slack', installation, ...account }, key),
    log,
    mentions: (orgId, memberId) => externalUserOf(db, 'slack', orgId, memberId),
    links: { ...links, titleOf: (kind) => registry.lookup(kind)?.label ?? kind },
    install: installOptions(core, slack, log),
  });
}

/** `undefined`: people cannot install the app themselves (no client id, or nothing to keep tokens with). */
function installOptions(
  core: Core,
  { clientId, clientSecret }: SlackConfig,
  log: Log,
): InstallOptions | undefined {
  const { secrets } = core;
  if (!clientId || !clientSecret || !secrets) return undefined;
  return {
    clientId,
    clientSecret,
    publicUrl: core.engine.urlOf('/'),
    states: createOAuthStates(core.db),
    organizationOf: (code) => organizationBehind(core, code),
    install: (grant) => installWorkspace(core, secrets, grant, log),
  };
}
