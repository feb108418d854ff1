import { and, arrayOverlaps, eq, inArray, or } from 'drizzle-orm';
import type { Locale } from '../kernel/text.ts';
import type { Address, AddressBook } from '../runtime/relay/work.ts';
import { identities, members } from '../store/tables/people.ts';
import type { Database } from './db/database.ts';

/** Channels as they are named; direct messages to members on every platform they use, people who left get none. */
export function createAddressBook(db: Database): AddressBook {
  return {
    async addressesOf(orgId, audience) {
      const memberIds = audience.flatMap((entry) => ('memberId' in entry ? [entry.memberId] : []));
      const roles = audience.flatMap((entry) => ('role' in entry ? [entry.role] : []));
      const wanted = [
        ...(memberIds.length > 0 ? [inArray(members.id, memberIds)] : []),
        ...(roles.length > 0 ? [arrayOverlaps(members.roles, roles)] : []),
      ];
      const channels = audience.flatMap((entry): Address[] => {
        if (!('channel' in entry)) return [];
        const { platform, installation, channelId, locale, timeZone } = entry.channel;
        return [
          { platform, to: { kind: 'channel', installation, channelId }, memberId: null, locale, timeZone },
        ];
      });
      if (wanted.length === 0) return channels;
      const rows = await db.transaction({ as: 'app', orgId }, (tx) =>
        tx
          .select({
            platform: identities.platform,
            installation: identities.installationExternalId,
            userId: identities.externalUserId,
            memberId: members.id,
            locale: members.locale,
            timeZone: members.timeZone,
          })
          .from(members)
          .innerJoin(
            identities,
            and(
              eq(identities.orgId, members.orgId),
              eq(identities.memberId, members.id),
              eq(identities.state, 'active'),
            ),
          )
          .where(and(eq(members.orgId, orgId), eq(members.status, 'active'), or(...wanted))),
      );
      const people = rows.map(
        ({ platform, installation, userId, memberId, locale, timeZone }): Address => ({
          platform,
          to: { kind: 'person', installation, userId },
          memberId,
          locale: locale as Locale,
          timeZone,
        }),
      );
      return [...channels, ...people];
    },
  };
}
