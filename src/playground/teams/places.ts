import { randomUUID } from 'node:crypto';
import { ImpossibleGesture } from '../impossible-gesture.ts';
import type { TeamsConversation } from './screen-model.ts';
import type { TeamsTeam, TeamsUser, Tenant } from './tenant.ts';
import { type StoredMessage, tenantOf, type World } from './world.ts';

/** A conversation, and whether the bot may speak in it. */
export interface Place {
  kind: TeamsConversation['kind'];
  tenant: Tenant;
  /** Without the thread: `19:…@thread.tacv2`. */
  id: string;
  name: string;
  /** `aadObjectId`s. */
  members: string[];
  isInstalled: boolean;
  isArchived: boolean;
  team?: TeamsTeam;
}

/** `19:…@thread.tacv2;messageid=1700000000000` names one thread of a channel. */
export function splitThread(id: string): { conversation: string; thread?: string } {
  const [conversation = '', rest] = id.split(';messageid=');
  return rest ? { conversation, thread: rest } : { conversation };
}

export function placesOf(world: World, tenant: Tenant): Place[] {
  const channels = tenant.teams.flatMap((team) =>
    team.channels.map(
      (channel): Place => ({
        kind: 'channel',
        tenant,
        id: channel.id,
        name: channel.name,
        members: channel.members,
        isInstalled: team.hasApp !== false,
        isArchived: channel.isArchived === true,
        team,
      }),
    ),
  );
  const groups = (tenant.groups ?? []).map(
    (group): Place => ({
      kind: 'group',
      tenant,
      id: group.id,
      name: group.name,
      members: group.members,
      isInstalled: group.hasApp !== false,
      isArchived: false,
    }),
  );
  const personals = world.personals
    .filter((personal) => personal.tenant === tenant.id)
    .flatMap((personal) => {
      const user = tenant.users.find((one) => one.aadObjectId === personal.user);
      return user ? [personalPlace(tenant, user, personal.id)] : [];
    });
  return [...personals, ...groups, ...channels];
}

function personalPlace(tenant: Tenant, user: TeamsUser, id: string): Place {
  return {
    kind: 'personal',
    tenant,
    id,
    name: appNameOf(tenant),
    members: [user.aadObjectId],
    isInstalled: user.hasApp !== false,
    isArchived: false,
  };
}

export function appNameOf(tenant: Tenant): string {
  return tenant.appName ?? 'CRM';
}

/** By id, in whichever tenant it is; ids of conversations are unique. */
export function findPlace(world: World, id: string): Place | undefined {
  const { conversation } = splitThread(id);
  for (const tenant of world.tenants) {
    const found = placesOf(world, tenant).find((place) => place.id === conversation);
    if (found) return found;
  }
  return undefined;
}

/** The conversation of one person with the app; made when it is first needed, and the same from then on. */
export function personalOf(world: World, tenant: Tenant, user: TeamsUser): Place {
  const found = world.personals.find(
    (entry) => entry.tenant === tenant.id && entry.user === user.aadObjectId,
  );
  if (found) return personalPlace(tenant, user, found.id);
  const id = `a:1${randomUUID().replaceAll('-', '')}`;
  world.personals.push({ id, tenant: tenant.id, user: user.aadObjectId });
  world.changed({ kind: 'conversations', tenant: tenant.id, user: user.aadObjectId });
  return personalPlace(tenant, user, id);
}

/** Whether this person sees this message on their screen. */
export function isVisible(world: World, message: StoredMessage, aadObjectId: string): boolean {
  if (message.onlyFor && message.onlyFor !== aadObjectId) return false;
  const place = placesOf(world, tenantOf(world, message.tenant)).find(
    (one) => one.id === message.conversation,
  );
  return place?.members.includes(aadObjectId) === true;
}

/** @throws ImpossibleGesture if there is none, or this person isn't in it */
export function placeFor(world: World, tenant: Tenant, user: TeamsUser, wanted?: string): Place {
  if (!wanted || wanted === 'app') return personalOf(world, tenant, user);
  const { conversation } = splitThread(wanted);
  const found = placesOf(world, tenant).find(
    (place) => place.id === conversation || (place.kind !== 'personal' && place.name === conversation),
  );
  if (!found) throw new ImpossibleGesture(`${tenant.name} has no conversation ${conversation}.`);
  if (!found.members.includes(user.aadObjectId)) {
    throw new ImpossibleGesture(`${user.name} is not in ${found.name}.`);
  }
  return found;
}
