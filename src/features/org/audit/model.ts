import { z } from 'zod';
import { inlineShape } from '../../../view/card.ts';

/** One field of one record, from one value to another. */
export const fieldChange = z.strictObject({
  /** Column name; `label` is what people call it. */
  field: z.string(),
  label: inlineShape,
  from: inlineShape,
  to: inlineShape,
});
export type FieldChange = z.infer<typeof fieldChange>;

/** What happened to one record. */
export const changedRecord = z.strictObject({
  kind: z.string(),
  number: z.string().nullable(),
  label: z.string(),
  op: z.enum(['create', 'update', 'archive', 'restore']),
  /** Undone is that it was made. */
  wasCreated: z.boolean(),
  fields: z.array(fieldChange),
});
export type ChangedRecord = z.infer<typeof changedRecord>;

export const undone = z.strictObject({
  /** `undefined`: there was nothing to undo. */
  line: z.string().nullable(),
  records: z.array(changedRecord),
  /** What followed from it and stays nevertheless (a request that was overtaken), as it stands now. */
  stay: z.array(
    z.strictObject({
      kind: z.string(),
      number: z.string().nullable(),
      label: z.string(),
      /** Where it stands, as people say it. */
      state: inlineShape.nullable(),
    }),
  ),
  /** Messages that were still waiting and will not be sent. */
  cancelled: z.int(),
  /** Messages that are out and stay. */
  sent: z.int(),
});
export type Undone = z.infer<typeof undone>;

export const history = z.strictObject({
  /** What finds the record again. */
  key: z.string(),
  number: z.string().nullable(),
  label: z.string(),
  kind: z.string(),
  entries: z.array(
    z.strictObject({
      at: z.string(),
      actor: z.string(),
      /** A subscriber or job, not a person. */
      isSystem: z.boolean(),
      platform: z.string(),
      action: z.string(),
      /** As it would be typed. */
      line: z.string().nullable(),
      op: z.enum(['create', 'update', 'archive', 'restore']),
      fields: z.array(fieldChange),
    }),
  ),
  page: z.int(),
  hasMore: z.boolean(),
});
export type History = z.infer<typeof history>;
