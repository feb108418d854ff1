import { defineRecord } from '../../../store/records.ts';
import { members, units } from '../../../store/tables/people.ts';

export const memberRecord = defineRecord({
  kind: 'member',
  table: members,
  label: (row) => String(row.name),
});

export const unitRecord = defineRecord({
  kind: 'unit',
  table: units,
  label: (row) => String(row.name),
});

export type MemberRow = typeof members.$inferSelect;
export type UnitRow = typeof units.$inferSelect;
