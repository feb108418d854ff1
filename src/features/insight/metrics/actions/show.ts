import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { dayIn, endOf, startOf } from '../../../../kernel/dates.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { memberOf } from '../../../../runtime/context.ts';
import { scopeOf } from '../../../sales/deals/api.ts';
import { levelOf } from '../../../sales/targets/api.ts';
import { metricsCard } from '../cards.ts';
import { deciderHints, processFigures } from '../figures.ts';
import { t } from '../messages.ts';
import { metricsView } from '../model.ts';

const peoplePerPage = 10;

export const show = defineAction({
  name: 'metrics.show',
  title: t('title'),
  summary: t('summary'),
  effect: 'read',
  input: z.strictObject({
    owner: f.person(t('owner')).optional(),
    period: f.span(t('period'), { placeholder: 'last week', past: true }).optional(),
    group: f.ref('unit', t('group')).optional(),
    whole: f
      .oneOf(t('whole'), [
        { value: 'team', label: t('own-team'), words: ['my-team', 'our-team', '团队', '本团队', '全队'] },
      ])
      .optional(),
    page: f.number(t('page'), { min: 1, max: 1000 }).optional(),
  }),
  output: metricsView,
  roles: internalRoles,
  form: 'never',
  hidden: ['page'],
  command: {
    verb: 'metrics',
    aliases: ['过程指标', '指标'],
    args: ['owner', 'whole', 'period'],
    keys: {
      owner: 'owner',
      负责人: 'owner',
      group: 'group',
      region: 'group',
      branch: 'group',
      团队: 'group',
      组: 'group',
      大区: 'group',
      分公司: 'group',
    },
    group: 'manager',
    examples: {
      en: [
        'metrics week',
        'metrics me month',
        'metrics team',
        'metrics @wang last week',
        'metrics branch:East week',
      ],
      'zh-CN': [
        '过程指标 本周',
        '过程指标 我 本月',
        '过程指标 团队',
        '过程指标 @王磊 上周',
        '过程指标 分公司:East 本周',
      ],
    },
  },
  example: { as: 'manager', input: {} },

  async run(ctx, { owner, period: asked, group, whole, page: askedPage = 1 }) {
    const { timeZone } = ctx.read;
    const today = dayIn(ctx.now, timeZone);
    const period = asked ?? { from: startOf('week', today), to: endOf('week', today) };
    // Everybody of the own team is what a rep may see of the figures; without a word for it they see their own.
    const isWhole = whole !== undefined && !owner && !group;
    const { owners, scope } = await (isWhole ? scopeOf(ctx, {}) : levelOf(ctx, { owner, group }));
    const whose = 'all' in owners ? owners : { ids: owners.ids };
    const { total, people } = await processFigures(ctx, { whose, period, timeZone });
    const pages = Math.max(1, Math.ceil(people.length / peoplePerPage));
    const page = Math.min(askedPage, pages);
    const own = scope.kind === 'own' ? memberOf(ctx).memberId : undefined;
    return {
      scope,
      asked: {
        ...((owner ?? own) ? { owner: owner?.id ?? own } : {}),
        ...(group ? { group: group.key } : {}),
        ...(scope.kind === 'team' && scope.name !== null ? { group: scope.name } : {}),
      },
      period,
      isRunning: period.from <= today && today < period.to,
      total,
      people: people.slice((page - 1) * peoplePerPage, page * peoplePerPage),
      hints: await deciderHints(ctx, people, { period, timeZone }),
      page,
      pages,
    };
  },
  present: metricsCard,
});
