import type {
  ChatPlatform,
  InstallationSecrets,
  MessageRef,
  PlaceAddress,
  PlaceBook,
} from '../../runtime/ports.ts';
import type { Card } from '../../view/card.ts';
import type { Reader } from '../../view/reader.ts';
import { askAccounts } from './accounts.ts';
import type { TeamsCard } from './adaptive-card.ts';
import { addressOf } from './addresses.ts';
import type { Connector, ConversationAddress, OutgoingActivity } from './connector.ts';
import { ConnectorError, classify, NeverSeenError, TenantNotConnectedError } from './errors.ts';
import { readProfile } from './profile.ts';

export interface ClientOptions {
  connector: Connector;
  places: PlaceBook;
  installations: InstallationSecrets;
  present: { message(installation: string, card: Card, reader: Reader): Promise<TeamsCard> };
}

/** A card as the one thing a message holds; what shows in lists and is read aloud goes beside it. */
export function messageOf({ card, summary }: TeamsCard): OutgoingActivity {
  return {
    type: 'message',
    summary,
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
  };
}

/**
 * Teams as a place to show things. A bot cannot read what was written before, so there is no `find`: a message whose
 * answer was lost stays uncertain.
 */
export function createTeamsClient({
  connector,
  places,
  installations,
  present,
}: ClientOptions): ChatPlatform {
  async function placesOf(installation: string) {
    const found = await installations.find('teams', installation);
    if (!found) throw new TenantNotConnectedError();
    const at = { orgId: found.orgId, platform: 'teams', installation } as const;
    return (kind: 'person' | 'channel', id: string) => places.find({ ...at, place: { kind, id } });
  }

  async function channel(installation: string, id: string): Promise<ConversationAddress> {
    const placeAt = await placesOf(installation);
    return addressOf(await placeAt('channel', id)) ?? neverSeen();
  }

  /** Their own conversation with the bot; opened if they only ever wrote in a channel. */
  async function direct(installation: string, userId: string): Promise<ConversationAddress> {
    const placeAt = await placesOf(installation);
    const place = await placeAt('person', userId);
    const known = addressOf(place);
    if (known) return known;
    const serviceUrl = place?.serviceUrl;
    if (serviceUrl === undefined) return neverSeen();
    const who = { userId: place?.fromId ?? userId, tenantId: installation };
    return { serviceUrl, ...(await connector.createDirect(serviceUrl, who)) };
  }

  return {
    name: 'teams',

    async post(to, card, reader, { threadOf }) {
      const message = messageOf(await present.message(to.installation, card, reader));
      const at =
        to.kind === 'channel'
          ? await channel(to.installation, to.channelId)
          : await direct(to.installation, to.userId);
      const thread = threadOf === undefined ? {} : { replyTo: threadOf.messageId };
      const { id } = await connector.send(at, message, thread);
      return refOf(at, id);
    },

    async update(installation, at, card, reader) {
      const message = messageOf(await present.message(installation, card, reader));
      await connector.update(readRef(at), at.messageId, message);
    },

    async profile(installation, userId) {
      const placeAt = await placesOf(installation);
      const place = await placeAt('person', userId);
      const at = place && seenIn(place);
      if (!at) return undefined;
      try {
        return readProfile(await connector.member(at, userId), installation, place);
      } catch (error) {
        if (error instanceof ConnectorError && error.status === 404) return undefined;
        throw error;
      }
    },

    async channelFacts(installation, channelId) {
      const placeAt = await placesOf(installation);
      const { serviceUrl, teamId } = (await placeAt('channel', channelId)) ?? {};
      if (serviceUrl === undefined || teamId === undefined) return {};
      const channels = await connector.channels(serviceUrl, teamId);
      const found = channels.find(({ id }) => id === channelId);
      if (!found) return {};
      // Teams leaves out the name of the channel every team begins with. A channel is made a shared one, or never is.
      return { name: found.name ?? 'General', ...(found.type === 'shared' ? { isShared: true } : {}) };
    },

    async chatAccounts(asked) {
      const placeAt = await placesOf(asked.installation);
      return askAccounts(connector, (userId) => placeAt('person', userId), asked);
    },

    classify,
  };
}

function neverSeen(): never {
  throw new NeverSeenError();
}

/** Any conversation they share with the bot; the roster of a channel knows them as well. */
function seenIn(place: PlaceAddress): ConversationAddress | undefined {
  const { serviceUrl, channelId } = place;
  if (serviceUrl === undefined || channelId === undefined) return addressOf(place);
  return addressOf(place) ?? { serviceUrl, conversationId: channelId };
}

/** A message can be edited only on the service it was posted to: its address goes into the reference. */
function refOf({ serviceUrl, conversationId }: ConversationAddress, messageId: string): MessageRef {
  return { channelId: `${serviceUrl} ${conversationId}`, messageId };
}

function readRef({ channelId }: MessageRef): ConversationAddress {
  const space = channelId.indexOf(' ');
  return { serviceUrl: channelId.slice(0, space), conversationId: channelId.slice(space + 1) };
}
