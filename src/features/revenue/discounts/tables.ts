import { bigint, char, index, integer, timestamp, uuid } from 'drizzle-orm/pg-core';
import { orgTable } from '../../../store/org-table.ts';
import { recordColumns } from '../../../store/records.ts';

/** Discounts that were granted: what the next one of the deal is measured by, and the next of the customer beside. */
export const discounts = orgTable(
  'discounts',
  {
    /** Null: nobody had to decide. */
    approvalId: uuid('approval_id'),
    dealId: uuid('deal_id').notNull(),
    /** Of the deal when it was granted. */
    accountId: uuid('account_id'),
    /** The quote it was granted on; null: on the amount of the deal. */
    quoteId: uuid('quote_id'),
    currency: char('currency', { length: 3 }).notNull(),
    /** Before any discount. */
    baseMinor: bigint('base_minor', { mode: 'bigint' }).notNull(),
    /** What is left to pay. */
    resultMinor: bigint('result_minor', { mode: 'bigint' }).notNull(),
    /** Of the base. */
    percentBasisPoints: integer('percent_basis_points').notNull(),
    grantedAt: timestamp('granted_at', { withTimezone: true }).notNull(),
    /** Whose word it was; null: nobody's, the rules'. */
    grantedById: uuid('granted_by_id'),
    ...recordColumns(),
  },
  (table) => [
    index('discounts_deal').on(table.orgId, table.dealId, table.grantedAt),
    index('discounts_account').on(table.orgId, table.accountId, table.grantedAt),
  ],
);
