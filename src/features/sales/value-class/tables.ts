import { bigint, char, date, uniqueIndex } from 'drizzle-orm/pg-core';
import { orgTable } from '../../../store/org-table.ts';
import { recordColumns } from '../../../store/records.ts';

/** From which won value on a customer is of class A or B; an organization has at most one, archived when switched off. */
export const valueClassRules = orgTable(
  'value_class_rules',
  {
    aFromMinor: bigint('a_from_minor', { mode: 'bigint' }).notNull(),
    bFromMinor: bigint('b_from_minor', { mode: 'bigint' }).notNull(),
    currency: char('currency', { length: 3 }).notNull(),
    /** When all customers were last classed by it. Bookkeeping, no change of the rule: Undo must not stumble over it. */
    appliedOn: date('applied_on'),
    ...recordColumns(),
  },
  (table) => [uniqueIndex('value_class_rules_one').on(table.orgId)],
);
