import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { Log, Outbox, OutboxEntry } from '../runtime/ports.ts';
import { outbox } from '../store/tables/outbox.ts';
import type { Database } from './db/database.ts';

const channel = 'outbox';
/** A sender per commit would make all of them queue up for the one list of notifications a server keeps. */
const tellsEveryMs = 250;
const mostKeyLength = 300;

/** How processes tell each other that work was queued. A lost word does no harm: relays also look every second. */
export interface Wakeup {
  /** Tells the other processes, soon and at most every 250 ms. Call it outside transactions. */
  tell(): void;
  /** Calls back when another process has queued something, until stopped. */
  listen(wake: () => void): Promise<() => Promise<void>>;
}

export function createWakeup(db: Pick<Database, 'notify' | 'listen'>, log: Log): Wakeup {
  const me = uuidv7();
  let isTold = false;
  let again = false;
  function tell(): void {
    if (isTold) {
      again = true;
      return;
    }
    isTold = true;
    again = false;
    db.notify(channel, me).catch((error) => log.warn({ err: error }, 'other processes not woken'));
    setTimeout(() => {
      isTold = false;
      if (again) tell();
    }, tellsEveryMs).unref();
  }
  return {
    tell,
    listen: (wake) =>
      db.listen(channel, (from) => {
        if (from !== me) wake();
      }),
  };
}

/** Queues work in the transaction of its cause; `wake` tells relays after the commit. */
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
    dedupeKey: entry.kind === 'delivery' ? shortened(entry.dedupeKey) : null,
    causeAuditId,
  }));
}

/** An index entry has room for about 2,700 bytes, and a key that names many places is longer. */
function shortened(key: string | null): string | null {
  if (key === null || key.length <= mostKeyLength) return key;
  const hash = createHash('sha256').update(key).digest('base64url');
  return `${key.slice(0, mostKeyLength - hash.length - 1)} ${hash}`;
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
