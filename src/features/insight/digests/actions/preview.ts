import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { digestKinds } from '../../../../runtime/digest.ts';
import { previewCard } from '../cards.ts';
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
    digest: f.text(t('digest')).optional(),
    number: f.number(t('number'), { min: 1, max: 100 }).optional(),
    channel: f.channel(t('channel')).optional(),
    me: f.flag(t('me')).optional(),
    kind: f
      .oneOf(
        t('kind'),
        digestKinds.map((value) => ({ value, label: t(`kind-${value}`) })),
      )
      .optional(),
    group: f.ref('unit', t('group')).optional(),
    on: f.day(t('on')).optional(),
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
