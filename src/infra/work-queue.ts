import { and, asc, eq, inArray, notExists, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { QueuedWork, Settlement, WorkQueue } from '../runtime/relay.ts';
import { outbox } from '../store/tables/outbox.ts';
import type { Database } from './db/database.ts';

const earlier = alias(outbox, 'earlier');

/** The outbox as a queue. Leases run on database time, so clocks of processes do not matter. */
export function createWorkQueue(db: Database): WorkQueue {
  return {
    async claim(limit, leaseSeconds) {
      return db.transaction({ as: 'relay' }, async (tx) => {
        const due = await tx
          .select({ orgId: outbox.orgId, id: outbox.id })
          .from(outbox)
          .where(
            and(
              sql`${outbox.dueAt} <= now()`,
              sql`(${outbox.state} = 'ready' or (${outbox.state} = 'sending' and ${outbox.leaseUntil} < now()))`,
              notExists(
                tx
                  .select({ one: sql`1` })
                  .from(earlier)
                  .where(
                    and(
                      eq(earlier.orgId, outbox.orgId),
                      eq(earlier.orderKey, outbox.orderKey),
                      eq(earlier.name, outbox.name),
                      eq(earlier.handler, outbox.handler),
                      sql`${earlier.position} < ${outbox.position}`,
                      inArray(earlier.state, ['ready', 'sending']),
                    ),
                  ),
              ),
            ),
          )
          .orderBy(asc(outbox.dueAt), asc(outbox.position))
          .limit(limit)
          .for('update', { skipLocked: true });
        if (due.length === 0) return [];
        const rows = await tx
          .update(outbox)
          .set({
            state: 'sending',
            fence: sql`${outbox.fence} + 1`,
            leaseUntil: sql`now() + make_interval(secs => ${leaseSeconds})`,
          })
          .where(
            inArray(
              outbox.id,
              due.map((row) => row.id),
            ),
          )
          .returning();
        return rows.sort((a, b) => (a.position < b.position ? -1 : 1)).map(workOf);
      });
    },

    async settle(work, settlement) {
      await db.transaction({ as: 'relay' }, (tx) =>
        tx
          .update(outbox)
          .set(columnsOf(settlement))
          .where(and(eq(outbox.orgId, work.orgId), eq(outbox.id, work.id), eq(outbox.fence, work.fence))),
      );
    },

    async settleWithin(tx, work) {
      const rows = await tx
        .update(outbox)
        .set({ state: 'sent', settledAt: sql`now()`, attempts: sql`${outbox.attempts} + 1` })
        .where(and(eq(outbox.orgId, work.orgId), eq(outbox.id, work.id), eq(outbox.fence, work.fence)))
        .returning({ id: outbox.id });
      // Somebody else has claimed it since: their run counts, this one is rolled back.
      if (rows.length === 0) throw new Error('lease lost');
    },
  };
}

function columnsOf(settlement: Settlement) {
  const attempts = sql`${outbox.attempts} + 1`;
  if (settlement.state === 'ready') {
    return {
      state: settlement.state,
      attempts,
      lastError: settlement.reason,
      dueAt: sql`now() + make_interval(secs => ${settlement.afterSeconds})`,
    };
  }
  if (settlement.state === 'sent') {
    return { state: settlement.state, attempts, settledAt: sql`now()`, receipts: settlement.receipts ?? [] };
  }
  return { state: settlement.state, attempts, settledAt: sql`now()`, lastError: settlement.reason };
}

function workOf(row: typeof outbox.$inferSelect): QueuedWork {
  const { orgId, id, kind, name, handler, payload, causeAuditId, attempts, fence } = row;
  return { orgId, id, kind, name, handler, payload, causeAuditId, attempts, fence };
}
