import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { previewCard } from '../cards.ts';
import { pointedFields } from '../inputs.ts';
import { t } from '../messages.ts';
import { digestPreview } from '../model.ts';
import { composeAsked } from '../preview.ts';

/** What `digest preview` shows: with the rights of whoever asks. */
export const preview = defineAction({
  name: 'digests.preview',
  title: t('preview-title'),
  summary: t('preview-summary'),
  effect: 'read',
  input: z.strictObject({
    ...pointedFields(),
    on: f.day(t('on'), { past: true, yearsAhead: 1 }).optional(),
  }),
  output: digestPreview,
  roles: internalRoles,
  form: 'never',
  hidden: ['digest'],
  example: { as: 'manager', input: { kind: 'team' } },

  async run(ctx, asked) {
    const { composed, opens } = await composeAsked(ctx, asked);
    return { said: composed.said, isEmpty: composed.isEmpty, asked: opens };
  },
  present: previewCard,
});
