import { integer, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { keyText } from '../../../store/key-text.ts';
import { orgTable } from '../../../store/org-table.ts';
import { recordColumns } from '../../../store/records.ts';

/** Stages an open deal passes, in order. Won and lost are statuses, not stages. */
export const stages = orgTable(
  'stages',
  {
    /** What people type: `quote`. */
    nameKey: keyText('name_key').notNull(),
    name: text('name').notNull(),
    nameZh: text('name_zh').notNull(),
    position: integer('position').notNull(),
    probabilityBasisPoints: integer('probability_basis_points').notNull(),
    /** Longer than twice this is stuck. */
    normalDays: integer('normal_days').notNull(),
    ...recordColumns(),
  },
  (table) => [uniqueIndex('stages_key').on(table.orgId, table.nameKey)],
);
