import { char, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { policies } from '../org-table.ts';

/**
 * Customer companies of this service: the unit of isolation. Its `org_id` is its own primary key, so the policy
 * of every other table holds here too.
 */
export const organizations = pgTable(
  'organizations',
  {
    orgId: uuid('org_id').primaryKey(),
    slug: text('slug').notNull().unique('organizations_slug'),
    name: text('name').notNull(),
    currency: char('currency', { length: 3 }).notNull(),
    timeZone: text('time_zone').notNull(),
    locale: text('locale').notNull().default('en'),
    /** ISO weekdays, 1 = Monday. */
    workdays: jsonb('workdays').$type<number[]>().notNull().default([1, 2, 3, 4, 5]),
    workdayStartsAt: text('workday_starts_at').notNull().default('09:00'),
    workdayEndsAt: text('workday_ends_at').notNull().default('18:00'),
    holidays: jsonb('holidays').$type<string[]>().notNull().default([]),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  },
  () => policies('organizations', { router: true, relay: 'read' }),
);
