import { and, eq, isNotNull, like, or, sql } from 'drizzle-orm';
import { gates, outbox } from './tables/outbox.ts';
import type { Tx } from './tx.ts';

/**
 * Lets messages through again that wait at a gate: one destination's (`slack:T1:channel:C1`) or a whole installation's
 * (`slack:T1`); destinations that are shut themselves stay so. What waited goes out in its order. Answers how many
 * messages may go.
 */
export async function openGate(tx: Tx, orgId: string, key: string): Promise<number> {
  const opened = await tx
    .update(gates)
    .set({ pausedAt: null, pausedReason: null, failures: 0, closedUntil: null })
    .where(and(eq(gates.orgId, orgId), eq(gates.key, key), isNotNull(gates.pausedAt)))
    .returning({ key: gates.key });
  if (opened.length === 0) return 0;
  const freed = await tx
    .update(outbox)
    .set({ state: 'ready', attempts: 0, dueAt: sql`now()` })
    .where(
      and(
        eq(outbox.orgId, orgId),
        eq(outbox.state, 'paused'),
        or(eq(outbox.orderKey, key), like(outbox.orderKey, `${key.replaceAll(/[\\%_]/g, '\\$&')}:%`)),
      ),
    )
    .returning({ id: outbox.id });
  return freed.length;
}
