import { dayIn } from '../../../kernel/dates.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Money } from '../../../kernel/money.ts';
import { nameKey } from '../../../kernel/names.ts';
import { command } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { createRecord } from '../../../store/records.ts';
import { readAccount, setSalesState } from '../../crm/accounts/api.ts';
import { stagesOf } from '../pipelines/api.ts';
import { dealCreated } from './events.ts';
import { t } from './messages.ts';
import { numberOf } from './queries.ts';
import { type DealRow, dealRecord } from './record.ts';

export { dealCreated, dealLost, dealMoved, dealReassigned, dealWon } from './events.ts';
export type { DealStatus, DealView } from './model.ts';
export { numberOf, openDealsOfAccount, readDeal } from './queries.ts';
export type { DealRow } from './record.ts';

export interface NewDeal {
  name: string;
  ownerId: string | null;
  accountId?: string | null;
  leadId?: string | null;
  productId?: string | null;
  /** Default: the first stage. */
  stageId?: string;
  amount?: Money | null;
  /** Expected close. */
  closeOn?: string | null;
  /** Default: the organization's today. */
  engageOn?: string | null;
  note?: string | null;
}

/**
 * Opens a deal in the first stage unless another is named; its customer becomes an opportunity. Emits
 * deals.created. Throws AppError `rule` in an organization without stages.
 */
export async function createDeal(ctx: Ctx, deal: NewDeal): Promise<DealRow> {
  const stageId = deal.stageId ?? (await stagesOf(ctx))[0]?.id;
  if (!stageId) throw new AppError('rule', t('no-stages', { line: command('stages add qualify 10% 14d') }));
  const row = await createRecord(ctx, dealRecord, {
    name: deal.name,
    nameKey: nameKey(deal.name),
    accountId: deal.accountId ?? null,
    leadId: deal.leadId ?? null,
    productId: deal.productId ?? null,
    ownerId: deal.ownerId,
    stageId,
    stageEnteredAt: ctx.now,
    status: 'open',
    amountMinor: deal.amount?.amountMinor ?? null,
    currency: deal.amount?.currency ?? null,
    engageOn: deal.engageOn === undefined ? dayIn(ctx.now, ctx.org.timeZone) : deal.engageOn,
    closeOn: deal.closeOn ?? null,
    note: deal.note ?? null,
  });
  if (row.accountId !== null) await becomesOpportunity(ctx, row, row.accountId);
  ctx.emit(dealCreated, { dealId: row.id, accountId: row.accountId, ownerId: row.ownerId });
  return row;
}

/**
 * A customer with an open deal is an opportunity. One that has bought already stays what it is: it may have new
 * deals without going back.
 */
export async function becomesOpportunity(
  ctx: Ctx,
  deal: Pick<DealRow, 'number'>,
  accountId: string,
): Promise<void> {
  const account = await readAccount(ctx, accountId);
  if (account?.salesState === 'to-identify' || account?.salesState === 'potential') {
    await setSalesState(ctx, accountId, 'opportunity', `${numberOf(deal)} opened`);
  }
}
