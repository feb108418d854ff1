import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { dayIn, endOf, startOf } from '../../../../kernel/dates.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { showCard } from '../cards.ts';
import { figuresOf } from '../figures.ts';
import { t } from '../messages.ts';
import { targetView } from '../model.ts';
import { monthOf } from '../rules.ts';

/** With an amount it hands over to targets.set: `target @wang nov 400k`. */
export const show = defineAction({
  name: 'targets.show',
  title: t('show-title'),
  summary: t('show-summary'),
  effect: 'read',
  input: z.strictObject({
    person: f.person(t('person')).optional(),
    month: f.span(t('month'), { placeholder: 'nov' }).optional(),
    amount: f.money(t('amount')).optional(),
    group: f.ref('unit', t('group')).optional(),
    by: f
      .oneOf(t('by'), [
        { value: 'person', label: t('by-person'), words: ['rep', 'owner', '成员', '负责人', '销售'] },
        { value: 'group', label: t('by-group'), words: ['team', '团队', '组'] },
        { value: 'region', label: t('by-region'), words: ['branch', '大区', '分公司'] },
      ])
      .optional(),
  }),
  output: targetView,
  roles: internalRoles,
  form: 'never',
  command: {
    verb: 'target',
    aliases: ['销售目标', '目标', 'targets'],
    args: ['person', 'month', 'amount'],
    keys: {
      month: 'month',
      月份: 'month',
      amount: 'amount',
      金额: 'amount',
      group: 'group',
      region: 'group',
      branch: 'group',
      团队: 'group',
      分公司: 'group',
      by: 'by',
      按: 'by',
    },
    group: 'manager',
    examples: {
      en: ['target', 'target @wang nov 400k', 'target group:East', 'target 2026-10 by:group'],
      'zh-CN': ['销售目标', '销售目标 @王磊 11月 40万', '销售目标 团队:East'],
    },
  },
  example: { as: 'manager', input: {} },

  forward(ctx, { person, month, amount }) {
    if (!amount) return undefined;
    return {
      a: 'targets.set',
      i: {
        person: person?.key ?? 'me',
        month: month ?? thisMonth(dayIn(ctx.now, ctx.read.timeZone)),
        amount,
      },
    };
  },

  async run(ctx, { person, month, group, by }) {
    const today = dayIn(ctx.now, ctx.read.timeZone);
    const monthOn = month ? monthOf(month) : startOf('month', today);
    if (monthOn === undefined) {
      const message = t('not-a-month');
      throw new AppError('invalid_input', message, { fields: [{ field: 'month', message }] });
    }
    return figuresOf(ctx, { owner: person, group }, thisMonth(monthOn), by);
  },
  present: showCard,
});

function thisMonth(on: string): { from: string; to: string } {
  return { from: startOf('month', on), to: endOf('month', on) };
}
