import { z } from 'zod';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { memberOf } from '../../../../runtime/context.ts';
import { changeRecord, requireRecord } from '../../../../store/records.ts';
import { personDestination, reschedule } from '../../../../store/schedules.ts';
import { profileCard } from '../cards.ts';
import { accountViews } from '../linking.ts';
import { t } from '../messages.ts';
import { ownProfile } from '../model.ts';
import { memberRecord } from '../record.ts';
import { oneTimeZone } from '../time-zone.ts';
import { requirePerson } from '../views.ts';

export const me = defineAction({
  name: 'members.me',
  title: t('me-title'),
  summary: t('me-summary'),
  effect: 'write',
  input: z.strictObject({
    language: f
      .oneOf(t('language'), [
        { value: 'en', label: 'English', words: ['english', '英文', '英语'] },
        { value: 'zh-CN', label: '简体中文', words: ['zh', 'cn', 'chinese', '中文', '简体'] },
      ])
      .optional(),
    zone: f.text(t('zone'), { placeholder: 'Asia/Shanghai', hint: t('zone-hint'), max: 60 }).optional(),
  }),
  output: ownProfile,
  roles: 'anyone',
  command: {
    verb: 'me',
    aliases: ['我的设置', '我', 'profile'],
    args: ['language', 'zone'],
    keys: {
      language: 'language',
      lang: 'language',
      语言: 'language',
      zone: 'zone',
      tz: 'zone',
      时区: 'zone',
    },
    group: 'setup',
    examples: {
      en: ['me language:zh zone:Asia/Shanghai', 'me zone:Berlin'],
      'zh-CN': ['我的设置 语言:中文 时区:上海', '我的设置 语言:en'],
    },
  },
  example: { as: 'rep', input: { language: 'en', zone: 'Europe/London' } },

  async run(ctx, { language, zone }) {
    const { memberId } = memberOf(ctx);
    const row = await requireRecord(ctx, memberRecord, memberId);
    const after = await changeRecord(ctx, memberRecord, row, {
      locale: language ?? row.locale,
      timeZone: zone === undefined ? row.timeZone : oneTimeZone(zone),
    });
    if (after.timeZone !== row.timeZone) {
      await reschedule(ctx, { destination: personDestination(memberId) }, { timeZone: after.timeZone });
    }
    const person = await requirePerson(ctx, memberId);
    const accounts = await accountViews(ctx, memberId);
    return { ...person, accounts, now: ctx.now.toISOString(), isChanged: after.version !== row.version };
  },
  present: profileCard,
});
