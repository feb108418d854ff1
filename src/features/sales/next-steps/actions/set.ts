import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { dayIn } from '../../../../kernel/dates.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { memberOf } from '../../../../runtime/context.ts';
import { setStep } from '../api.ts';
import { filedCard } from '../cards.ts';
import { requireFuture } from '../due.ts';
import { t } from '../messages.ts';
import { stepFiled } from '../model.ts';
import { stepGiven } from '../notifications.ts';
import { readStep } from '../queries.ts';
import { nextWorkday } from '../rules.ts';
import { requirePlannable, subjectLookups, subjectOf } from '../subjects.ts';

export const set = defineAction({
  name: 'next-steps.set',
  title: t('set-title'),
  summary: t('set-summary'),
  effect: 'write',
  input: z.strictObject({
    subject: f.ref(subjectLookups, t('subject'), { placeholder: 'D-142' }),
    due: f.when(t('due'), { placeholder: 'fri 10:00', yearsAhead: 5 }),
    text: f.text(t('text'), { max: 500, placeholder: 'call Zhou on price' }),
  }),
  output: stepFiled,
  roles: sellingRoles,
  command: {
    verb: 'next',
    aliases: ['下次跟进', '跟进计划', '下一步', 'plan', 'next-step'],
    args: ['subject', 'due'],
    rest: 'text',
    group: 'daily',
    examples: {
      en: ['next D-142 fri 10:00 call Zhou on price'],
      'zh-CN': ['下次跟进 D-142 周五上午10点 和周总谈价格'],
    },
    top: 4,
  },
  example: { as: 'rep', input: { subject: 'D-1', due: { on: '2030-01-14' }, text: 'call Jane on price' } },
  prefill: async (ctx, raw) =>
    raw.due === undefined ? { due: { on: nextWorkday(dayIn(ctx.now, ctx.read.timeZone), ctx.org) } } : {},
  async mayOpen(ctx, { subject: ref }) {
    if (ref) await requirePlannable(ctx, await subjectOf(ctx, ref), (number) => ({ subject: number }));
  },

  async run(ctx, { subject: ref, due, text }) {
    const me = memberOf(ctx);
    const subject = await subjectOf(ctx, ref);
    await requirePlannable(ctx, subject, (number) => ({ subject: number, due, text }));
    requireFuture(ctx, due, 'due', {
      action: 'next-steps.set',
      input: { subject: subject.number, text },
    });
    // A manager who plans for somebody's deal gives that person the task.
    const ownerId = subject.ownerId ?? me.memberId;
    const { step, clock } = await setStep(ctx, { subject, text, due, ownerId });
    const told = ownerId !== me.memberId;
    const { kind, number, name } = subject;
    if (told) {
      ctx.notify(stepGiven, {
        memberId: ownerId,
        subject: { kind, number, name },
        text,
        dueOn: due.on,
        dueAt: due.at ?? null,
        by: me.name,
      });
    }
    const view = await readStep(ctx, step.id);
    if (!view) throw new TypeError('a step that was just written is gone');
    return { step: view, clock: clock ?? null, told };
  },
  present: filedCard,
});
