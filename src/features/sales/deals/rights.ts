import { AppError } from '../../../kernel/errors.ts';
import { day, type Inline, record } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { requireRecord } from '../../../store/records.ts';
import { requireWrite } from '../../org/members/api.ts';
import { t } from './messages.ts';
import type { DealView } from './model.ts';
import { numberOf, readDeal } from './queries.ts';
import { type DealRow, dealRecord } from './record.ts';

/** How people name a deal that was read. */
export function labelOf(row: Pick<DealRow, 'number' | 'name'>): Inline {
  return record(numberOf(row), row.name);
}

/** The deal, if the actor may change it: owner, manager above, admin. Throws AppError. */
export async function writable(ctx: Ctx, id: string, doing?: Inline): Promise<DealRow> {
  const row = await requireRecord(ctx, dealRecord, id);
  await requireWrite(ctx, {
    ownerId: row.ownerId,
    label: labelOf(row),
    ...(doing === undefined ? {} : { doing }),
  });
  return row;
}

/** The same, refusing what is archived. */
export async function writableLive(ctx: Ctx, id: string, doing?: Inline): Promise<DealRow> {
  const row = await writable(ctx, id, doing);
  if (row.archivedAt !== null) {
    throw new AppError('rule', t('is-archived', { record: labelOf(row) }), {
      waysOut: [{ label: t('restore'), action: 'deals.restore', input: { deal: numberOf(row) } }],
    });
  }
  return row;
}

/** The same, refusing what is won or lost. */
export async function writableOpen(ctx: Ctx, id: string, doing?: Inline): Promise<DealRow> {
  const row = await writableLive(ctx, id, doing);
  refuseClosed(row);
  return row;
}

/** Throws AppError `rule` for a deal that is won or lost, with the way to reopen it. */
export function refuseClosed(row: DealRow): void {
  if (row.status === 'open') return;
  const on = row.closedOn === null ? '' : day(row.closedOn);
  throw new AppError('rule', t('is-closed', { record: labelOf(row), status: row.status, on }), {
    waysOut: [{ label: t('reopen'), action: 'deals.reopen', input: { deal: numberOf(row) } }],
  });
}

/** One deal for an output. Throws AppError `not_found`. */
export async function requireDealView(ctx: Ctx, id: string): Promise<DealView> {
  const view = await readDeal(ctx, id);
  if (!view) throw new AppError('not_found', t('gone'));
  return view;
}
