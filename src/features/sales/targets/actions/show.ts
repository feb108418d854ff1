import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { dayIn, startOf } from '../../../../kernel/dates.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { showCard } from '../cards.ts';
import { figuresOf } from '../figures.ts';
import { levelField } from '../inputs.ts';
import { t } from '../messages.ts';
import { targetView } from '../model.ts';
import { notAMonth } from '../month.ts';
import { monthFrom, monthOf } from '../rules.ts';

/** What `target` without an amount shows. */
export const show = defineAction({
  name: 'targets.show',
  title: t('show-title'),
  summary: t('show-summary'),
  effect: 'read',
  input: z.strictObject({
    person: f.person(t('person')).optional(),
    month: f.span(t('month'), { placeholder: 'nov' }).optional(),
    group: f.ref('unit', t('group')).optional(),
    by: levelField().optional(),
  }),
  output: targetView,
  roles: internalRoles,
  form: 'never',
  example: { as: 'manager', input: {} },

  async run(ctx, { person, month, group, by }) {
    const today = dayIn(ctx.now, ctx.read.timeZone);
    const monthOn = month ? monthOf(month) : startOf('month', today);
    if (monthOn === undefined) throw notAMonth();
    return figuresOf(ctx, { owner: person, group }, monthFrom(monthOn), by);
  },
  present: showCard,
});
