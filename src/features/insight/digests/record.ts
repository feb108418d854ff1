import { defineRecord } from '../../../store/records.ts';
import { t } from './messages.ts';
import { type digestRuns, digests } from './tables.ts';

export const digestRecord = defineRecord({
  kind: 'digest',
  table: digests,
  label: (row) => `digest ${row.kind}`,
  fieldLabels: { kind: t('kind'), rule: t('when'), unitId: t('group'), stoppedAt: t('stopped-field') },
});

export type DigestRow = typeof digests.$inferSelect;
export type RunRow = typeof digestRuns.$inferSelect;
