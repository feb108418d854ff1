import { AppError } from '../../../kernel/errors.ts';
import { formatNumber } from '../../../kernel/ids.ts';
import { type Inline, record } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { requireSight, requireWrite } from '../../org/members/api.ts';
import { t } from './messages.ts';
import { type DealFacts, type FoundQuote, readDealFacts, readQuote } from './queries.ts';
import { labelOf } from './terms.ts';

/** The quote with its deal. Throws AppError `not_found`. */
export async function requireQuote(ctx: Ctx, id: string): Promise<FoundQuote> {
  const found = await readQuote(ctx, id);
  if (!found) throw new AppError('not_found', t('gone'));
  return found;
}

/** The same, if the actor may change it: owner of the deal, manager above, admin. Throws AppError. */
export async function writableQuote(ctx: Ctx, id: string, doing?: Inline): Promise<FoundQuote> {
  const found = await requireQuote(ctx, id);
  await requireWrite(ctx, {
    ownerId: found.deal.ownerId,
    label: labelOf(found.quote),
    ...(doing === undefined ? {} : { doing }),
  });
  return found;
}

/** The same, if the actor may see all of it: whoever sees the deal. Throws AppError. */
export async function visibleQuote(ctx: Ctx, id: string): Promise<FoundQuote> {
  const found = await requireQuote(ctx, id);
  await requireSight(ctx, { kind: 'deal', ownerId: found.deal.ownerId, label: labelOf(found.quote) });
  return found;
}

/** The deal, if the actor may quote it: it is open and theirs. Throws AppError. */
export async function quotableDeal(ctx: Ctx, dealId: string): Promise<DealFacts> {
  const deal = await readDealFacts(ctx, dealId);
  if (!deal) throw new AppError('not_found', t('gone'));
  await requireWrite(ctx, { ownerId: deal.ownerId, label: dealLabel(deal), doing: t('doing-quote') });
  requireOpen(deal);
  return deal;
}

export function dealNumber({ number }: Pick<DealFacts, 'number'>): string {
  return formatNumber('deal', number);
}

export function dealLabel(deal: Pick<DealFacts, 'number' | 'name'>): Inline {
  return record(dealNumber(deal), deal.name);
}

/** Throws AppError `rule` for a deal that is closed or archived, with the way to open it again. */
export function requireOpen(deal: DealFacts): void {
  const input = { deal: dealNumber(deal) };
  if (deal.archivedAt !== null) {
    throw new AppError('rule', t('deal-archived', { record: dealLabel(deal) }), {
      waysOut: [{ label: t('restore'), action: 'deals.restore', input }],
    });
  }
  if (deal.status !== 'open') {
    throw new AppError('rule', t('deal-closed', { record: dealLabel(deal), status: deal.status }), {
      waysOut: [{ label: t('reopen'), action: 'deals.reopen', input }],
    });
  }
}
