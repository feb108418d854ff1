import { z } from 'zod';

/** A stage as actions give it out; `key` is what people type for it. */
export const stageView = z.strictObject({
  key: z.string(),
  name: z.string(),
  nameZh: z.string(),
  probabilityBasisPoints: z.int(),
  normalDays: z.int(),
});
export type StageView = z.infer<typeof stageView>;

/** A stage as other features work with it; lists of them are in pipeline order. */
export interface Stage extends StageView {
  id: string;
  position: number;
}
