import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { unmutedCard } from '../cards.ts';
import { listenerOf } from '../listener.ts';
import { t } from '../messages.ts';
import { unmuteChange } from '../model.ts';
import { liftMutes } from '../mutes.ts';
import { subjectOf } from '../subject.ts';

export const unmute = defineAction({
  name: 'channels.unmute',
  title: t('unmute-title'),
  summary: t('unmute-summary'),
  effect: 'write',
  input: z.strictObject({
    record: f.ref(['deal', 'lead'], t('record'), { placeholder: 'D-101' }).optional(),
    channel: f.channel(t('channel')).optional(),
  }),
  output: unmuteChange,
  roles: internalRoles,
  repeatable: true,
  command: {
    verb: 'unmute',
    aliases: ['解除免打扰', '取消免打扰', '取消静音'],
    args: ['record', 'channel'],
    keys: { in: 'channel' },
    group: 'setup',
    examples: {
      en: ['unmute here', 'unmute D-101', 'unmute'],
      'zh-CN': ['解除免打扰 这里', '解除免打扰 D-101'],
    },
  },
  example: { as: 'manager', input: { channel: '#sales-east' } },

  mayOpen: (ctx, { channel }) => listenerOf(ctx, channel, {}),
  async run(ctx, { record, channel }) {
    const subject = record ? await subjectOf(ctx, record) : undefined;
    const listener = await listenerOf(ctx, channel, { make: false });
    const { lifted, left } = await liftMutes(ctx, listener, subject);
    return {
      channel: listener.isChannel ? { id: listener.channel?.id ?? '', label: listener.label } : null,
      subject: subject?.view ?? null,
      lifted,
      left,
    };
  },
  present: unmutedCard,
});
