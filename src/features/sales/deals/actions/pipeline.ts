import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { dayIn } from '../../../../kernel/dates.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { stagesOf } from '../../pipelines/api.ts';
import { funnelCard } from '../funnel-cards.ts';
import { groupsOf } from '../funnel-groups.ts';
import { filterFields, filterKeys, filterOf, filtersSaid } from '../funnel-input.ts';
import { funnelView } from '../funnel-model.ts';
import { countStages } from '../funnel-queries.ts';
import { outcomeOf, stageFiguresOf } from '../funnel-rules.ts';
import { scopeOf } from '../funnel-scope.ts';
import { t } from '../messages.ts';

const weekMs = 7 * 86_400_000;

export const pipeline = defineAction({
  name: 'deals.pipeline',
  title: t('pipeline-title'),
  summary: t('pipeline-summary'),
  effect: 'read',
  input: z.strictObject({
    ...filterFields(),
    by: f
      .oneOf(t('by'), [
        { value: 'stage', label: t('by-stage'), words: ['stages', '阶段', '销售阶段'] },
        { value: 'owner', label: t('by-owner'), words: ['rep', 'reps', 'owners', '负责人', '销售'] },
        { value: 'group', label: t('by-group'), words: ['team', 'teams', 'groups', '团队', '组', '小组'] },
        {
          value: 'region',
          label: t('by-region'),
          words: ['branch', 'branches', 'regions', '大区', '分公司', '区域'],
        },
        { value: 'product', label: t('by-product'), words: ['products', '产品'] },
        {
          value: 'account',
          label: t('by-account'),
          words: ['accounts', 'customer', 'customers', '客户'],
        },
      ])
      .optional(),
  }),
  output: funnelView,
  roles: internalRoles,
  form: 'never',
  hidden: ['direct', 'page'],
  command: {
    verb: 'pipeline',
    aliases: ['漏斗', '销售漏斗', 'funnel'],
    args: ['owner', 'span'],
    keys: { ...filterKeys, by: 'by', 按: 'by' },
    group: 'manager',
    examples: {
      en: [
        'pipeline',
        'pipeline @wang',
        'pipeline group:East by:owner',
        'pipeline stage:quote',
        'pipeline q4 by:product',
      ],
      'zh-CN': ['漏斗', '漏斗 @王磊', '漏斗 团队:East 按:负责人', '漏斗 阶段:报价', '漏斗 第四季度 按:产品'],
    },
    top: 7,
  },
  example: { as: 'manager', input: { by: 'owner' } },

  async run(ctx, { by: asked, page = 1, ...input }) {
    const today = dayIn(ctx.now, ctx.read.timeZone);
    const { owners, scope } = await scopeOf(ctx, input);
    const filter = filterOf(input, owners, today);
    // A funnel of one stage says nothing; who works in it does.
    const by = asked ?? (input.stage ? 'owner' : null);
    const [stages, rows] = await Promise.all([
      stagesOf(ctx),
      countStages(ctx, filter, new Date(ctx.now.getTime() - weekMs)),
    ]);
    const { groups, groupCount } = by ? await groupsOf(ctx, by, filter, rows) : { groups: [], groupCount: 0 };
    const outcome = outcomeOf(rows);
    const shown = input.stage ? stages.filter(({ id }) => id === input.stage?.id) : stages;
    return {
      scope,
      filters: await filtersSaid(ctx, input, stages),
      period: filter.period,
      isSpan: filter.isSpan,
      count: outcome.openCount + outcome.wonCount + outcome.lostCount,
      ...outcome,
      ...stageFiguresOf(shown, rows),
      by,
      groups,
      groupCount,
      page,
    };
  },
  present: funnelCard,
});
