import { integer, jsonb, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { orgTable, scopedTable } from '../org-table.ts';

/** Next number per kind of record. */
export const recordCounters = scopedTable(
  'record_counters',
  { kind: text('kind').notNull(), next: integer('next').notNull() },
  (table) => [primaryKey({ columns: [table.orgId, table.kind] })],
);

/** Presses too large for a button; only their member may load them. */
export const pendingInputs = orgTable('pending_inputs', {
  memberId: uuid('member_id').notNull(),
  press: jsonb('press').$type<Record<string, unknown>>().notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
});

/** Lines typed in the last minute and the cards that answered them. */
export const repeats = scopedTable(
  'repeats',
  {
    memberId: uuid('member_id').notNull(),
    lineHash: text('line_hash').notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
    card: jsonb('card'),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.memberId, table.lineHash] })],
);

/** Deliveries from platforms already taken in (`event_id`, `trigger_id`, …). */
export const inbox = scopedTable(
  'inbox',
  {
    key: text('key').notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.key] })],
);

/** Answers already given to REST calls with an idempotency key. */
export const idempotencyKeys = scopedTable(
  'idempotency_keys',
  {
    memberId: uuid('member_id').notNull(),
    key: text('key').notNull(),
    bodyHash: text('body_hash').notNull(),
    answer: jsonb('answer').notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.memberId, table.key] })],
);
