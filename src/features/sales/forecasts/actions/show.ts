import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { dayIn, endOf, startOf } from '../../../../kernel/dates.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { levelField } from '../../targets/api.ts';
import { forecastCard } from '../cards.ts';
import { forecastOf } from '../figures.ts';
import { t } from '../messages.ts';
import { forecastView } from '../model.ts';
import { isWholeMonths } from '../rules.ts';

export const show = defineAction({
  name: 'forecasts.show',
  title: t('title'),
  summary: t('summary'),
  effect: 'read',
  input: z.strictObject({
    period: f.span(t('period'), { placeholder: 'q4' }).optional(),
    owner: f.person(t('owner')).optional(),
    group: f.ref('unit', t('group')).optional(),
    by: levelField().optional(),
    page: f.number(t('page'), { min: 1, max: 1000 }).optional(),
  }),
  output: forecastView,
  roles: internalRoles,
  form: 'never',
  hidden: ['page'],
  command: {
    verb: 'forecast',
    aliases: ['预测', '销售预测'],
    args: ['owner', 'period'],
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
      by: 'by',
      按: 'by',
    },
    group: 'manager',
    examples: {
      en: ['forecast', 'forecast q4', 'forecast nov @wang', 'forecast q4 group:East by:owner'],
      'zh-CN': ['预测', '预测 第四季度', '预测 11月 @王磊', '预测 第四季度 团队:East 按:负责人'],
    },
  },
  example: { as: 'manager', input: { by: 'person' } },

  async run(ctx, { period: asked, owner, group, by, page }) {
    const today = dayIn(ctx.now, ctx.read.timeZone);
    const month = { from: startOf('month', today), to: endOf('month', today) };
    const period = asked ?? month;
    if (!isWholeMonths(period)) {
      const message = t('not-months');
      const quarter = { from: startOf('quarter', today), to: endOf('quarter', today) };
      throw new AppError('invalid_input', message, {
        fields: [{ field: 'period', message }],
        waysOut: [
          { label: t('this-month'), action: 'forecasts.show', input: { period: month } },
          { label: t('this-quarter'), action: 'forecasts.show', input: { period: quarter } },
        ],
      });
    }
    return forecastOf(ctx, { owner, group }, period, { by, page });
  },
  present: forecastCard,
});
