import { z } from 'zod';
import type { Engine } from '../engine.ts';
import { defineEvent } from '../event.ts';
import type { ChannelFacts, Place, Visitor } from '../interaction.ts';
import type { OutboxEntry } from '../ports.ts';

/** People of another company read along in a channel, as its platform says. Told again by every process that notices. */
export const channelShared = defineEvent(
  'channels.shared',
  z.strictObject({
    platform: z.enum(['slack', 'teams']),
    installation: z.string(),
    placeId: z.string(),
  }),
);

/** Forgotten all at once when full: telling it again does no harm. */
const mostRemembered = 10_000;

/** Whatever becomes of what somebody did there: what is set up in a channel has to know who reads along. */
export function createAudienceWatch(engine: Engine) {
  const told = new Set<string>();
  return async (
    { platform, installation }: Visitor,
    place: Place | undefined,
    facts: ReadonlyMap<string, ChannelFacts>,
  ): Promise<void> => {
    const shared = new Set([...facts].flatMap(([id, { isShared }]) => (isShared ? [id] : [])));
    if (place?.kind === 'channel' && place.isShared) shared.add(place.id);
    for (const placeId of shared) {
      const key = `${platform} ${installation} ${placeId}`;
      if (told.has(key)) continue;
      const orgId = await engine.sessions.organizationOf(platform, installation);
      if (!orgId) return;
      const payload = { platform, installation, placeId };
      const entries = engine.registry.subscriptions(channelShared.name).map(
        ({ handler }): OutboxEntry => ({
          kind: 'event',
          event: channelShared.name,
          handler,
          payload,
          orderKey: `${key} ${handler}`,
        }),
      );
      await engine.db.transaction({ as: 'app', orgId }, (tx) =>
        engine.outbox.enqueue(tx, orgId, null, entries),
      );
      engine.outbox.wake();
      if (told.size >= mostRemembered) told.clear();
      told.add(key);
    }
  };
}
