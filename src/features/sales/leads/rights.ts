import { AppError } from '../../../kernel/errors.ts';
import { type Inline, record } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { requireRecord } from '../../../store/records.ts';
import { requireWrite } from '../../org/members/api.ts';
import { t } from './messages.ts';
import type { LeadView } from './model.ts';
import { numberOf, readLead } from './queries.ts';
import { type LeadRow, leadRecord } from './record.ts';

/** How people name a lead that was read. */
export function labelOf(row: LeadRow): Inline {
  return record(numberOf(row), row.company);
}

/** The lead, if the actor may change it: owner, manager above, admin. Throws AppError. */
export async function writable(ctx: Ctx, id: string): Promise<LeadRow> {
  const row = await requireRecord(ctx, leadRecord, id);
  await requireWrite(ctx, { ownerId: row.ownerId, label: labelOf(row) });
  return row;
}

/** The same, refusing what is archived. */
export async function writableLive(ctx: Ctx, id: string): Promise<LeadRow> {
  const row = await writable(ctx, id);
  if (row.archivedAt === null) return row;
  throw new AppError('rule', t('is-archived', { record: labelOf(row) }), {
    waysOut: [{ label: t('restore'), action: 'leads.restore', input: { lead: numberOf(row) } }],
  });
}

/** One lead for an output. Throws AppError `not_found`. */
export async function requireView(ctx: Ctx, id: string): Promise<LeadView> {
  const view = await readLead(ctx, id);
  if (!view) throw new AppError('not_found', t('gone'));
  return view;
}

/** Work on a lead that became a deal goes on at the deal. */
export async function becameDeal(ctx: Ctx, row: LeadRow): Promise<AppError> {
  const { deal } = await requireView(ctx, row.id);
  return new AppError(
    'rule',
    t('became-deal', {
      record: labelOf(row),
      deal: deal ? record(deal.number, deal.name) : t('a-deal'),
    }),
    deal ? { waysOut: [{ label: t('open-it'), action: 'deals.show', input: { deal: deal.number } }] } : {},
  );
}
