import { z } from 'zod';
import { approvalView } from '../../org/approvals/api.ts';
import { amountView } from '../../sales/deals/api.ts';

export const discountAnswer = z.strictObject({
  /** `granted`: nobody had to decide. */
  state: z.enum(['granted', 'pending']),
  deal: z.strictObject({ number: z.string(), name: z.string() }),
  /** What it is on; null: on the amount of the deal. */
  quote: z.strictObject({ number: z.string(), version: z.int() }).nullable(),
  percentBasisPoints: z.int(),
  /** Before any discount. */
  base: amountView,
  result: amountView,
  /** For managers, finance and admins only, and where it is known. */
  marginBasisPoints: z.int().nullable(),
  /** Up to this nobody has to decide, whatever else holds; null: there is no such bound. */
  freeUpToBasisPoints: z.int().nullable(),
  approval: approvalView.nullable(),
});
export type DiscountAnswer = z.infer<typeof discountAnswer>;
