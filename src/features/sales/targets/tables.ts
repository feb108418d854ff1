import { bigint, char, date, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { orgTable } from '../../../store/org-table.ts';
import { recordColumns } from '../../../store/records.ts';

/** Won amount a person is to reach in a month. */
export const targets = orgTable(
  'targets',
  {
    memberId: uuid('member_id').notNull(),
    /** First day of the month. */
    monthOn: date('month_on').notNull(),
    amountMinor: bigint('amount_minor', { mode: 'bigint' }).notNull(),
    currency: char('currency', { length: 3 }).notNull(),
    ...recordColumns(),
  },
  (table) => [uniqueIndex('targets_month').on(table.orgId, table.memberId, table.monthOn, table.currency)],
);
