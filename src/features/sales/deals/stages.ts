import { AppError } from '../../../kernel/errors.ts';
import { command } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { stagesOf } from '../pipelines/api.ts';
import { t } from './messages.ts';

/**
 * The stage, or the first one when none is named or it has been removed from the pipeline. Throws AppError `rule`
 * in an organization without stages.
 */
export async function liveStageId(ctx: Ctx, stageId?: string): Promise<string> {
  const stages = await stagesOf(ctx);
  const stage = stages.find(({ id }) => id === stageId) ?? stages[0];
  if (!stage)
    throw new AppError(
      'rule',
      t('no-stages', { line: command('stages add qualify 10% 14d', '销售阶段 新增 评估 10% 14天') }),
    );
  return stage.id;
}
