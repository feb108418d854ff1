import type { RecordLinks } from '../../../runtime/feature.ts';
import { readRecord } from '../../../store/records.ts';
import { approvalRecord } from './record.ts';

/** A request belongs to what it is about: its history, reasons included, is for those who see that. */
export const approvalLinks: RecordLinks = {
  kind: 'approval',
  async links(ctx, id) {
    const row = await readRecord(ctx, approvalRecord, id);
    return row ? { [row.subject.kind]: row.subjectId } : {};
  },
};
