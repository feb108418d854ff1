import { boolean, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { orgTable } from '../org-table.ts';

/** Browsers that came in by a one-time link; only a SHA-256 of the cookie's secret is kept. */
export const sessions = orgTable(
  'sessions',
  {
    memberId: uuid('member_id').notNull(),
    hash: text('hash').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    endedAt: timestamp('ended_at', { withTimezone: true }),
  },
  (table) => [uniqueIndex('sessions_hash').on(table.hash)],
  { router: true },
);

/**
 * What is shown in one place and used once in another: `link` ties a chat account (and, if `mayConnect`, its whole
 * workspace or tenant) to a member, `open` starts a session of the web page. Only a SHA-256 is kept.
 */
export const oneTimeCodes = orgTable(
  'one_time_codes',
  {
    purpose: text('purpose').$type<'link' | 'open'>().notNull(),
    /** Null: made by an operator, for whoever is to become the first admin. */
    memberId: uuid('member_id'),
    mayConnect: boolean('may_connect').notNull(),
    hash: text('hash').notNull(),
    /** Where an `open` link leads, below the page's own address. */
    path: text('path'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    usedAt: timestamp('used_at', { withTimezone: true }),
  },
  (table) => [uniqueIndex('one_time_codes_hash').on(table.hash)],
  { router: true },
);

/** Stands where nobody knows the organization yet; nobody belongs to it. */
export const noOrganization = '00000000-0000-0000-0000-000000000000';

/**
 * Installations begun and not finished. While nobody knows which organization it will be, `org_id` is
 * `noOrganization`.
 */
export const oauthStates = orgTable(
  'oauth_states',
  {
    hash: text('hash').notNull(),
    /** SHA-256 of the secret in the cookie of the browser that began. */
    cookieHash: text('cookie_hash').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    usedAt: timestamp('used_at', { withTimezone: true }),
  },
  (table) => [uniqueIndex('oauth_states_hash').on(table.hash)],
  { router: true },
);
