import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { orgTable } from '../org-table.ts';

/** Work that follows a commit. A row is written in the transaction of its cause and settled in its own. */
export const outbox = orgTable(
  'outbox',
  {
    kind: text('kind').$type<'event' | 'delivery' | 'job'>().notNull(),
    /** Event name, notification name or job name. */
    name: text('name').notNull(),
    /** Subscriber of an event; empty for the rest. */
    handler: text('handler').notNull().default(''),
    payload: jsonb('payload').notNull(),
    /** Rows of one key run in order. */
    orderKey: text('order_key').notNull(),
    dedupeKey: text('dedupe_key'),
    causeAuditId: uuid('cause_audit_id'),
    state: text('state')
      .$type<'ready' | 'sending' | 'sent' | 'uncertain' | 'paused' | 'dead'>()
      .notNull()
      .default('ready'),
    /** Order of queueing. */
    position: bigint('position', { mode: 'bigint' }).generatedAlwaysAsIdentity(),
    dueAt: timestamp('due_at', { withTimezone: true }).notNull().default(sql`now()`),
    attempts: integer('attempts').notNull().default(0),
    /** Database time until which the claimer may work. */
    leaseUntil: timestamp('lease_until', { withTimezone: true }),
    /** Rises with every claim; only the latest claimer may settle. */
    fence: integer('fence').notNull().default(0),
    lastError: text('last_error'),
    /** Where the message landed, per destination. */
    receipts: jsonb('receipts').$type<Record<string, unknown>[]>().notNull().default([]),
    settledAt: timestamp('settled_at', { withTimezone: true }),
  },
  (table) => [
    index('outbox_ready').on(table.dueAt, table.position).where(sql`state in ('ready', 'sending')`),
    index('outbox_cause').on(table.orgId, table.causeAuditId),
    uniqueIndex('outbox_dedupe').on(table.orgId, table.name, table.dedupeKey),
  ],
  { relay: true },
);
