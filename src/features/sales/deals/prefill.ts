import { AppError } from '../../../kernel/errors.ts';
import type { Ctx } from '../../../runtime/context.ts';
import type { DealView } from './model.ts';
import { readDeal } from './queries.ts';

/**
 * The deal a form is about, as far as it is known. A name that fits none or several is no reason not to open the
 * form: the field itself says so.
 */
export async function dealMeant(ctx: Ctx, raw: Record<string, unknown>): Promise<DealView | undefined> {
  if (typeof raw.deal !== 'string') return undefined;
  try {
    const { id } = await ctx.resolve(['deal'], raw.deal);
    return await readDeal(ctx, id);
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

/** The stored amount of the deal a form is about. */
export async function knownAmount(ctx: Ctx, raw: Record<string, unknown>): Promise<Record<string, unknown>> {
  const amount = (await dealMeant(ctx, raw))?.amount;
  return amount ? { amount } : {};
}
