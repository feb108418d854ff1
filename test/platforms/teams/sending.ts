import { createTeams, type TeamsOptions } from '../../../src/platforms/teams/mount.ts';
import type { InstallationSecrets, PlaceAddress, PlaceBook, PlaceKey } from '../../../src/runtime/ports.ts';
import { appId, tenantId } from '../../playground/teams-service.ts';
import { issuer } from './forger.ts';
import { reader } from './readers.ts';
import { appSecret } from './tenant.ts';

export const orgId = 'org-1';

export class MemoryPlaces implements PlaceBook {
  private readonly addresses = new Map<string, PlaceAddress>();

  async remember(at: PlaceKey, address: PlaceAddress): Promise<void> {
    this.addresses.set(JSON.stringify(at), address);
  }

  async find(at: PlaceKey): Promise<PlaceAddress | undefined> {
    return this.addresses.get(JSON.stringify(at));
  }

  async claimWelcome(): Promise<boolean> {
    return false;
  }

  /** As if the person or channel had been met there. */
  async meet(kind: 'person' | 'channel', id: string, address: PlaceAddress): Promise<void> {
    await this.remember({ orgId, platform: 'teams', installation: tenantId, place: { kind, id } }, address);
  }
}

/** Who sends and never receives. */
export async function createSender(
  url: string,
  change: Partial<Pick<TeamsOptions, 'places' | 'teamsUserOf' | 'serviceHosts' | 'tokenUrl'>> & {
    isConnected?: () => boolean;
  } = {},
) {
  const { isConnected = () => true, ...options } = change;
  const installations: InstallationSecrets = {
    find: async (_, id) => (id === tenantId && isConnected() ? { orgId, token: null } : undefined),
    disconnect: async () => undefined,
  };
  const places = new MemoryPlaces();
  const { platform } = await createTeams({
    appId,
    appSecret,
    homeTenantId: tenantId,
    issuer,
    jwksUrl: `${url}/keys`,
    tokenUrl: `${url}/token`,
    serviceHosts: [new URL(url).host],
    production: false,
    dispatch: async () => ({ outcome: { kind: 'options', options: [] }, reader }),
    installations,
    places,
    connect: async () => undefined,
    doubtAccounts: async () => undefined,
    opensForm: () => false,
    searches: [],
    newLead: () => ({ a: 'x', i: {} }),
    logMessage: () => ({ a: 'x', i: {} }),
    teamsUserOf: async () => undefined,
    translate: reader.translate,
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    readLink: () => undefined,
    ...options,
  });
  return { platform, places };
}
