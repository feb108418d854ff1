import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { command } from '../../../../kernel/text.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { memberOf } from '../../../../runtime/context.ts';
import { changeRecord, createRecord } from '../../../../store/records.ts';
import { setCard } from '../cards.ts';
import { kindField } from '../inputs.ts';
import { parseDigest, printDigest } from '../line.ts';
import { openChannel, refuseGroup, requireSetter, timeMeant } from '../meant.ts';
import { t } from '../messages.ts';
import { digestSet } from '../model.ts';
import { digestRow } from '../queries.ts';
import { digestRecord } from '../record.ts';
import { isSameRule, kindOf, ruleOf } from '../rules.ts';
import { placeOf, putDigest, tuneChannel } from '../schedule.ts';
import { whoseOf } from '../scope.ts';
import { tellSetter } from '../taken.ts';
import { viewsOf } from '../views.ts';

/** The one verb for digests: it hands over to the other actions for `list`, `stop`, `preview` and `now`. */
export const set = defineAction({
  name: 'digests.set',
  title: t('set-title'),
  summary: t('set-summary'),
  effect: 'write',
  input: z.strictObject({
    doing: f
      .oneOf(t('doing'), [
        { value: 'list', label: t('doing-list') },
        { value: 'stop', label: t('doing-stop') },
        { value: 'preview', label: t('doing-preview') },
        { value: 'now', label: t('doing-now') },
      ])
      .optional(),
    channel: f.channel(t('channel')).optional(),
    me: f.flag(t('me')).optional(),
    kind: kindField().optional(),
    every: f
      .oneOf(t('every'), [
        { value: 'daily', label: t('every-daily') },
        { value: 'weekly', label: t('every-weekly') },
        { value: 'monthly', label: t('every-monthly') },
      ])
      .optional(),
    weekday: f.number(t('weekday'), { min: 1, max: 7 }).optional(),
    day: f.number(t('day-of-month'), { min: 1, max: 28 }).optional(),
    at: f.text(t('at'), { max: 20, placeholder: '09:00', hint: t('at-hint') }).optional(),
    group: f.ref('unit', t('group')).optional(),
    number: f.number(t('number'), { min: 1, max: 9999 }).optional(),
    on: f.day(t('on'), { past: true, yearsAhead: 1 }).optional(),
    zone: f.text(t('zone'), { max: 60 }).optional(),
    language: f
      .oneOf(t('language'), [
        { value: 'en', label: 'English', words: ['english', '英文', '英语'] },
        { value: 'zh-CN', label: '简体中文', words: ['zh', 'cn', 'chinese', '中文'] },
      ])
      .optional(),
  }),
  output: digestSet,
  roles: internalRoles,
  repeatable: true,
  formFields: ['channel', 'kind', 'every', 'at', 'group'],
  command: {
    verb: 'digest',
    aliases: ['简报', 'digests'],
    args: [],
    group: 'manager',
    examples: {
      en: [
        'digest here daily 09:00 group:East',
        'digest here weekly fri 16:00',
        'digest here monthly',
        'digest me 08:45',
        'digest preview',
        'digest list',
        'digest stop here',
      ],
      'zh-CN': [
        '简报 这里 每天 09:00 团队:East',
        '简报 这里 每周 周五 16:00',
        '简报 这里 每月',
        '简报 我 08:45',
        '简报 预览',
        '简报 列表',
        '简报 停止 这里',
      ],
    },
    parseRest: parseDigest,
    printRest: printDigest,
  },
  example: { as: 'manager', input: { channel: '#sales-east', every: 'daily', at: '09:00' } },

  forward(_ctx, { doing, channel, me, kind, group, number, on, ...rhythm }) {
    const where = given({ channel: channel?.key, me, kind });
    const pointed = given({ ...where, group: group?.key, number });
    const said = Object.values(rhythm).some((value) => value !== undefined);
    const isBare = !said && group === undefined && Object.keys(where).length === 0;
    if (doing === 'list' || (doing === undefined && isBare)) {
      return { a: 'digests.list', i: given({ channel: channel?.key, me }) };
    }
    if (doing === 'stop') return { a: 'digests.stop', i: pointed };
    if (doing === 'now') return { a: 'digests.now', i: pointed };
    if (doing === 'preview') {
      return { a: 'digests.preview', i: given({ ...pointed, on }) };
    }
    if (channel || me) return undefined;
    // A channel it is, unless it can only be for oneself: the one stood in, else it is asked for.
    const to = kind === 'morning' ? { me: true } : { channel: 'here' };
    return { a: 'digests.set', i: given({ ...rhythm, kind, group: group?.key, ...to }) };
  },

  async run(ctx, { channel, me, kind: asked, group, at: said, every, weekday, day, zone, language }) {
    const isPersonal = me === true;
    const wanted = given({ zone, language });
    const again = given({
      channel: channel?.key,
      me,
      kind: asked,
      every,
      weekday,
      day,
      group: group?.key,
      ...wanted,
    });
    const at = said === undefined ? undefined : timeMeant(said, (nearest) => ({ ...again, at: nearest }));
    const rhythm = { every, weekday, day, at };
    const kind = asked ?? kindOf(rhythm, isPersonal, group !== undefined);
    if (kind === 'morning' && !isPersonal) throw onlyForOne(at);
    refuseGroup(kind, group);
    await requireSetter(ctx, kind, !isPersonal);
    const target = isPersonal
      ? { memberId: memberOf(ctx).memberId }
      : { channelId: (await openChannel(ctx, channel)).id };
    if (isPersonal && (zone ?? language) !== undefined) throw ownHours();
    await whoseOf(ctx, kind, group);
    if ('channelId' in target) await tuneChannel(ctx, target.channelId, { zone, language });
    const rule = ruleOf(kind, rhythm);
    const known = await digestRow(ctx, kind, target);
    const wasLive = known !== undefined && known.archivedAt === null && known.stoppedAt === null;
    // The clock or the language alone: the digest stays whose and what it was.
    const isTuned = (zone ?? language) !== undefined;
    const isOnlyTuned = wasLive && isTuned && (group ?? every ?? weekday ?? day ?? at) === undefined;
    const isSame = known !== undefined && (isOnlyTuned || isSameRule(known.rule, rule));
    const { unitId, setBy: setter } = isOnlyTuned
      ? known
      : { unitId: group?.id ?? null, setBy: memberOf(ctx).memberId };
    const values = { unitId, rule: isSame ? known.rule : rule, setBy: setter };
    const [was] = wasLive ? await viewsOf(ctx, [known]) : [];
    const row = known
      ? await changeRecord(ctx, digestRecord, known, { ...values, stoppedAt: null, archivedAt: null })
      : await createRecord(ctx, digestRecord, {
          kind,
          channelId: null,
          memberId: null,
          ...target,
          ...values,
        });
    const place = await placeOf(ctx, target);
    await putDigest(ctx, row, place?.timeZone ?? ctx.org.timeZone);
    const [digest] = await viewsOf(ctx, [row]);
    if (!digest) throw new TypeError('a digest that was just set up');
    const isNews = known?.version !== row.version;
    if (known && was && isNews) await tellSetter(ctx, { row: known, was }, digest);
    const { scope, setBy } = was ?? {};
    return {
      digest,
      before:
        known && was && isNews ? { rule: known.rule, scope: scope ?? null, setBy: setBy ?? null } : null,
      isNews: isNews || isTuned,
    };
  },
  present: setCard,
});

function given(input: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
}

/** Of a direct message they are those of the person. */
function ownHours(): AppError {
  return new AppError(
    'rule',
    t('own-hours', { line: command('me zone:Berlin language:en', '我的设置 时区:上海 语言:中文') }),
  );
}

function onlyForOne(at: string | undefined): AppError {
  const input = given({ me: true, kind: 'morning', at });
  return new AppError('rule', t('morning-personal'), {
    waysOut: [{ label: t('for-me'), action: 'digests.set', input }],
  });
}
