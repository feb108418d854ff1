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

export const changeKinds = ['add', 'set', 'rename', 'remove'] as const;
export type ChangeKind = (typeof changeKinds)[number];

export const stageList = z.strictObject({ stages: z.array(stageView) });
export type StageList = z.infer<typeof stageList>;

/** What a change of the pipeline did: the stage before and after, and the whole pipeline now. */
export const stageChange = z.strictObject({
  change: z.enum(changeKinds),
  before: stageView.nullable(),
  after: stageView.nullable(),
  /** Something differs now; a stage may also have only changed its place. */
  isChanged: z.boolean(),
  /** Open deals that moved out of a removed stage, and where to. */
  moved: z.strictObject({ deals: z.int(), to: stageView }).nullable(),
  stages: z.array(stageView),
});
export type StageChange = z.infer<typeof stageChange>;
