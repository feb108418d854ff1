import { AppError } from '../../../kernel/errors.ts';
import type { ReadContext, Token } from '../../../kernel/recognise/recogniser.ts';
import { code, command, strong } from '../../../kernel/text.ts';
import { t } from './messages.ts';
import type { ChangeKind } from './model.ts';

const kinds: Readonly<Record<string, ChangeKind>> = {
  add: 'add',
  new: 'add',
  新增: 'add',
  添加: 'add',
  set: 'set',
  change: 'set',
  修改: 'set',
  设置: 'set',
  rename: 'rename',
  重命名: 'rename',
  改名: 'rename',
  remove: 'remove',
  delete: 'remove',
  删除: 'remove',
  移除: 'remove',
};

const keys: Readonly<Record<string, 'after' | 'before' | 'to' | 'zh'>> = {
  after: 'after',
  在后: 'after',
  before: 'before',
  在前: 'before',
  to: 'to',
  移到: 'to',
  zh: 'zh',
  中文: 'zh',
};

/**
 * Reads `add demo 演示 after:tracking 40% 10d`: what to do, the stage, a new name, its Chinese name, probability,
 * normal days and place. Nothing gives nothing. Throws AppError for words that fit nowhere.
 */
export function parseStages(tokens: readonly Token[]): Record<string, unknown> {
  const [first, ...rest] = tokens;
  if (!first) return {};
  const kind = first.key === undefined && !first.quoted ? kinds[first.text.toLowerCase()] : undefined;
  if (!kind) throw new AppError('invalid_input', t('not-a-change', { text: code(first.text), ...examples }));
  const raw: Record<string, unknown> = { change: kind };
  const names: string[] = [];
  for (const token of rest) {
    if (token.key !== undefined) {
      const key = keys[token.key.toLowerCase()];
      if (!key) throw unknownWord(`${token.key}:${token.text}`);
      raw[key] = token.text;
      continue;
    }
    const figure = token.quoted ? undefined : figureOf(token.text);
    if (figure) Object.assign(raw, figure);
    else names.push(token.text);
  }
  const [stage, name, zh, more] = named(kind, names);
  if (more !== undefined) throw unknownWord(more);
  if (stage !== undefined) raw.stage = stage;
  if (name !== undefined) raw.name = name;
  if (zh !== undefined) raw.zh ??= zh;
  return raw;
}

/** A percentage is the probability, a number of days what is normal. */
function figureOf(text: string): Record<string, string> | undefined {
  const flat = text.normalize('NFKC');
  if (/^\d{1,3}(\.\d{1,2})?%$/.test(flat)) return { probability: flat };
  const days = /^(\d{1,3})(?:d|days|天|日)$/i.exec(flat)?.[1];
  return days === undefined ? undefined : { days };
}

/** Stage, new name and Chinese name by position; a word of Han characters after the first is the Chinese name. */
function named(kind: ChangeKind, names: readonly string[]): (string | undefined)[] {
  const [stage, second, third, ...more] = names;
  const isHan = second !== undefined && /\p{Script=Han}/u.test(second);
  if (isHan && third === undefined) return [stage, undefined, second];
  // A new stage is called by its first word.
  if (kind === 'add' && second !== undefined) return [stage, undefined, third, second];
  return [stage, second, third, more[0]];
}

const printedKinds: Readonly<Record<ChangeKind, string>> = {
  add: '新增',
  set: '修改',
  rename: '重命名',
  remove: '删除',
};

/** What parseStages reads, without the verb. */
export function printStages(input: Record<string, unknown>, { locale }: Pick<ReadContext, 'locale'>): string {
  const { change, stage, name, zh, probability, days, after, before, to } = input;
  const kind = textOf(change);
  const parts = [
    locale === 'zh-CN' ? (printedKinds[kind as ChangeKind] ?? kind) : kind,
    quoted(stage),
    quoted(name),
    typeof probability === 'number' ? `${probability / 100}%` : textOf(probability),
    days === undefined ? '' : `${textOf(days)}d`,
    keyed('zh', zh),
    keyed('after', after),
    keyed('before', before),
    keyed('to', to),
  ];
  return parts.filter((part) => part !== '').join(' ');
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'object' && 'key' in value) return String(value.key);
  return String(value);
}

function quoted(value: unknown): string {
  const text = textOf(value);
  // Two hyphens would begin a note.
  const isWord = /^[\p{L}\p{N}_-]*$/u.test(text) && !text.includes('--');
  return isWord ? text : `"${text.replaceAll('"', '""')}"`;
}

function keyed(key: string, value: unknown): string {
  const text = quoted(value);
  return text === '' ? '' : `${key}:${text}`;
}

export const examples = {
  set: command('stages set quote 75% 10d', '销售阶段 修改 报价 75% 10天'),
  add: command('stages add demo after:tracking 40% 10d', '销售阶段 新增 演示 在后:跟踪 40% 10天'),
  rename: command('stages rename demo presentation', '销售阶段 重命名 演示 方案介绍'),
  remove: command('stages remove demo to:tracking', '销售阶段 删除 演示 移到:跟踪'),
};

function unknownWord(text: string): AppError {
  return new AppError('invalid_input', t('unknown-word', { text: strong(text), ...examples }));
}
