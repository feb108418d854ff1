import { z } from 'zod';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { redrivenCard } from '../cards.ts';
import { t } from '../messages.ts';
import { redriven } from '../model.ts';
import { openGates, sendAgain } from '../queries.ts';

/** Without anything named: opens every place that was shut and sends what is dead; uncertain ones only one by one. */
export const redrive = defineAction({
  name: 'deliveries.redrive',
  title: t('redrive-title'),
  summary: t('redrive-summary'),
  effect: 'write',
  repeatable: true,
  input: z.strictObject({
    message: f.text(t('message'), { max: 40 }).optional(),
    gate: f.text(t('place'), { max: 200 }).optional(),
  }),
  output: redriven,
  roles: ['admin'],
  form: 'never',
  hidden: ['message', 'gate'],
  noUndo: t('no-undo'),
  command: {
    verb: 'redrive',
    aliases: ['重发', 'resend'],
    args: [],
    group: 'manager',
    examples: { en: ['redrive'], 'zh-CN': ['重发'] },
  },
  example: { as: 'admin', input: {} },

  async run(ctx, { message, gate }) {
    if (message !== undefined && !z.uuid().safeParse(message).success) {
      throw new AppError('not_found', t('gone'));
    }
    const opened = message === undefined ? await openGates(ctx, gate) : { gates: 0, messages: 0 };
    const again = gate === undefined ? await sendAgain(ctx, message) : 0;
    if (message !== undefined && again === 0) throw new AppError('not_found', t('gone'));
    return { gates: opened.gates, messages: opened.messages + again };
  },
  present: redrivenCard,
});
