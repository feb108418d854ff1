import { index, integer, jsonb, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { orgTable } from '../org-table.ts';

/** One entry per action that changed anything. Insert-only: nobody, the service included, edits history. */
export const audit = orgTable(
  'audit',
  {
    at: timestamp('at', { withTimezone: true }).notNull(),
    actorId: uuid('actor_id'),
    actorName: text('actor_name').notNull(),
    /** The entry this one follows from (subscribers, undo). */
    causeId: uuid('cause_id'),
    platform: text('platform').notNull(),
    action: text('action').notNull(),
    input: jsonb('input').$type<Record<string, unknown>>().notNull(),
    line: text('line'),
  },
  (table) => [
    index('audit_at').on(table.orgId, table.at),
    index('audit_actor').on(table.orgId, table.actorId, table.at),
    index('audit_cause').on(table.orgId, table.causeId),
  ],
  { insertOnly: true },
);

/** What an action did to each record: read by `why` and by undo. Insert-only. */
export const recordChanges = orgTable(
  'record_changes',
  {
    auditId: uuid('audit_id').notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
    kind: text('kind').notNull(),
    recordId: uuid('record_id').notNull(),
    number: text('number'),
    op: text('op').$type<'create' | 'update' | 'archive' | 'restore'>().notNull(),
    version: integer('version').notNull(),
    before: jsonb('before').$type<Record<string, unknown>>().notNull(),
    after: jsonb('after').$type<Record<string, unknown>>().notNull(),
  },
  (table) => [
    index('record_changes_audit').on(table.orgId, table.auditId),
    index('record_changes_record').on(table.orgId, table.recordId, table.version),
  ],
  { insertOnly: true },
);
