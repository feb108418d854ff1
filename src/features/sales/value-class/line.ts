import { AppError } from '../../../kernel/errors.ts';
import type { FieldMeta } from '../../../kernel/fields.ts';
import { recognisers } from '../../../kernel/recognise/index.ts';
import type { ReadContext, Token } from '../../../kernel/recognise/recogniser.ts';
import { flat } from '../../../kernel/recognise/words.ts';
import { code, command } from '../../../kernel/text.ts';
import { t } from './messages.ts';

const whats: Readonly<Record<string, 'show' | 'apply' | 'off'>> = {
  show: 'show',
  list: 'show',
  查看: 'show',
  apply: 'apply',
  run: 'apply',
  now: 'apply',
  应用: 'apply',
  执行: 'apply',
  off: 'off',
  stop: 'off',
  停止: 'off',
  取消: 'off',
  关闭: 'off',
};

const moneyMeta: FieldMeta = { kind: 'money', label: '' };

/** `A>`, `A>=`, `A:`, `A from`, `A高于`, or the letter before a figure; `A` is no word of another kind here. */
const threshold =
  /(?:^|[\s,;])([ab])(?:类|级)?(?:\s*(?:>=|≥|>|=|:)|\s+(?:from|over|above)(?=\s|\d)|\s*(?:高于|超过|不低于|从)|(?=\s+\S|\d))\s*/giu;

export const exampleLine = command('classes A>500k B>100k');

/**
 * Reads `A>500k B>100k`, also without the signs and in any order, or one word (`apply`, `off`). Throws AppError for
 * words that fit nowhere.
 */
export function parseClasses(tokens: readonly Token[]): Record<string, unknown> {
  const text = tokens
    .map((token) => (token.key === undefined ? token.text : `${token.key}:${token.text}`))
    .join(' ')
    .normalize('NFKC')
    .trim();
  if (text === '') return {};
  const what = whats[flat(text)];
  if (what) return what === 'show' ? {} : { what };
  const found = [...text.matchAll(threshold)];
  const raw: Record<string, unknown> = {};
  if (found[0]?.index !== 0) throw unknown(text);
  for (const [index, match] of found.entries()) {
    const name = match[1]?.toLowerCase() === 'a' ? 'aFrom' : 'bFrom';
    const value = text.slice(match.index + match[0].length, found[index + 1]?.index).replace(/[\s,;]+$/, '');
    if (value === '' || raw[name] !== undefined) throw unknown(text);
    raw[name] = value;
  }
  return raw;
}

function unknown(text: string): AppError {
  return new AppError(
    'invalid_input',
    t('unknown-words', { text: code(text.slice(0, 60)), line: exampleLine }),
  );
}

/** What parseClasses reads, without the verb. */
export function printClasses(input: Record<string, unknown>, read: ReadContext): string {
  if (input.what === 'apply') return read.locale === 'zh-CN' ? '应用' : 'apply';
  if (input.what === 'off') return read.locale === 'zh-CN' ? '停止' : 'off';
  const amount = (value: unknown) =>
    typeof value === 'string' ? value : recognisers.money.print(value, read, moneyMeta);
  return [
    ...(input.aFrom === undefined ? [] : [`A>${amount(input.aFrom)}`]),
    ...(input.bFrom === undefined ? [] : [`B>${amount(input.bFrom)}`]),
  ].join(' ');
}
