import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { dayIn } from '../../../../kernel/dates.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { changeRecord } from '../../../../store/records.ts';
import { snoozedCard } from '../cards.ts';
import { requireFuture } from '../due.ts';
import { tell } from '../events.ts';
import { meantStep, stepFields, stepNeeded, whenStale } from '../meant.ts';
import { t } from '../messages.ts';
import { stepSnoozed } from '../model.ts';
import { readStep } from '../queries.ts';
import { nextStepRecord } from '../record.ts';
import { nextWorkday, putOff } from '../rules.ts';

export const snooze = defineAction({
  name: 'next-steps.snooze',
  title: t('snooze-title'),
  summary: t('snooze-summary'),
  effect: 'write',
  input: z
    .strictObject({ ...stepFields(), to: f.when(t('to'), { hint: t('to-hint'), yearsAhead: 5 }).optional() })
    .refine(({ row, subject }) => row !== undefined || subject !== undefined, stepNeeded),
  output: stepSnoozed,
  roles: sellingRoles,
  command: {
    verb: 'snooze',
    aliases: ['稍后', '推迟'],
    args: ['row', 'subject', 'to'],
    group: 'daily',
    examples: {
      en: ['snooze 3 +2d', 'snooze D-142 mon 9:00'],
      'zh-CN': ['稍后 3 +2d', '稍后 D-142 周一上午9点'],
    },
  },
  formFields: ['subject', 'to'],
  example: { as: 'rep', input: { subject: 'D-1' } },
  forward: whenStale,
  mayOpen: async (ctx, { subject }) => subject && meantStep(ctx, { subject }),

  async run(ctx, { to, ...choice }) {
    const { timeZone } = ctx.read;
    const { step, subject } = await meantStep(ctx, choice);
    const was = { dueOn: step.dueOn, dueAt: step.dueAt?.toISOString() ?? null };
    const due = putOff(
      { on: was.dueOn, at: was.dueAt ?? undefined },
      to ?? { on: nextWorkday(later(dayIn(ctx.now, timeZone), was.dueOn), ctx.org) },
      timeZone,
    );
    requireFuture(ctx, due, 'to', { action: 'next-steps.snooze', input: { subject: subject.number } });
    await changeRecord(ctx, nextStepRecord, step, {
      dueOn: due.on,
      dueAt: due.at === undefined ? null : new Date(due.at),
    });
    tell(ctx, step, 'snoozed');
    const view = await readStep(ctx, step.id);
    if (!view) throw new TypeError('a step that was just written is gone');
    return { step: view, was };
  },
  present: snoozedCard,
});

/** Days compare as text. Putting off never brings a step nearer unless somebody says a day. */
function later(today: string, dueOn: string): string {
  return today > dueOn ? today : dueOn;
}
