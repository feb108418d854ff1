import { jsonb, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import { scopedTable } from '../org-table.ts';

/** How people and channels were last reached on a platform that does not tell when asked (Teams). */
export const places = scopedTable(
  'places',
  {
    platform: text('platform').$type<'slack' | 'teams'>().notNull(),
    /** Team or tenant id. */
    installation: text('installation').notNull(),
    kind: text('kind').$type<'person' | 'channel'>().notNull(),
    externalId: text('external_id').notNull(),
    /** Understood by its platform only. */
    address: jsonb('address').$type<Record<string, string>>().notNull(),
    seenAt: timestamp('seen_at', { withTimezone: true }).notNull(),
    welcomedAt: timestamp('welcomed_at', { withTimezone: true }),
  },
  (table) => [
    primaryKey({
      columns: [table.orgId, table.platform, table.installation, table.kind, table.externalId],
    }),
  ],
);
