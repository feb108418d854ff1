import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Clock, Destination, PlaceAddress, PlaceBook, PlaceKey } from '../runtime/ports.ts';
import { destinationKey } from '../runtime/relay/work.ts';
import { openGate } from '../store/gates.ts';
import { places } from '../store/tables/places.ts';
import type { Database } from './db/database.ts';

/** Forgotten all at once when full: writing an address again does no harm. */
const mostRemembered = 10_000;

export function createPlaceBook(db: Database, clock: Clock): PlaceBook {
  const written = new Map<string, string>();

  const here = ({ orgId, platform, installation, place }: PlaceKey) =>
    and(
      eq(places.orgId, orgId),
      eq(places.platform, platform),
      eq(places.installation, installation),
      eq(places.kind, place.kind),
      eq(places.externalId, place.id),
    );

  return {
    async remember(at, address) {
      const key = keyText(at);
      const text = JSON.stringify(Object.entries(address).sort());
      if (written.get(key) === text) return;
      const { orgId, platform, installation, place } = at;
      const seenAt = clock.now();
      await db.transaction({ as: 'app', orgId }, async (tx) => {
        await tx
          .insert(places)
          .values({ orgId, platform, installation, kind: place.kind, externalId: place.id, address, seenAt })
          .onConflictDoUpdate({
            target: [places.orgId, places.platform, places.installation, places.kind, places.externalId],
            set: { address: sql`excluded.address`, seenAt },
          });
        // What waited because nobody knew how to reach them can go out now.
        await openGate(tx, orgId, gateOf(at));
      });
      if (written.size >= mostRemembered) written.clear();
      written.set(key, text);
    },

    async find(at) {
      const rows = await db.transaction({ as: 'app', orgId: at.orgId }, (tx) =>
        tx.select({ address: places.address }).from(places).where(here(at)),
      );
      return rows[0]?.address satisfies PlaceAddress | undefined;
    },

    async claimWelcome(at) {
      const rows = await db.transaction({ as: 'app', orgId: at.orgId }, (tx) =>
        tx
          .update(places)
          .set({ welcomedAt: clock.now() })
          .where(and(here(at), isNull(places.welcomedAt)))
          .returning({ id: places.externalId }),
      );
      return rows.length > 0;
    },
  };
}

function gateOf({ platform, installation, place: { kind, id } }: PlaceKey): string {
  const to: Destination =
    kind === 'person' ? { kind, installation, userId: id } : { kind, installation, channelId: id };
  return destinationKey({ platform, to });
}

function keyText({ orgId, platform, installation, place }: PlaceKey): string {
  return JSON.stringify([orgId, platform, installation, place.kind, place.id]);
}
