import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { changeRecord } from '../../../../store/records.ts';
import { doneCard } from '../cards.ts';
import { tell } from '../events.ts';
import { meantStep, stepFields, stepNeeded, whenStale } from '../meant.ts';
import { t } from '../messages.ts';
import { stepDone } from '../model.ts';
import { readStep } from '../queries.ts';
import { nextStepRecord } from '../record.ts';
import { needsStep } from '../subjects.ts';

/** Logs nothing by itself: what came of the step is said with `log`. */
export const done = defineAction({
  name: 'next-steps.done',
  title: t('done-title'),
  summary: t('done-summary'),
  effect: 'write',
  repeatable: true,
  input: z
    .strictObject(stepFields())
    .refine(({ row, subject }) => row !== undefined || subject !== undefined, stepNeeded),
  output: stepDone,
  roles: sellingRoles,
  command: {
    verb: 'done',
    aliases: ['完成'],
    args: ['row', 'subject'],
    group: 'daily',
    examples: { en: ['done 3', 'done D-142'], 'zh-CN': ['完成 3', '完成 D-142'] },
  },
  formFields: ['subject'],
  example: { as: 'rep', input: { subject: 'D-1' } },
  forward: whenStale,
  mayOpen: async (ctx, { subject }) => subject && meantStep(ctx, { subject }),

  async run(ctx, choice) {
    const { step, subject } = await meantStep(ctx, choice);
    await changeRecord(ctx, nextStepRecord, step, { status: 'done', doneAt: ctx.now });
    tell(ctx, step, 'done');
    const view = await readStep(ctx, step.id);
    if (!view) throw new TypeError('a step that was just written is gone');
    return { step: view, isSubjectOpen: needsStep(subject) };
  },
  present: doneCard,
});
