import { AppError } from '../../../kernel/errors.ts';
import { isUuid } from '../../../kernel/ids.ts';
import { channelIn, readChannelLink } from '../../../kernel/recognise/channel.ts';
import { recognisers } from '../../../kernel/recognise/index.ts';
import type { ReadContext, Token } from '../../../kernel/recognise/recogniser.ts';
import { printKey } from '../../../kernel/recognise/ref.ts';
import { flat } from '../../../kernel/recognise/words.ts';
import { code, command, listed } from '../../../kernel/text.ts';
import { floorMeta, kindMeta, kindOptions } from './inputs.ts';
import { type AlertKind, alertKinds, usualKinds } from './kinds.ts';
import { t } from './messages.ts';

type What = 'list' | 'stop' | 'set';

const whats: Readonly<Record<string, What>> = {
  list: 'list',
  列表: 'list',
  清单: 'list',
  stop: 'stop',
  off: 'stop',
  停止: 'stop',
  取消: 'stop',
  关闭: 'stop',
  set: 'set',
  on: 'set',
  设置: 'set',
};

const keys: Readonly<Record<string, 'over' | 'group' | 'channel'>> = {
  over: 'over',
  from: 'over',
  above: 'over',
  高于: 'over',
  超过: 'over',
  group: 'group',
  team: 'group',
  branch: 'group',
  region: 'group',
  团队: 'group',
  组: 'group',
  大区: 'group',
  分公司: 'group',
  channel: 'channel',
  in: 'channel',
  频道: 'channel',
};

const self = new Set(['me', 'myself', '我', '自己']);
const everything = new Set(['all', 'everything', '全部', '所有']);
const channelMeta = { kind: 'ref', label: '', lookups: ['channel'] } as const;

export const examples = {
  set: command('alerts here won over:50k stuck', '提醒 这里 赢单 高于:5万 停滞'),
  stop: command('alerts stop here stuck', '提醒 停止 这里 停滞'),
  me: command('alerts me overdue', '提醒 我 逾期'),
};

/**
 * Reads `here won over:50k stuck group:East`, `me overdue`, `stop here stuck`, `list`: what to do, where, which
 * kinds, from which amount and whose. Throws AppError for words that fit nowhere.
 */
export function parseAlerts(tokens: readonly Token[], read: ReadContext): Record<string, unknown> {
  const raw: Record<string, unknown> = {};
  const kinds = new Set<AlertKind>();
  const first = tokens[0];
  const what = first && first.key === undefined && !first.quoted ? whats[flat(first.text)] : undefined;
  if (what) raw.what = what;
  for (let at = what ? 1 : 0; at < tokens.length; ) at += take(tokens, at, read, raw, kinds);
  if (kinds.size > 0) raw.kinds = alertKinds.filter((kind) => kinds.has(kind));
  return raw;
}

/** Reads what begins with the token at `at`; answers how many tokens that were. */
function take(
  tokens: readonly Token[],
  at: number,
  read: ReadContext,
  raw: Record<string, unknown>,
  kinds: Set<AlertKind>,
): number {
  const token = tokens[at];
  if (!token) return 1;
  if (token.key !== undefined) {
    const key = keys[flat(token.key)];
    if (!key) throw new AppError('invalid_input', t('unknown-key', { key: token.key.slice(0, 40) }));
    return key === 'over' ? takeOver(tokens, at, raw) : put(raw, key, token.text);
  }
  const word = flat(token.text);
  const joined = /^(?:高于|超过)(.+)$/.exec(word)?.[1];
  if (joined !== undefined) return put(raw, 'over', joined);
  if (keys[word] === 'over') return tokens[at + 1] ? 1 + takeOver(tokens, at + 1, raw) : put(raw, 'over', '');
  if (!token.quoted && self.has(word)) return put(raw, 'me', true);
  const channel = channelIn(token.text, channelMeta) ?? (isUuid(token.text) ? token.text : undefined);
  if (channel !== undefined) return put(raw, 'channel', channel);
  if (!token.quoted && everything.has(word)) {
    for (const kind of usualKinds) kinds.add(kind);
    return 1;
  }
  return takeKinds(tokens, at, read, kinds);
}

function takeKinds(tokens: readonly Token[], at: number, read: ReadContext, kinds: Set<AlertKind>): number {
  const one = recognisers.oneOf.take(tokens, at, read, kindMeta);
  if (one && 'value' in one) {
    kinds.add(one.value as AlertKind);
    return one.used;
  }
  const text = tokens[at]?.text ?? '';
  const several = recognisers.manyOf.read(text, read, { ...kindMeta, kind: 'manyOf' });
  if ('problem' in several) throw unknownWord(text, read);
  for (const kind of several.value as AlertKind[]) kinds.add(kind);
  return 1;
}

/** `over:EUR 50k` and `over:50k EUR` are one amount. */
function takeOver(tokens: readonly Token[], at: number, raw: Record<string, unknown>): number {
  const text = tokens[at]?.text ?? '';
  const next = tokens[at + 1];
  const isSplit =
    next !== undefined &&
    next.key === undefined &&
    ((/^[a-z]{3}$/i.test(text) && /^\d/.test(next.text)) ||
      (/^\d/.test(text) && /^[A-Z]{3}$/.test(next.text)));
  put(raw, 'over', isSplit ? `${text} ${next.text}` : text);
  return isSplit ? 2 : 1;
}

function put(raw: Record<string, unknown>, name: string, value: unknown): 1 {
  const isPlace = name === 'me' || name === 'channel';
  const taken = isPlace ? (raw.me ?? raw.channel) : raw[name];
  if (taken !== undefined) {
    const text = code(String(value).slice(0, 40));
    throw new AppError('invalid_input', t(isPlace ? 'two-places' : 'over-twice', { text }));
  }
  raw[name] = value;
  return 1;
}

function unknownWord(text: string, read: ReadContext): AppError {
  return new AppError(
    'invalid_input',
    t('unknown-word', { text: code(text.slice(0, 40)), kinds: kindsTyped(read), set: examples.set }),
  );
}

/** The kinds as a reader of that language types them. */
export function kindsTyped(read: ReadContext) {
  return listed(kindOptions.map(({ value }) => code(recognisers.oneOf.print(value, read, kindMeta))));
}

const printedWhats: Readonly<Record<What, readonly [en: string, zh: string]>> = {
  list: ['list', '列表'],
  stop: ['stop', '停止'],
  set: ['', ''],
};

/** What parseAlerts reads, without the verb. */
export function printAlerts(input: Record<string, unknown>, read: ReadContext): string {
  const { what, channel, me, kinds, group, over } = input;
  const isHan = read.locale === 'zh-CN';
  const [en, zh] = printedWhats[(what as What | undefined) ?? 'set'];
  const parts = [
    isHan ? zh : en,
    me === true ? (isHan ? '我' : 'me') : '',
    channel === undefined ? '' : channelTyped(channel),
    ...(Array.isArray(kinds) ? kinds.map((kind) => recognisers.oneOf.print(kind, read, kindMeta)) : []),
    over === undefined ? '' : `${isHan ? '高于' : 'over'}:${quoted(amountTyped(over, read))}`,
    group === undefined ? '' : `${isHan ? '团队' : 'group'}:${quoted(printKey(group))}`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

/** By its name where that can be typed: once something is set up there, it is found by it. */
function channelTyped(channel: unknown): string {
  const key = printKey(channel);
  const name = readChannelLink(key)?.name;
  return (name && channelIn(`#${name}`, channelMeta)) || key;
}

function amountTyped(over: unknown, read: ReadContext): string {
  return typeof over === 'string' ? over : recognisers.money.print(over, read, floorMeta);
}

function quoted(text: string): string {
  return /^[\p{L}\p{N}_.,@-]+$/u.test(text) ? text : `"${text.replaceAll('"', '""')}"`;
}
