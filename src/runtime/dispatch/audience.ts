import { z } from 'zod';
import type { Engine } from '../engine.ts';
import { defineEvent } from '../event.ts';
import type { ChannelFacts, Place, Visitor } from '../interaction.ts';
import type { OutboxEntry } from '../ports.ts';

/**
 * Whether people of another company read along in a channel, as its platform says. Told again by every process that
 * notices. That they do no more is told only where the platform announces it.
 */
export const channelShared = defineEvent(
  'channels.shared',
  z.strictObject({
    platform: z.enum(['slack', 'teams']),
    installation: z.string(),
    placeId: z.string(),
    isShared: z.boolean().default(true),
  }),
);

export type Workspace = Pick<Visitor, 'platform' | 'installation'>;

export interface AudienceWatch {
  /** Whatever becomes of what somebody did there: what is set up in a channel has to know who reads along. */
  notice(at: Workspace, place: Place | undefined, facts: ReadonlyMap<string, ChannelFacts>): Promise<void>;
  /** The platform announces it. Done when it is queued with a commit; throws when it is not. */
  announced(at: Workspace, placeId: string, isShared: boolean): Promise<void>;
}

/** Forgotten all at once when full: telling it again does no harm. */
const mostRemembered = 10_000;

export function createAudienceWatch(engine: Engine): AudienceWatch {
  const told = new Set<string>();
  const tell = async ({ platform, installation }: Workspace, placeId: string, isShared: boolean) => {
    const key = keyOf({ platform, installation }, placeId);
    const orgId = await engine.sessions.organizationOf(platform, installation);
    if (!orgId) return;
    const payload = { platform, installation, placeId, isShared };
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
    if (isShared) told.add(key);
    else told.delete(key);
  };
  return {
    async notice({ platform, installation }, place, facts) {
      const shared = new Set([...facts].flatMap(([id, { isShared }]) => (isShared ? [id] : [])));
      if (place?.kind === 'channel' && place.isShared) shared.add(place.id);
      for (const placeId of shared) {
        const at = { platform, installation };
        if (!told.has(keyOf(at, placeId))) await tell(at, placeId, true);
      }
    },
    announced: tell,
  };
}

function keyOf({ platform, installation }: Workspace, placeId: string): string {
  return `${platform} ${installation} ${placeId}`;
}
