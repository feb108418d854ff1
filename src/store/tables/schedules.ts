import { sql } from 'drizzle-orm';
import {
  boolean,
  date,
  index,
  jsonb,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { ScheduleRule } from '../../kernel/schedule.ts';
import { orgTable, scopedTable } from '../org-table.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** Jobs that run again and again. All instants are business time. */
export const schedules = orgTable(
  'schedules',
  {
    /** Name of a registered job. */
    job: text('job').notNull(),
    /** What it is about and where it goes, as its feature writes it; empty for what every organization has. */
    scope: text('scope').notNull(),
    destination: text('destination').notNull(),
    payload: jsonb('payload').$type<Record<string, unknown>>().notNull(),
    rule: jsonb('rule').$type<ScheduleRule>().notNull(),
    /** Null: the organization's. */
    timeZone: text('time_zone'),
    nextRunAt: instant('next_run_at').notNull(),
    /** The local day that run counts for. */
    nextOn: date('next_on', { mode: 'string' }).notNull(),
    lastRunAt: instant('last_run_at'),
    /** The last run before some were missed; null: none was. */
    missedSince: instant('missed_since'),
    pausedAt: instant('paused_at'),
    pausedReason: text('paused_reason'),
    createdBy: uuid('created_by'),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    index('schedules_due').on(table.nextRunAt).where(sql`paused_at is null`),
    uniqueIndex('schedules_one').on(table.orgId, table.job, table.scope, table.destination),
    index('schedules_destination').on(table.orgId, table.destination),
  ],
  { relay: true },
);

/** Runs that were claimed: whoever inserts the row queues the job. */
export const scheduleRuns = scopedTable(
  'schedule_runs',
  {
    job: text('job').notNull(),
    scope: text('scope').notNull(),
    /** The local day; of rules in minutes the instant. */
    slot: text('slot').notNull(),
    destination: text('destination').notNull(),
    at: instant('at').notNull(),
    isLate: boolean('is_late').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.orgId, table.job, table.scope, table.slot, table.destination] }),
    index('schedule_runs_at').on(table.orgId, table.at),
  ],
  { relay: true },
);
