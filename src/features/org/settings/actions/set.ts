import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { isCurrency } from '../../../../kernel/money.ts';
import { recognisers } from '../../../../kernel/recognise/index.ts';
import { code, type Inline, listed, strong } from '../../../../kernel/text.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { type Ctx, memberOf } from '../../../../runtime/context.ts';
import { reschedule } from '../../../../store/schedules.ts';
import { oneTimeZone, withRole } from '../../members/api.ts';
import { changedCard, confirmCurrencyCard } from '../cards.ts';
import { t } from '../messages.ts';
import { type SettingsView, settingsChange } from '../model.ts';
import { nextVersion, writeSettings } from '../queries.ts';
import { changeHolidays, readHours, readWorkdays } from '../rules.ts';
import { settingsOf } from '../settings-of.ts';

const input = z.strictObject({
  name: f.text(t('name'), { max: 100 }).optional(),
  currency: f.text(t('currency'), { max: 3, placeholder: 'EUR', hint: t('currency-hint') }).optional(),
  zone: f.text(t('zone'), { max: 60, placeholder: 'Europe/Berlin' }).optional(),
  language: f
    .oneOf(t('language'), [
      { value: 'en', label: 'English', words: ['english', '英文', '英语'] },
      { value: 'zh-CN', label: '简体中文', words: ['zh', 'cn', 'chinese', '中文', '简体'] },
    ])
    .optional(),
  hours: f.text(t('hours'), { max: 20, placeholder: '09:00-18:00' }).optional(),
  workdays: f.text(t('workdays'), { max: 60, placeholder: 'mon-fri' }).optional(),
  holidays: f
    .text(t('holidays'), { max: 2000, placeholder: '2026-12-25,2026-12-26', hint: t('holidays-hint') })
    .optional(),
});
type Input = z.output<typeof input>;

const holidayLimit = 200;

export const set = defineAction({
  name: 'settings.set',
  title: t('title'),
  summary: t('set-summary'),
  effect: 'write',
  input,
  output: settingsChange,
  roles: internalRoles,
  noUndo: t('no-undo'),
  command: {
    verb: 'settings',
    aliases: ['设置', 'setting', 'organization'],
    args: [],
    keys: {
      name: 'name',
      名称: 'name',
      currency: 'currency',
      币种: 'currency',
      zone: 'zone',
      时区: 'zone',
      language: 'language',
      语言: 'language',
      hours: 'hours',
      工作时间: 'hours',
      workdays: 'workdays',
      工作日: 'workdays',
      holidays: 'holidays',
      节假日: 'holidays',
    },
    group: 'setup',
    examples: {
      en: ['settings', 'settings zone Europe/Berlin hours 09:00-18:00', 'settings holidays +2026-12-25'],
      'zh-CN': ['设置', '设置 时区:上海 工作时间:09:00-18:00', '设置 节假日:+2026-10-01,+2026-10-02'],
    },
  },
  example: { as: 'admin', input: { zone: 'Europe/Berlin', hours: '09:00-18:00' } },
  prefill: async ({ org }) => ({
    name: org.name,
    currency: org.currency,
    zone: org.timeZone,
    language: org.locale,
    hours: `${org.workdayStartsAt}-${org.workdayEndsAt}`,
    workdays: org.workdays.join(','),
    holidays: org.holidays.join(','),
  }),

  /** Bare, it shows; everybody inside may look. */
  forward: (_ctx, asked) => (isEmpty(asked) ? { a: 'settings.show', i: {} } : undefined),

  async confirm(ctx, asked) {
    await requireAdmin(ctx);
    const { currency } = patchOf(ctx, asked);
    return currency === undefined || currency === ctx.org.currency
      ? undefined
      : confirmCurrencyCard({ from: ctx.org.currency, to: currency });
  },
  mayOpen: (ctx) => requireAdmin(ctx),

  async run(ctx, asked) {
    await requireAdmin(ctx);
    const before = settingsOf(ctx.org);
    const after: SettingsView = { ...before, ...patchOf(ctx, asked) };
    const changed = (Object.keys(before) as (keyof SettingsView)[]).filter(
      (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
    );
    if (changed.length === 0) return { before, after };
    const pick = (from: SettingsView) => Object.fromEntries(changed.map((name) => [name, from[name]]));
    await writeSettings(ctx, pick(after));
    await reschedule({ ...ctx, org: { ...ctx.org, ...after } });
    ctx.changed({
      kind: 'organization',
      recordId: ctx.org.id,
      number: null,
      op: 'update',
      version: await nextVersion(ctx),
      before: pick(before),
      after: pick(after),
    });
    return { before, after };
  },
  present: changedCard,
});

function isEmpty(asked: Input): boolean {
  return Object.values(asked).every((value) => value === undefined);
}

/** Everybody reads the settings by the same command, so that the right to change them is asked for here. */
async function requireAdmin(ctx: Ctx): Promise<void> {
  if (memberOf(ctx).roles.includes('admin')) return;
  const admins = await withRole(ctx, 'admin', 3);
  throw new AppError(
    'forbidden',
    t('admins-only', { names: listed(admins.map(({ name }) => strong(name))) }),
  );
}

/** What was said, read and checked. Throws AppError `invalid_input` for the first thing that is none. */
function patchOf(ctx: Ctx, asked: Input): Partial<SettingsView> {
  const { name, currency, zone, language, hours, workdays, holidays } = asked;
  return {
    ...(name === undefined ? {} : { name }),
    ...(currency === undefined ? {} : { currency: readCurrency(currency) }),
    ...(zone === undefined ? {} : { timeZone: oneTimeZone(zone) }),
    ...(language === undefined ? {} : { locale: language }),
    ...(hours === undefined ? {} : hoursPatch(hours)),
    ...(workdays === undefined ? {} : { workdays: readDays(workdays) }),
    ...(holidays === undefined ? {} : { holidays: readHolidays(ctx, holidays) }),
  };
}

function refuse(field: keyof Input, message: Inline): never {
  throw new AppError('invalid_input', message, { fields: [{ field, message }] });
}

function readCurrency(text: string): string {
  const currency = text.toUpperCase();
  return isCurrency(currency) ? currency : refuse('currency', t('bad-currency', { text: code(text) }));
}

function hoursPatch(text: string): Pick<SettingsView, 'workdayStartsAt' | 'workdayEndsAt'> {
  const hours = readHours(text) ?? refuse('hours', t('bad-hours', { text: code(text) }));
  return { workdayStartsAt: hours.startsAt, workdayEndsAt: hours.endsAt };
}

function readDays(text: string): number[] {
  return readWorkdays(text) ?? refuse('workdays', t('bad-workdays', { text: code(text) }));
}

function readHolidays(ctx: Ctx, text: string): string[] {
  const readDay = (word: string) => {
    const read = recognisers.day.read(word, ctx.read, { kind: 'day', label: t('holidays') });
    return 'value' in read ? String(read.value) : undefined;
  };
  const changed = changeHolidays(ctx.org.holidays, text, readDay);
  if ('unknown' in changed) return refuse('holidays', t('bad-holiday', { text: code(changed.unknown) }));
  if (changed.holidays.length > holidayLimit) return refuse('holidays', t('too-many', { n: holidayLimit }));
  return changed.holidays;
}
