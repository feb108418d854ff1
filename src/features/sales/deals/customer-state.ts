import type { Ctx } from '../../../runtime/context.ts';
import { readAccount, setSalesState } from '../../crm/accounts/api.ts';
import { numberOf, otherDealsOf } from './queries.ts';
import type { DealRow } from './record.ts';

type Deal = Pick<DealRow, 'id' | 'number' | 'accountId'>;

/**
 * The sales state of a customer follows its deals; the reason told is the deal's number, the same in every
 * language. Nothing happens for deals without a customer.
 *
 * A customer with an open deal is an opportunity. One that has bought stays what it is: it may have new deals
 * without going back.
 */
export async function customerOfOpened(ctx: Ctx, deal: Deal): Promise<void> {
  if (deal.accountId === null) return;
  const account = await readAccount(ctx, deal.accountId);
  if (account?.salesState === 'to-identify' || account?.salesState === 'potential') {
    await setSalesState(ctx, deal.accountId, 'opportunity', numberOf(deal));
  }
}

/** Whoever buys is to be delivered to, also one who bought before. */
export async function customerOfWon(ctx: Ctx, deal: Deal): Promise<void> {
  if (deal.accountId === null) return;
  await setSalesState(ctx, deal.accountId, 'order-customer', numberOf(deal));
}

/** An opportunity ends with its last open deal: there is something to nurture, nothing to push. */
export async function customerOfLost(ctx: Ctx, deal: Deal): Promise<void> {
  if (deal.accountId === null) return;
  const account = await readAccount(ctx, deal.accountId);
  if (account?.salesState !== 'opportunity') return;
  const others = await otherDealsOf(ctx, deal.accountId, deal.id);
  if (!others.hasOpen) await setSalesState(ctx, deal.accountId, 'potential', numberOf(deal));
}

/** A reopened win takes the order back, unless another one stands. */
export async function customerOfReopened(ctx: Ctx, deal: Deal, was: 'won' | 'lost'): Promise<void> {
  if (deal.accountId === null) return;
  if (was === 'lost') return customerOfOpened(ctx, deal);
  const account = await readAccount(ctx, deal.accountId);
  if (account?.salesState !== 'order-customer') return;
  const others = await otherDealsOf(ctx, deal.accountId, deal.id);
  if (!others.hasWon) await setSalesState(ctx, deal.accountId, 'opportunity', numberOf(deal));
}
