import { randomUUID } from 'node:crypto';
import { compact, type Json } from '../json.ts';
import { appNameOf, type Place } from './places.ts';
import type { TeamsTeam, TeamsUser, Tenant } from './tenant.ts';

export interface Sender {
  place: Place;
  user: TeamsUser;
  botId: string;
  serviceUrl: string;
  now: number;
  /** First message of the thread, in a channel. */
  thread?: string;
}

/** What every activity of Teams carries. */
export function envelope(sender: Sender, fields: Json & { type: string }): Json {
  const { place, user, botId, serviceUrl, now } = sender;
  return compact({
    id: `f:${randomUUID()}`,
    timestamp: new Date(now).toISOString(),
    channelId: 'msteams',
    serviceUrl,
    from: { id: user.id, name: user.name, aadObjectId: user.aadObjectId },
    conversation: conversationOf(place, sender.thread),
    recipient: { id: botId, name: appNameOf(place.tenant) },
    channelData: channelData(place),
    ...fields,
  });
}

/** Only messages and invokes say which language and zone their sender has. */
export function spoken({ user, now }: Sender): Json {
  return {
    localTimestamp: localTime(now, user.timeZone),
    localTimezone: user.timeZone,
    locale: user.locale,
    entities: [
      {
        type: 'clientInfo',
        locale: user.locale,
        country: user.locale.slice(3),
        platform: 'Web',
        timezone: user.timeZone,
      },
    ],
  };
}

function conversationOf(place: Place, thread: string | undefined): Json {
  const shared = { conversationType: kindNames[place.kind], tenantId: place.tenant.id };
  if (place.kind === 'personal') return { ...shared, id: place.id };
  const id = thread ? `${place.id};messageid=${thread}` : place.id;
  return { ...shared, isGroup: true, id, ...(place.kind === 'group' ? { name: place.name } : {}) };
}

const kindNames = { personal: 'personal', group: 'groupChat', channel: 'channel' } as const;

export function channelData({ tenant, team, id }: { tenant: Tenant } & Partial<Place>): Json {
  return compact({
    tenant: { id: tenant.id },
    team: team && { id: team.id, name: team.name },
    channel: team && compact({ id, type: isSharedIn(team, id) ? 'shared' : undefined }),
  });
}

function isSharedIn({ channels }: TeamsTeam, id: string | undefined): boolean {
  return channels.some((channel) => channel.id === id && channel.isShared === true);
}

/** With the offset of the zone, as `localTimestamp` has it. */
function localTime(now: number, timeZone: string): string {
  const at = new Date(now);
  const shown = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(at);
  const offset = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const suffix = offset === 'GMT' ? '+00:00' : (offset ?? '').replace('GMT', '');
  return `${shown.replace(' ', 'T')}.${String(at.getUTCMilliseconds()).padStart(3, '0')}${suffix}`;
}
