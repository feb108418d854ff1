import { sql } from 'drizzle-orm';
import { date, index, jsonb, primaryKey, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { orgTable, scopedTable } from '../../../store/org-table.ts';
import { recordColumns } from '../../../store/records.ts';

/** The one dated promise to act that every open deal and routed lead has. */
export const nextSteps = orgTable(
  'next_steps',
  {
    subjectKind: text('subject_kind').$type<'lead' | 'deal' | 'account'>().notNull(),
    subjectId: uuid('subject_id').notNull(),
    ownerId: uuid('owner_id').notNull(),
    text: text('text').notNull(),
    dueOn: date('due_on').notNull(),
    dueAt: timestamp('due_at', { withTimezone: true }),
    status: text('status').$type<'open' | 'done' | 'replaced'>().notNull().default('open'),
    doneAt: timestamp('done_at', { withTimezone: true }),
    ...recordColumns(),
  },
  (table) => [
    uniqueIndex('next_steps_one_open')
      .on(table.orgId, table.subjectId)
      .where(sql`status = 'open' and archived_at is null`),
    index('next_steps_due')
      .on(table.orgId, table.ownerId, table.dueOn)
      .where(sql`status = 'open' and archived_at is null`),
  ],
);

/** The list `today` last showed to a member: what `done 3` counts in. Record ids in shown order. */
export const shownLists = scopedTable(
  'shown_lists',
  {
    memberId: uuid('member_id').notNull(),
    shownAt: timestamp('shown_at', { withTimezone: true }).notNull(),
    rows: jsonb('rows').$type<{ kind: string; id: string }[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.memberId] })],
);
