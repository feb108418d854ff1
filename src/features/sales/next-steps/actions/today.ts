import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { dayIn } from '../../../../kernel/dates.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { memberOf } from '../../../../runtime/context.ts';
import { waitingApprovals } from '../../../org/approvals/api.ts';
import { agendaOf } from '../agenda.ts';
import { todayCard } from '../cards.ts';
import { t } from '../messages.ts';
import { todayView } from '../model.ts';
import { rememberShown } from '../queries.ts';

/** The rest comes up as these are decided. */
const mostApprovals = 8;

export const today = defineAction({
  name: 'next-steps.today',
  title: t('today-title'),
  summary: t('today-summary'),
  effect: 'read',
  input: z.strictObject({ isAgain: f.flag(t('today-title')).optional() }),
  output: todayView,
  roles: internalRoles,
  command: {
    verb: 'today',
    aliases: ['待办', '今天', 'todo', 'my-day'],
    args: [],
    group: 'daily',
    examples: { en: ['today'], 'zh-CN': ['待办'] },
    top: 5,
  },
  hidden: ['isAgain'],
  example: { as: 'rep', input: {} },

  async run(ctx, { isAgain = false }) {
    const { memberId } = memberOf(ctx);
    const { entries, hasMore } = await agendaOf(ctx, memberId, dayIn(ctx.now, ctx.read.timeZone));
    const approvals = await waitingApprovals(ctx, memberId, mostApprovals + 1);
    await rememberShown(ctx, memberId, { shownAt: ctx.now, rows: entries.map(({ record }) => record) });
    return {
      rows: entries.map(({ shown }, index) => ({ row: index + 1, ...shown })),
      approvals: approvals.slice(0, mostApprovals),
      hasMore: hasMore || approvals.length > mostApprovals,
      isAgain,
    };
  },
  present: todayCard,
});
