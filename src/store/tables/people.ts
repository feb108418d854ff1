import { index, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { Role } from '../../kernel/context.ts';
import { orgTable } from '../org-table.ts';
import { recordColumns } from '../records.ts';

/** Regional offices and teams. A manager has one team named after them; a team may lie in a region. */
export const units = orgTable('units', {
  kind: text('kind').$type<'region' | 'team'>().notNull(),
  name: text('name').notNull(),
  parentId: uuid('parent_id'),
  managerId: uuid('manager_id'),
  ...recordColumns(),
});

/** People in the CRM. `unlinked`: known from an import only, nobody has come to claim the name yet. */
export const members = orgTable(
  'members',
  {
    name: text('name').notNull(),
    /** Lower case. */
    email: text('email'),
    roles: text('roles').array().$type<Role[]>().notNull(),
    unitId: uuid('unit_id'),
    reportsTo: uuid('reports_to'),
    locale: text('locale').notNull().default('en'),
    timeZone: text('time_zone').notNull(),
    status: text('status').$type<'unlinked' | 'active' | 'left'>().notNull(),
    ...recordColumns(),
  },
  (table) => [
    index('members_unit').on(table.orgId, table.unitId),
    index('members_reports_to').on(table.orgId, table.reportsTo),
    uniqueIndex('members_external').on(table.orgId, table.source, table.externalId),
  ],
);

/** A connected Slack workspace or Teams tenant. */
export const installations = orgTable(
  'installations',
  {
    platform: text('platform').$type<'slack' | 'teams'>().notNull(),
    /** Team or tenant id. */
    externalId: text('external_id').notNull(),
    name: text('name').notNull(),
    status: text('status').$type<'connected' | 'disconnected'>().notNull(),
    /** Encrypted; null in single-workspace mode and after an uninstall. */
    tokenCipher: text('token_cipher'),
    botUserId: text('bot_user_id'),
    installedBy: text('installed_by'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  },
  (table) => [uniqueIndex('installations_external').on(table.platform, table.externalId)],
  { router: true },
);

/** A member's account on one platform. */
export const identities = orgTable(
  'identities',
  {
    memberId: uuid('member_id').notNull(),
    platform: text('platform').$type<'slack' | 'teams'>().notNull(),
    installationId: uuid('installation_id').notNull(),
    /** Team or tenant id again, so that finding a visitor takes no join. */
    installationExternalId: text('installation_external_id').notNull(),
    externalUserId: text('external_user_id').notNull(),
    /**
     * `gone`: the platform says that nobody acts with it any more. `back`: it says that it is there again, and an admin
     * has yet to let it in. Both get nowhere.
     */
    state: text('state').$type<'active' | 'gone' | 'back'>().notNull().default('active'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  },
  (table) => [
    uniqueIndex('identities_external').on(
      table.orgId,
      table.platform,
      table.installationExternalId,
      table.externalUserId,
    ),
    index('identities_member').on(table.orgId, table.memberId),
  ],
  { router: true },
);

/** An account went from one member to another. Until then the two were one person, whatever they are afterwards. */
export const accountMoves = orgTable(
  'account_moves',
  {
    fromId: uuid('from_id').notNull(),
    toId: uuid('to_id').notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
  },
  (table) => [
    index('account_moves_from').on(table.orgId, table.fromId),
    index('account_moves_to').on(table.orgId, table.toId),
  ],
  { insertOnly: true },
);

/** Bearer keys of the REST interface; only a SHA-256 of the key is kept. */
export const apiKeys = orgTable(
  'api_keys',
  {
    memberId: uuid('member_id').notNull(),
    name: text('name').notNull(),
    keyHash: text('key_hash').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    revokedAt: timestamp('revoked_at', { withTimezone: true }),
  },
  (table) => [uniqueIndex('api_keys_hash').on(table.keyHash)],
  { router: true },
);
