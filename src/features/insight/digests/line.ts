import { AppError } from '../../../kernel/errors.ts';
import { channelIn } from '../../../kernel/recognise/channel.ts';
import type { ReadContext, Token } from '../../../kernel/recognise/recogniser.ts';
import { scanTime } from '../../../kernel/recognise/time-words.ts';
import { flat } from '../../../kernel/recognise/words.ts';
import { code, command, type Inline, type Locale } from '../../../kernel/text.ts';
import type { DigestKind } from '../../../runtime/digest.ts';
import { t } from './messages.ts';

type Doing = 'list' | 'stop' | 'preview' | 'now';
type Rhythm = 'daily' | 'weekly' | 'monthly';

/** The first word is printed for English readers, the second for Chinese ones. */
const doings: Readonly<Record<Doing, readonly string[]>> = {
  list: ['list', '列表', '查看', '清单'],
  stop: ['stop', '停止', 'off', 'remove', '取消', '关闭', '停'],
  preview: ['preview', '预览', 'show'],
  now: ['now', '立即', '现在', '马上', '立刻', 'send'],
};
const kinds: Readonly<Record<DigestKind, readonly string[]>> = {
  team: ['team', '团队', 'pipeline', 'follow-ups', '团队简报'],
  morning: ['morning', '早间', 'today', '早间清单', '每日待办', '待办'],
  process: ['process', '过程', 'metrics', '过程指标', '过程简报'],
  ledger: ['ledger', '客户盘点', 'customers', '四问', '盘点'],
  branches: ['branches', '分公司汇总', 'branch', 'regions', '分公司', '大区', '各分公司'],
};
const rhythms: Readonly<Record<Rhythm, readonly string[]>> = {
  daily: ['daily', '每天', 'workdays', 'weekdays', 'everyday', '每日', '工作日', '每个工作日'],
  weekly: ['weekly', '每周'],
  monthly: ['monthly', '每月'],
};
const days: readonly (readonly string[])[] = [
  ['mon', '周一', 'monday', '星期一'],
  ['tue', '周二', 'tuesday', 'tues', '星期二'],
  ['wed', '周三', 'wednesday', '星期三'],
  ['thu', '周四', 'thursday', 'thurs', '星期四'],
  ['fri', '周五', 'friday', '星期五'],
  ['sat', '周六', 'saturday', '星期六'],
  ['sun', '周日', 'sunday', '星期日', '星期天', '周天'],
];
const meWords = new Set(['me', 'mine', '@me', '我', '给我', '我的']);
const groupKeys = new Set([
  'group',
  'team',
  'region',
  'branch',
  '团队',
  '组',
  '小组',
  '大区',
  '分公司',
  '区域',
]);
const valueKeys: Readonly<
  Record<string, 'kind' | 'at' | 'on' | 'channel' | 'weekday' | 'zone' | 'language'>
> = {
  zone: 'zone',
  时区: 'zone',
  language: 'language',
  lang: 'language',
  语言: 'language',
  kind: 'kind',
  类型: 'kind',
  at: 'at',
  时间: 'at',
  on: 'on',
  日期: 'on',
  in: 'channel',
  channel: 'channel',
  频道: 'channel',
  weekday: 'weekday',
};
const fillers = new Set(['at', 'on', 'for', 'in', 'to', 'every', 'the', 'digest', '于', '在', '给', '简报']);

function meant<K extends string>(words: Readonly<Record<K, readonly string[]>>, text: string): K | undefined {
  return (Object.keys(words) as K[]).find((key) => words[key].includes(text));
}

function weekdayIn(text: string): number | undefined {
  const word = text.replace(/^每(?=周|星期)/, '');
  const at = days.findIndex((names) => names.includes(word));
  return at < 0 ? undefined : at + 1;
}

/** `9`, `09:00`, `9am`, `上午9点`, as `HH:MM`; `undefined`: no time. */
export function timeIn(text: string): string | undefined {
  const word = flat(text);
  if (/^\d{1,2}$/.test(word) && Number(word) < 24) return `${word.padStart(2, '0')}:00`;
  const found = scanTime(word, false);
  return found && found.length === word.length && 'time' in found ? found.time : undefined;
}

/**
 * Reads `here daily 09:00 group:East`, `me 08:45`, `weekly fri 16:00`, `stop 2`, `preview process`. Nothing gives
 * nothing. Throws AppError for words that fit nowhere.
 */
export function parseDigest(
  tokens: readonly Token[],
  { locale }: Pick<ReadContext, 'locale'>,
): Record<string, unknown> {
  const raw: Record<string, unknown> = {};
  for (const token of tokens) {
    if (token.key === undefined) readWord(raw, token, locale);
    else readKeyed(raw, token.key, token.text, locale);
  }
  return raw;
}

function readKeyed(raw: Record<string, unknown>, key: string, text: string, locale: Locale): void {
  const name = flat(key);
  if (groupKeys.has(name)) {
    raw.group = text;
    return;
  }
  const field = valueKeys[name];
  if (!field) throw unknownWord(`${key}:${text}`, locale);
  if (field === 'kind') raw.kind = meant(kinds, flat(text)) ?? text;
  else if (field === 'at') raw.at = timeIn(text) ?? text;
  else if (field === 'weekday') raw.weekday = weekdayIn(flat(text)) ?? text;
  else raw[field] = text;
}

function readWord(raw: Record<string, unknown>, token: Token, locale: Locale): void {
  const channel = channelIn(token.text, { kind: 'ref', label: '', lookups: ['channel'] });
  if (channel !== undefined) {
    raw.channel = channel;
    return;
  }
  const word = flat(token.text).replace(/[.,，。]$/, '');
  if (meWords.has(word)) {
    raw.me = true;
    return;
  }
  const doing = raw.doing === undefined && raw.kind === undefined ? meant(doings, word) : undefined;
  if (doing) {
    raw.doing = doing;
    return;
  }
  if (/^\d{1,4}$/.test(word) && (raw.doing === 'stop' || raw.doing === 'preview' || raw.doing === 'now')) {
    raw.number = Number(word);
    return;
  }
  if (/^\d{1,2}$/.test(word) && raw.every === 'monthly' && raw.day === undefined) {
    raw.day = Number(word);
    return;
  }
  const kind = meant(kinds, word);
  if (kind) {
    raw.kind = kind;
    return;
  }
  const every = meant(rhythms, word);
  if (every) {
    raw.every = every;
    return;
  }
  const weekday = weekdayIn(word);
  if (weekday !== undefined) {
    raw.weekday = weekday;
    raw.every ??= 'weekly';
    return;
  }
  const at = timeIn(word);
  if (at !== undefined) {
    raw.at = at;
    return;
  }
  if (fillers.has(word)) return;
  // A preview may be as of a day; whether it is one is the field's to say.
  if (raw.doing !== 'preview' || raw.on !== undefined) throw unknownWord(token.text, locale);
  raw.on = token.text;
}

/** What parseDigest reads, without the verb. */
export function printDigest(input: Record<string, unknown>, { locale }: Pick<ReadContext, 'locale'>): string {
  const at = locale === 'zh-CN' ? 1 : 0;
  const word = (words: readonly string[] | undefined) => words?.[at] ?? '';
  const { doing, channel, me, kind, every, weekday, day, number, on, group, zone, language } = input;
  const parts = [
    word(doings[doing as Doing]),
    channel === undefined ? '' : channelWord(textOf(channel), at),
    me === true ? ['me', '我'][at] : '',
    word(kinds[kind as DigestKind]),
    word(rhythms[every as Rhythm]),
    typeof weekday === 'number' ? word(days[weekday - 1]) : textOf(weekday),
    every === 'monthly' ? textOf(day) : '',
    textOf(input.at),
    textOf(number),
    on === undefined ? '' : `on:${quoted(textOf(on))}`,
    group === undefined ? '' : `${['group', '团队'][at]}:${quoted(textOf(group))}`,
    zone === undefined ? '' : `${['zone', '时区'][at]}:${quoted(textOf(zone))}`,
    language === undefined
      ? ''
      : `${['language', '语言'][at]}:${language === 'zh-CN' ? ['zh', '中文'][at] : 'en'}`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

function channelWord(text: string, at: number): string {
  if (text === 'here') return ['here', '这里'][at] ?? text;
  return channelIn(text, { kind: 'ref', label: '', lookups: ['channel'] }) === undefined
    ? `in:${quoted(text)}`
    : text;
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'object' && 'key' in value) return String(value.key);
  return String(value);
}

export function quoted(text: string): string {
  return /^[\p{L}\p{N}_.-]+$/u.test(text) ? text : `"${text.replaceAll('"', '""')}"`;
}

/** Lines to copy, in the words of a reader's language. */
export function examplesFor(
  locale: Locale,
): Record<'daily' | 'weekly' | 'me' | 'list', Inline> & { stop: (number: number) => Inline } {
  return locale === 'zh-CN'
    ? {
        daily: command('digest 这里 每天 09:00 团队:East'),
        weekly: command('digest 这里 每周 周五 16:00'),
        me: command('digest 我 08:45'),
        list: command('digest 列表 这里'),
        stop: (number) => command(`digest 停止 ${number}`),
      }
    : {
        daily: command('digest here daily 09:00 group:East'),
        weekly: command('digest here weekly fri 16:00'),
        me: command('digest me 08:45'),
        list: command('digest list here'),
        stop: (number) => command(`digest stop ${number}`),
      };
}

function unknownWord(text: string, locale: Locale): AppError {
  const { daily, weekly, me } = examplesFor(locale);
  return new AppError(
    'invalid_input',
    t('unknown-word', { text: code(text.slice(0, 60)), daily, weekly, me }),
  );
}
