import type { Ctx } from '../../../runtime/context.ts';
import { defineLookup, type LookupOption } from '../../../runtime/lookup.ts';
import { findByKey } from '../../../store/find.ts';
import { memberNames } from '../../org/members/api.ts';
import { t } from './messages.ts';
import { numberOf } from './queries.ts';
import { type LeadRow, leadRecord } from './record.ts';

/** A lead by number, id or company. Told apart by owner: whoever may not see the rest sees that much. */
export const leadLookup = defineLookup({
  kind: 'lead',
  label: t('lead'),
  resolve: (ctx, text) => options(ctx, text, 6),
  search: (ctx, query, limit) => options(ctx, query, limit),
});

async function options(ctx: Ctx, text: string, limit: number): Promise<LookupOption[]> {
  const rows = (await findByKey(ctx, leadRecord, text, limit)) as LeadRow[];
  const names = await memberNames(
    ctx,
    rows.map((row) => row.ownerId),
  );
  return rows.map((row) => ({
    ref: { kind: 'lead', id: row.id, key: numberOf(row), label: row.company },
    detail: (row.ownerId !== null && names.get(row.ownerId)) || t('no-owner'),
    isClosed: row.state === 'opportunity' || row.state === 'dropped',
  }));
}
