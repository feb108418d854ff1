import type { Deliveries } from '../runtime/ports.ts';
import { inbox } from '../store/tables/short-lived.ts';

/**
 * Deliveries already taken in. The key is written in the transaction of the work it caused: a copy that arrives
 * meanwhile waits for it, and work that was rolled back leaves no key, so the delivery may be made again.
 */
export const deliveries: Deliveries = {
  async firstTime(tx, orgId, key, now) {
    const rows = await tx
      .insert(inbox)
      .values({ orgId, key, at: now })
      .onConflictDoNothing()
      .returning({ key: inbox.key });
    return rows.length > 0;
  },
};
