import { defineRecord } from '../../../store/records.ts';
import { targets } from './tables.ts';

export const targetRecord = defineRecord({
  kind: 'target',
  table: targets,
  label: (row) => String(row.monthOn),
});
