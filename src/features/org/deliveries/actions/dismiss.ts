import { z } from 'zod';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { dismissedCard } from '../cards.ts';
import { t } from '../messages.ts';
import { dismiss as dismissOne } from '../queries.ts';

/** Takes a message off the list of what needs somebody: it did arrive, or nobody needs it any more. */
export const dismiss = defineAction({
  name: 'deliveries.dismiss',
  title: t('dismiss-title'),
  summary: t('dismiss-summary'),
  effect: 'write',
  input: z.strictObject({ message: f.text(t('message'), { max: 40 }) }),
  output: z.strictObject({ isDismissed: z.boolean() }),
  roles: ['admin'],
  noUndo: t('no-undo'),
  example: { as: 'admin', input: { message: '0e0e0e0e-0000-7000-8000-0000000000d1' } },

  async run(ctx, { message }) {
    if (!z.uuid().safeParse(message).success) throw new AppError('not_found', t('gone'));
    // Pressed twice, or sent again meanwhile: there is nothing left to do.
    return { isDismissed: await dismissOne(ctx, message) };
  },
  present: dismissedCard,
});
