import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { dayIn } from '../../../../kernel/dates.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { stagesOf } from '../../pipelines/api.ts';
import { filterFields, filterKeys, filterOf, filtersSaid } from '../funnel-input.ts';
import { dealList } from '../funnel-model.ts';
import { countDeals, pageOfDeals } from '../funnel-queries.ts';
import { amountsOf, sumsOf } from '../funnel-rules.ts';
import { scopeOf } from '../funnel-scope.ts';
import { listCard } from '../list-card.ts';
import { t } from '../messages.ts';
import { dealStatuses } from '../model.ts';
import { countReasons } from '../reason-queries.ts';
import { statusTexts } from '../words.ts';

const rows = 10;
const mostReasons = 5;

const statusWords: Record<(typeof dealStatuses)[number], string[]> = {
  open: ['进行中'],
  won: ['赢单', '成单'],
  lost: ['输单', '丢单'],
};

export const list = defineAction({
  name: 'deals.list',
  title: t('list-title'),
  summary: t('list-summary'),
  effect: 'read',
  input: z.strictObject({
    status: f
      .oneOf(
        t('status'),
        dealStatuses.map((value) => ({ value, label: statusTexts[value], words: statusWords[value] })),
      )
      .optional(),
    ...filterFields(),
  }),
  output: dealList,
  roles: internalRoles,
  form: 'never',
  hidden: ['direct', 'page'],
  command: {
    verb: 'deals',
    aliases: ['商机', '我的商机', '商机列表'],
    args: ['owner', 'status', 'span'],
    keys: { ...filterKeys, status: 'status', 状态: 'status' },
    group: 'deals',
    examples: {
      en: ['deals', 'deals me', 'deals won q4', 'deals stage:quote'],
      'zh-CN': ['商机', '商机 我', '商机 赢单 第四季度', '商机 阶段:报价'],
    },
  },
  example: { as: 'rep', input: {} },

  async run(ctx, { status = 'open', page: asked = 1, ...input }) {
    const { owners, scope } = await scopeOf(ctx, input);
    const filter = filterOf(input, owners, dayIn(ctx.now, ctx.read.timeZone));
    const [counted, stages] = await Promise.all([countDeals(ctx, filter, status), stagesOf(ctx)]);
    const count = counted.reduce((sum, row) => sum + row.count, 0);
    const pages = Math.max(1, Math.ceil(count / rows));
    const page = Math.min(asked, pages);
    const deals = await pageOfDeals(ctx, filter, status, { limit: rows, offset: (page - 1) * rows });
    return {
      scope,
      filters: await filtersSaid(ctx, input, stages),
      status,
      period: filter.period,
      isSpan: filter.isSpan,
      count,
      amounts: amountsOf(sumsOf(counted)),
      withoutAmount: counted.reduce((sum, row) => sum + row.withoutAmount, 0),
      reasons: status === 'open' ? [] : await countReasons(ctx, filter, status, mostReasons),
      deals,
      page,
      pages,
    };
  },
  present: listCard,
});
