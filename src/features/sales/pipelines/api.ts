import type { Inline } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import type { RecordContext } from '../../../store/changes.ts';
import { createRecord } from '../../../store/records.ts';
import { t } from './messages.ts';
import type { Stage, StageView } from './model.ts';
import { everyStage, liveStages, toStage } from './queries.ts';
import { stageRecord } from './record.ts';
import { defaultStages } from './rules.ts';

export type { Stage, StageView } from './model.ts';
export { stageView } from './model.ts';

/** The stages an open deal passes, in order. Never empty in an organization that was furnished. */
export async function stagesOf(ctx: Pick<Ctx, 'org' | 'tx'>): Promise<Stage[]> {
  return (await liveStages(ctx)).map(toStage);
}

/** The same with the stages that were removed, in which closed deals may still stand. */
export async function allStages(ctx: Pick<Ctx, 'org' | 'tx'>): Promise<Stage[]> {
  return (await everyStage(ctx)).map(toStage);
}

/** The stage by the name of the reader's language. */
export function stageName(stage: Pick<StageView, 'name' | 'nameZh'>): Inline {
  return t('stage-name', { name: stage.name, nameZh: stage.nameZh });
}

/** A stage as outputs carry it. */
export function viewOf({ id: _id, position: _position, ...view }: Stage): StageView {
  return view;
}

/** Gives a new organization the default pipeline. */
export async function seedStages(ctx: RecordContext): Promise<void> {
  for (const [position, { key, ...stage }] of defaultStages.entries()) {
    await createRecord(ctx, stageRecord, { ...stage, nameKey: key, position });
  }
}
