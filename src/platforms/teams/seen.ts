import type { PlaceAddress, PlaceBook, PlaceKey } from '../../runtime/ports.ts';
import type { Activity } from './activities.ts';
import { scopeOf, withoutThread } from './origin.ts';

/** Forgotten all at once when full: an address is then read again. */
const mostKnown = 10_000;

/** Where people and channels were met, so that they can be reached later. */
export interface Seen {
  /** Takes note of who did this and where; what an activity does not tell stays as it was. */
  note(orgId: string, tenantId: string, userId: string | undefined, activity: Activity): Promise<void>;
  /** True for whoever asks first whether this place has been welcomed; it must have been noted. */
  claimWelcome(orgId: string, tenantId: string, place: PlaceKey['place']): Promise<boolean>;
  person(orgId: string, tenantId: string, userId: string): Promise<PlaceAddress | undefined>;
  /** Their own conversation with the bot was opened. */
  opened(
    orgId: string,
    tenantId: string,
    userId: string,
    at: { serviceUrl: string; conversationId: string },
  ): Promise<void>;
}

export function createSeen(places: PlaceBook): Seen {
  const known = new Map<string, PlaceAddress>();

  const keyOf = (orgId: string, installation: string, place: PlaceKey['place']): PlaceKey => ({
    orgId,
    platform: 'teams',
    installation,
    place,
  });

  async function find(at: PlaceKey): Promise<PlaceAddress | undefined> {
    const name = JSON.stringify(at);
    const held = known.get(name);
    if (held) return held;
    const found = await places.find(at);
    if (found) keep(name, found);
    return found;
  }

  function keep(name: string, address: PlaceAddress): void {
    if (known.size >= mostKnown) known.clear();
    known.set(name, address);
  }

  async function merge(at: PlaceKey, told: PlaceAddress): Promise<void> {
    const address = { ...(await find(at)), ...told };
    await places.remember(at, address);
    keep(JSON.stringify(at), address);
  }

  return {
    async note(orgId, tenantId, userId, activity) {
      const { serviceUrl, channelData } = activity;
      const teamId = channelData?.team?.id;
      const scope = scopeOf(activity);
      const conversationId = withoutThread(activity.conversation.id);
      if (scope !== 'personal') {
        await merge(keyOf(orgId, tenantId, { kind: 'channel', id: conversationId }), {
          serviceUrl,
          conversationId,
          ...(teamId ? { teamId } : {}),
        });
      }
      if (userId === undefined) return;
      const { from, locale, localTimezone } = activity;
      await merge(keyOf(orgId, tenantId, { kind: 'person', id: userId }), {
        serviceUrl,
        fromId: from.id,
        ...(scope === 'personal' ? { conversationId } : { channelId: conversationId }),
        ...(from.name ? { name: from.name } : {}),
        ...(locale ? { locale } : {}),
        ...(localTimezone ? { timeZone: localTimezone } : {}),
      });
    },

    claimWelcome: (orgId, tenantId, place) => places.claimWelcome(keyOf(orgId, tenantId, place)),

    person: (orgId, tenantId, userId) => find(keyOf(orgId, tenantId, { kind: 'person', id: userId })),

    opened: (orgId, tenantId, userId, at) =>
      merge(keyOf(orgId, tenantId, { kind: 'person', id: userId }), at),
  };
}
