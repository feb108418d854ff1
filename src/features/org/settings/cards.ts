import { code, command, day, dotted, type Inline, listed, seq } from '../../../kernel/text.ts';
import type { PresentContext } from '../../../runtime/action.ts';
import type { Block, Card } from '../../../view/card.ts';
import { t } from './messages.ts';
import type { SettingsChange, SettingsView } from './model.ts';
import { spansOf } from './rules.ts';

const languages: Readonly<Record<string, Inline>> = { en: 'English', 'zh-CN': '简体中文' };
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const shownHolidays = 12;

const weekday = (day: number): Inline => t(`day-${weekdays[day - 1] ?? 'mon'}`);

function workdaysText(days: readonly number[]): Inline {
  return listed(
    spansOf(days).map(([from, to]) => (from === to ? weekday(from) : seq(weekday(from), '–', weekday(to)))),
  );
}

function holidaysText(holidays: readonly string[]): Inline {
  if (holidays.length === 0) return t('none');
  const shown = holidays.slice(0, shownHolidays).map((on) => day(on));
  return listed(holidays.length > shownHolidays ? [...shown, '…'] : shown);
}

/** Every setting under its name, in the order of the card. */
function valuesOf(view: SettingsView): { name: string; label: Inline; value: Inline }[] {
  return [
    { name: 'name', label: t('name'), value: view.name },
    { name: 'currency', label: t('currency'), value: view.currency },
    { name: 'zone', label: t('zone'), value: view.timeZone },
    { name: 'language', label: t('language'), value: languages[view.locale] ?? view.locale },
    { name: 'hours', label: t('hours'), value: `${view.workdayStartsAt}–${view.workdayEndsAt}` },
    { name: 'workdays', label: t('workdays'), value: workdaysText(view.workdays) },
    { name: 'holidays', label: t('holidays'), value: holidaysText(view.holidays) },
  ];
}

export function settingsCard(view: SettingsView, { actor, today }: PresentContext): Card {
  const upcoming = { ...view, holidays: view.holidays.filter((on) => on >= today) };
  const isAdmin = actor.kind === 'member' && actor.roles.includes('admin');
  const blocks: Block[] = [
    { t: 'fields', fields: valuesOf(upcoming).map(({ label, value }) => ({ label, value })) },
    ...(isAdmin ? [{ t: 'context', of: t('join', { variable: code('MEMBER_AUTO_JOIN') }) } as const] : []),
    {
      t: 'context',
      of: isAdmin
        ? t('how', {
            line: command(
              'settings zone Europe/Berlin hours 09:00-18:00',
              '设置 时区:上海 工作时间:09:00-18:00',
            ),
          })
        : t('who'),
    },
  ];
  if (isAdmin) {
    const form = { a: 'settings.set', i: {}, form: true as const };
    blocks.push({ t: 'buttons', buttons: [{ label: t('change'), press: form }] });
  }
  return { tone: 'plain', title: t('of', { name: view.name }), blocks };
}

export function confirmCurrencyCard({ from, to }: { from: string; to: string }): Card {
  return {
    tone: 'warn',
    title: t('confirm-currency', { from, to }),
    blocks: [{ t: 'text', of: t('currency-keeps', { from, to }) }],
  };
}

/** Each change from → to, and the line that brings the old values back. */
export function changedCard({ before, after }: SettingsChange): Card {
  const old = valuesOf(before);
  const changes = valuesOf(after).flatMap(({ name, label, value }, index) => {
    const was = old[index]?.value ?? '';
    return JSON.stringify(was) === JSON.stringify(value)
      ? []
      : [{ name, text: seq(label, ': ', was, ' → ', value) }];
  });
  if (changes.length === 0) return { tone: 'info', title: t('same'), blocks: [] };
  const blocks: Block[] = changes.map(({ text }) => ({ t: 'text', of: text }));
  if (before.currency !== after.currency) {
    blocks.push({ t: 'text', of: t('currency-keeps', { from: before.currency, to: after.currency }) });
  }
  const back = changes.map(({ name }) => `${name}:${typedValue(before, name)}`).join(' ');
  blocks.push({ t: 'context', of: dotted(t('back', { line: command(`settings ${back}`) })) });
  return { tone: 'ok', title: t('saved'), blocks };
}

/** A setting as it would be typed. */
function typedValue(view: SettingsView, name: string): string {
  switch (name) {
    case 'currency':
      return view.currency;
    case 'zone':
      return view.timeZone;
    case 'language':
      return view.locale;
    case 'hours':
      return `${view.workdayStartsAt}-${view.workdayEndsAt}`;
    case 'workdays':
      return view.workdays.join(',');
    case 'holidays':
      return view.holidays.length === 0 ? 'none' : view.holidays.join(',');
    default:
      return `"${view.name.replaceAll('"', '""')}"`;
  }
}
