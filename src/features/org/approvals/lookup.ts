import type { Ctx } from '../../../runtime/context.ts';
import { defineLookup, type LookupOption } from '../../../runtime/lookup.ts';
import { t } from './messages.ts';
import { requireKind } from './process.ts';
import { approvalsById, approvalsCalled, askedBy, numberOf, waitingFor } from './queries.ts';
import type { ApprovalRow } from './record.ts';

/** A request by its number or id; type-ahead offers those the person has to do with. */
export const approvalLookup = defineLookup({
  kind: 'approval',
  label: t('approval'),
  resolve: async (ctx, text) => {
    const rows = await approvalsCalled(ctx, text);
    return rows.map((row) => optionOf(ctx, row));
  },
  async search(ctx, query, limit) {
    if (query.trim() !== '') {
      const rows = await approvalsCalled(ctx, query);
      return rows.map((row) => optionOf(ctx, row));
    }
    const { actor } = ctx;
    if (actor.kind !== 'member') return [];
    const ids = [
      ...(await waitingFor(ctx, actor.memberId, limit)),
      ...(await askedBy(ctx, actor.memberId, 'pending', limit)),
    ];
    const rows = await approvalsById(ctx, [...new Set(ids)].slice(0, limit));
    return rows.map((row) => optionOf(ctx, row));
  },
});

function optionOf(ctx: Ctx, row: ApprovalRow): LookupOption {
  const number = numberOf(row);
  const ref = { kind: 'approval', id: row.id, key: number, label: number };
  return { ref, detail: requireKind(ctx, row.kind).label };
}
