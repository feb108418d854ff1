import { dayIn } from '../../../kernel/dates.ts';
import { formatNumber } from '../../../kernel/ids.ts';
import type { Money } from '../../../kernel/money.ts';
import { nameKey } from '../../../kernel/names.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { changeRecord, createRecord, requireRecord } from '../../../store/records.ts';
import { noteDealChanged } from './changed.ts';
import { customerOfOpened } from './customer-state.ts';
import { dealCreated } from './events.ts';
import { moveStage } from './queries.ts';
import { type DealRow, dealRecord } from './record.ts';
import { liveStageId } from './stages.ts';

export { amountText } from './cards.ts';
export type { ListedDeal } from './digest-queries.ts';
export { dealRow, dealText, sumsText } from './digest-words.ts';
export {
  dealChanged,
  dealCreated,
  dealLost,
  dealMoved,
  dealPushed,
  dealReassigned,
  dealReopened,
  dealWon,
} from './events.ts';
export { scopeText } from './funnel-cards.ts';
export { type FunnelScope, funnelScope, longAgo } from './funnel-model.ts';
export { countStages, readChart } from './funnel-queries.ts';
export { amountsOf, type ChartUnit, chainOf, stageFiguresOf, unitOfMember } from './funnel-rules.ts';
export { type Scope, scopeOf } from './funnel-scope.ts';
export { type AmountView, amountView, type DealStatus, type DealView } from './model.ts';
export { numberOf, openDealsOfAccount, readDeal } from './queries.ts';
export type { DealRow } from './record.ts';
export { labelOf as dealLabel, writableOpen } from './rights.ts';
export { isStuck, weightedMinor } from './rules.ts';
export { reasonText } from './words.ts';

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
  /** Default: today. */
  engageOn?: string | null;
  note?: string | null;
}

/**
 * Opens a deal in the first stage unless another is named; its customer becomes an opportunity. Emits
 * deals.created. Throws AppError `rule` in an organization without stages.
 */
export async function createDeal(ctx: Ctx, deal: NewDeal): Promise<DealRow> {
  const row = await createRecord(ctx, dealRecord, {
    name: deal.name,
    nameKey: nameKey(deal.name),
    accountId: deal.accountId ?? null,
    leadId: deal.leadId ?? null,
    productId: deal.productId ?? null,
    ownerId: deal.ownerId,
    stageId: deal.stageId ?? (await liveStageId(ctx)),
    stageEnteredAt: ctx.now,
    status: 'open',
    amountMinor: deal.amount?.amountMinor ?? null,
    currency: deal.amount?.currency ?? null,
    engageOn: deal.engageOn === undefined ? dayIn(ctx.now, ctx.read.timeZone) : deal.engageOn,
    closeOn: deal.closeOn ?? null,
    note: deal.note ?? null,
  });
  await customerOfOpened(ctx, row);
  ctx.emit(dealCreated, { dealId: row.id, accountId: row.accountId, ownerId: row.ownerId });
  return row;
}

/**
 * Puts the open deals of a stage that goes away into another one, in one statement; each keeps the time it has
 * stood still. No progress of the deals, so nothing is announced. Answers how many.
 */
export async function moveOpenDeals(ctx: Ctx, fromStageId: string, toStageId: string): Promise<number> {
  const moved = await moveStage(ctx, fromStageId, toStageId);
  for (const { id, number, version } of moved) {
    ctx.changed({
      kind: dealRecord.kind,
      recordId: id,
      number: formatNumber('deal', number),
      op: 'update',
      version,
      before: { stageId: fromStageId },
      after: { stageId: toStageId },
    });
  }
  return moved.length;
}

/**
 * Gives a deal the amount something else settled (an accepted quote, a granted discount); nothing when it has it.
 * Rights are the caller's. Emits deals.changed.
 */
export async function setDealAmount(ctx: Ctx, dealId: string, amount: Money): Promise<DealRow> {
  const row = await requireRecord(ctx, dealRecord, dealId);
  const changed = await changeRecord(ctx, dealRecord, row, amount);
  noteDealChanged(ctx, row, changed);
  return changed;
}
