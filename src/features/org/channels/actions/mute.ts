import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { instantOf } from '../../../../kernel/dates.ts';
import { f, type When } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import type { Ctx } from '../../../../runtime/context.ts';
import { mutedCard } from '../cards.ts';
import { listenerOf } from '../listener.ts';
import { t } from '../messages.ts';
import { muteChange } from '../model.ts';
import { putMute } from '../mutes.ts';
import { subjectOf } from '../subject.ts';

export const mute = defineAction({
  name: 'channels.mute',
  title: t('mute-title'),
  summary: t('mute-summary'),
  effect: 'write',
  input: z
    .strictObject({
      record: f.ref(['deal', 'lead'], t('record'), { placeholder: 'D-101' }).optional(),
      channel: f.channel(t('channel')).optional(),
      minutes: f.minutes(t('for'), { placeholder: '2h' }).optional(),
      until: f.when(t('muted-until'), { placeholder: 'mon', future: true }).optional(),
    })
    .refine(({ minutes, until }) => minutes === undefined || until === undefined, { path: ['until'] }),
  output: muteChange,
  roles: internalRoles,
  repeatable: true,
  command: {
    verb: 'mute',
    aliases: ['免打扰', '静音'],
    args: ['record', 'channel', 'minutes', 'until'],
    keys: { until: 'until', till: 'until', 直到: 'until', in: 'channel', for: 'minutes' },
    group: 'setup',
    examples: {
      en: ['mute here 2h', 'mute here until mon', 'mute D-101', 'mute #sales-east 1h'],
      'zh-CN': ['免打扰 这里 2小时', '免打扰 这里 直到:下周一', '免打扰 D-101'],
    },
  },
  example: { as: 'manager', input: { channel: '#sales-east', minutes: 120 } },

  mayOpen: (ctx, { channel }) => listenerOf(ctx, channel, {}),
  async run(ctx, { record, channel, minutes, until }) {
    const subject = record ? await subjectOf(ctx, record) : undefined;
    const listener = await listenerOf(ctx, channel, { make: true });
    const end = endOf(ctx, minutes, until);
    const isNews = await putMute(ctx, listener, subject, end);
    return {
      channel: listener.channel ? { id: listener.channel.id, label: listener.label } : null,
      subject: subject?.view ?? null,
      until: end?.toISOString() ?? null,
      isNews,
    };
  },
  present: mutedCard,
});

/** `until mon`: from the start of that working day on there is news again. */
function endOf(ctx: Ctx, minutes: number | undefined, until: When | undefined): Date | null {
  if (minutes !== undefined) return new Date(ctx.now.getTime() + minutes * 60_000);
  if (until === undefined) return null;
  if (until.at !== undefined) return new Date(until.at);
  return instantOf(until.on, ctx.org.workdayStartsAt, ctx.read.timeZone);
}
