import { and, eq, like, or, sql } from 'drizzle-orm';
import { gates, outbox } from './tables/outbox.ts';
import type { Tx } from './tx.ts';

/**
 * Lets messages through again that wait at a gate: one destination (`slack:T1:channel:C1`) or a whole installation
 * with all its destinations (`slack:T1`). What waited goes out in its order. Answers how many messages that is.
 */
export async function openGate(tx: Tx, orgId: string, key: string): Promise<number> {
  const within = (column: typeof gates.key | typeof outbox.orderKey) =>
    or(eq(column, key), like(column, `${key.replaceAll(/[\\%_]/g, '\\$&')}:%`));
  const opened = await tx
    .update(gates)
    .set({ pausedAt: null, pausedReason: null, failures: 0, closedUntil: null })
    .where(and(eq(gates.orgId, orgId), within(gates.key)))
    .returning({ key: gates.key });
  if (opened.length === 0) return 0;
  const freed = await tx
    .update(outbox)
    .set({ state: 'ready', attempts: 0, dueAt: sql`now()` })
    .where(and(eq(outbox.orgId, orgId), eq(outbox.state, 'paused'), within(outbox.orderKey)))
    .returning({ id: outbox.id });
  return freed.length;
}
