import { doubt } from './account-news.ts';
import type { Core } from './app.ts';
import { connectTenant } from './connect-teams.ts';
import type { TeamsConfig } from './infra/config.ts';
import { externalUserOf } from './infra/external-users.ts';
import { disconnectInstallation } from './infra/organizations.ts';
import { createPlaceBook } from './infra/places.ts';
import type { TeamsPlatform } from './platforms/teams/mount.ts';
import { createRecordLinks } from './record-links.ts';
import { opensForm } from './runtime/dispatch/opens-form.ts';
import type { InstallationSecrets, Log } from './runtime/ports.ts';
import { searchedKinds } from './teams-offer.ts';

/** Puts the service into Teams. */
export async function mountTeams(
  core: Core,
  teams: TeamsConfig,
  { publicUrl, production, log }: { publicUrl: string; production: boolean; log: Log },
): Promise<TeamsPlatform> {
  const { createTeams } = await import('./platforms/teams/mount.ts');
  const { db, dispatch, translate, engine, registry } = core;
  const links = createRecordLinks(registry, publicUrl);
  const installations: InstallationSecrets = {
    find: async (platform, externalId) => {
      const orgId = await engine.sessions.organizationOf(platform, externalId);
      return orgId ? { orgId, token: null } : undefined;
    },
    disconnect: async (platform, externalId) => {
      const orgId = await engine.sessions.organizationOf(platform, externalId);
      if (!orgId) return;
      await disconnectInstallation(db, orgId, platform, externalId);
      core.forgetInstallations();
    },
  };
  return createTeams({
    ...teams,
    production,
    dispatch,
    installations,
    places: createPlaceBook(db, engine.clock),
    connect: (code, visitor, profile, tenantName) => connectTenant(core, code, visitor, profile, tenantName),
    doubtAccounts: (orgId, installation, userIds) =>
      doubt(core, orgId, { platform: 'teams', installation }, userIds),
    opensForm: (press) => opensForm(registry, press),
    searches: searchedKinds.flatMap((kind) => {
      const lookup = registry.lookup(kind);
      const show = (key: string) => links.show({ kind, key });
      return lookup && registry.recordActions(kind) ? [{ kind, label: lookup.label, show }] : [];
    }),
    newLead: () => ({ a: 'leads.create', i: {}, form: true }),
    logMessage: ({ text }) => ({ a: 'activities.log', i: { note: text }, form: true }),
    teamsUserOf: (orgId, memberId) => externalUserOf(db, 'teams', orgId, memberId),
    translate,
    log,
    readLink: links.read,
  });
}
