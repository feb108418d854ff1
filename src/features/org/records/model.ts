import { z } from 'zod';
import { inlineShape } from '../../../view/card.ts';

const foundRecord = z.strictObject({
  kind: z.string(),
  number: z.string(),
  name: z.string(),
  /** Customer of a deal or contact. */
  account: z.string().nullable(),
  owner: z.string().nullable(),
  /** Stage of an open deal, else the state; words of the reader's language. */
  state: inlineShape.nullable(),
  amount: z.strictObject({ amountMinor: z.string(), currency: z.string() }).nullable(),
  /** Somebody else's: only name, owner and stage are given. */
  isPartial: z.boolean(),
});
export type FoundRecord = z.infer<typeof foundRecord>;

/** What was asked for, as it can be asked again. */
const query = z.strictObject({
  text: z.string().optional(),
  owner: z.string().optional(),
  stage: z.string().optional(),
  state: z.string().optional(),
  kind: z.string().optional(),
});

export const foundRecords = z.strictObject({
  records: z.array(foundRecord),
  query,
  /** Name of the owner asked for. */
  owner: z.string().nullable(),
  page: z.int(),
  hasMore: z.boolean(),
});
export type FoundRecords = z.infer<typeof foundRecords>;

/** The generic verbs hand over to an action of the record's kind; the answer is that action's. */
export const forwarded = z.never();
