import type { Ctx } from '../../../runtime/context.ts';
import { on } from '../../../runtime/event.ts';
import { reviewSubjects } from '../../org/approvals/api.ts';
import { changesUndone } from '../../org/audit/api.ts';
import { dealChanged, dealLost, dealReassigned, dealWon } from '../../sales/deals/api.ts';
import { quoteChanged, quoteTerms } from '../quotes/api.ts';

const reviewDeal = (ctx: Ctx, { dealId }: { dealId: string }) => reviewSubjects(ctx, 'discount', [dealId]);

/** A request whose terms have changed is overtaken at once, not only when somebody decides on it. */
export const discountSubscriptions = [
  on(dealChanged, 'discounts.deal-changed', reviewDeal),
  on(dealWon, 'discounts.deal-won', reviewDeal),
  on(dealLost, 'discounts.deal-lost', reviewDeal),
  on(dealReassigned, 'discounts.deal-reassigned', reviewDeal),
  on(quoteChanged, 'discounts.quote-changed', reviewDeal),
  on(changesUndone, 'discounts.undone', async (ctx, { records }) => {
    const dealIds = new Set<string>();
    for (const { kind, id } of records) {
      if (kind === 'deal') dealIds.add(id);
      const quote = kind === 'quote' ? await quoteTerms(ctx, id) : undefined;
      if (quote) dealIds.add(quote.dealId);
    }
    await reviewSubjects(ctx, 'discount', [...dealIds]);
  }),
];
