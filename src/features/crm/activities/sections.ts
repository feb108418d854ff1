import type { Ctx } from '../../../runtime/context.ts';
import type { RecordMerge, RecordSection } from '../../../runtime/feature.ts';
import { changeRecord } from '../../../store/records.ts';
import { repointRecords } from '../../../store/repoint.ts';
import { timelineRow } from './cards.ts';
import { t } from './messages.ts';
import { alsoMetIn, type TimelineSubject, timeline } from './queries.ts';
import { activityRecord } from './record.ts';

const shown = 5;

const subjects: Record<string, (id: string) => TimelineSubject> = {
  account: (accountId) => ({ accountId }),
  deal: (dealId) => ({ dealId }),
  lead: (leadId) => ({ leadId }),
  contact: (contactId) => ({ contactId }),
};

/** What was said lately, on the card of every record that people talk about. */
export const timelines: readonly RecordSection[] = Object.entries(subjects).map(([kind, subject]) => ({
  kind,
  order: 60,
  async blocks(ctx, id) {
    const entries = await timeline(ctx, subject(id), shown);
    if (entries.length === 0) return [];
    const rows = entries.map((entry) => timelineRow(entry, ctx.read.timeZone));
    return [
      { t: 'heading', of: t('timeline') },
      { t: 'rows', rows },
    ];
  },
}));

/** History follows a customer or a person into another record. */
export const followMerges: readonly RecordMerge[] = (
  [
    ['account', 'accountId'],
    ['contact', 'contactId'],
  ] as const
).map(([kind, column]) => ({
  kind,
  async move(ctx, fromId, intoId) {
    const moved = await repointRecords(ctx, activityRecord, column, fromId, intoId);
    const count = moved + (kind === 'contact' ? await repointOthers(ctx, fromId, intoId) : 0);
    return count > 0 ? t('moved', { count }) : undefined;
  },
}));

/** Somebody who was among the others; of two who are one now each activity names one. */
async function repointOthers(ctx: Ctx, fromId: string, intoId: string): Promise<number> {
  const rows = await alsoMetIn(ctx, fromId);
  for (const row of rows) {
    const others = (row.alsoMetIds ?? []).map((id) => (id === fromId ? intoId : id));
    const left = [...new Set(others)].filter((id) => id !== row.contactId);
    await changeRecord(ctx, activityRecord, row, { alsoMetIds: left.length === 0 ? null : left });
  }
  return rows.length;
}
