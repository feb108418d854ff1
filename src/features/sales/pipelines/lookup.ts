import { defineLookup, type LookupOption } from '../../../runtime/lookup.ts';
import { stagesOf } from './api.ts';
import { t } from './messages.ts';
import type { Stage } from './model.ts';
import { stagesNamed } from './rules.ts';

/** A stage of the pipeline by its key, its name in either language, or how one of them begins. */
export const stageLookup = defineLookup({
  kind: 'stage',
  label: t('stage'),
  isShort: true,
  async resolve(ctx, text) {
    const stages = await stagesOf(ctx);
    const byId = stages.find((stage) => stage.id === text);
    return (byId ? [byId] : stagesNamed(stages, text)).map((stage) => option(stage, ctx.read.locale));
  },
  async search(ctx, query, limit) {
    const stages = await stagesOf(ctx);
    const found = query.trim() === '' ? stages : stagesNamed(stages, query);
    return found.slice(0, limit).map((stage) => option(stage, ctx.read.locale));
  },
});

/** In Chinese a stage is typed by its Chinese name. */
function option({ id, key, name, nameZh }: Stage, locale: string): LookupOption {
  const isChinese = locale === 'zh-CN';
  return { ref: { kind: 'stage', id, key: isChinese ? nameZh : key, label: isChinese ? nameZh : name } };
}
