import type { Core } from './app.ts';
import type { Config } from './infra/config.ts';
import { externalUserOf } from './infra/external-users.ts';
import { disconnectInstallation } from './infra/organizations.ts';
import type { SlackPlatform } from './platforms/slack/mount.ts';
import type { InstallationSecrets, Log } from './runtime/ports.ts';

/** Puts the service into Slack. `tokens` go before what is configured (stand-ins). */
export async function mountSlack(
  core: Core,
  slack: NonNullable<Config['slack']>,
  log: Log,
  tokens: ReadonlyMap<string, string> = new Map(),
): Promise<SlackPlatform> {
  const { createSlack } = await import('./platforms/slack/mount.ts');
  const { db, dispatch, translate, engine } = core;
  const installations: InstallationSecrets = {
    find: async (platform, externalId) => {
      const orgId = await engine.sessions.organizationOf(platform, externalId);
      return orgId ? { orgId, token: tokens.get(externalId) ?? null } : undefined;
    },
    disconnect: async (platform, externalId) => {
      const orgId = await engine.sessions.organizationOf(platform, externalId);
      if (!orgId) return;
      await disconnectInstallation(db, orgId, platform, externalId);
      core.forgetInstallations();
    },
  };
  return createSlack({
    signingSecret: slack.signingSecret,
    apiUrl: slack.apiUrl,
    botToken: slack.botToken,
    dispatch,
    installations,
    translate,
    shortcuts: {
      message: ({ text }) => ({ a: 'activities.log', i: { note: text }, form: true }),
      global: () => ({ a: 'leads.create', i: {}, form: true }),
    },
    log,
    mentions: (orgId, memberId) => externalUserOf(db, 'slack', orgId, memberId),
  });
}
