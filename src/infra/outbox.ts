import { v7 as uuidv7 } from 'uuid';
import type { Outbox, OutboxEntry } from '../runtime/ports.ts';
import { outbox } from '../store/tables/outbox.ts';

/** Queues work in the transaction of its cause; `wake` tells the relay after the commit. */
export function createOutbox(wake: () => void): Outbox {
  return {
    wake,
    async enqueue(tx, orgId, causeAuditId, entries) {
      await tx
        .insert(outbox)
        .values(rowsOfEntries(orgId, causeAuditId, entries))
        .onConflictDoNothing();
    },
  };
}

export function rowsOfEntries(
  orgId: string,
  causeAuditId: string | null,
  entries: readonly OutboxEntry[],
): (typeof outbox.$inferInsert)[] {
  return entries.map((entry) => ({
    orgId,
    id: uuidv7(),
    kind: entry.kind,
    name: nameOf(entry),
    handler: entry.kind === 'event' ? entry.handler : '',
    op: entry.kind === 'delivery' ? entry.op : null,
    payload: entry.payload,
    orderKey: entry.orderKey,
    dedupeKey: entry.kind === 'delivery' ? entry.dedupeKey : null,
    causeAuditId,
  }));
}

function nameOf(entry: OutboxEntry): string {
  switch (entry.kind) {
    case 'event':
      return entry.event;
    case 'delivery':
      return entry.notification;
    case 'job':
      return entry.job;
    default:
      return entry satisfies never;
  }
}
