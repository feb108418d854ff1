import type { Ctx } from '../../../runtime/context.ts';
import { readDeal } from './queries.ts';

/** The stored amount of the deal a form is about. */
export async function knownAmount(ctx: Ctx, raw: Record<string, unknown>): Promise<Record<string, unknown>> {
  if (typeof raw.deal !== 'string') return {};
  const { id } = await ctx.resolve(['deal'], raw.deal);
  const amount = (await readDeal(ctx, id))?.amount;
  return amount ? { amount } : {};
}
