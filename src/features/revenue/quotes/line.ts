import { AppError } from '../../../kernel/errors.ts';
import { recognisers } from '../../../kernel/recognise/index.ts';
import type { ReadContext, Token } from '../../../kernel/recognise/recogniser.ts';
import { printKey } from '../../../kernel/recognise/ref.ts';
import { flat } from '../../../kernel/recognise/words.ts';
import { code } from '../../../kernel/text.ts';
import { examples } from './examples.ts';
import { printItems, readItems } from './line-items.ts';
import { t } from './messages.ts';

type Key = 'deal' | 'total' | 'valid' | 'tax' | 'price' | 'row';

const keys: Readonly<Record<string, Key>> = {
  deal: 'deal',
  商机: 'deal',
  total: 'total',
  amount: 'total',
  合计: 'total',
  总价: 'total',
  金额: 'total',
  valid: 'valid',
  until: 'valid',
  有效: 'valid',
  有效期: 'valid',
  有效期至: 'valid',
  tax: 'tax',
  vat: 'tax',
  税: 'tax',
  税费: 'tax',
  price: 'price',
  each: 'price',
  单价: 'price',
  row: 'row',
  line: 'row',
  行: 'row',
};

const off = new Set(['off', 'remove', 'drop', 'delete', '删除', '去掉', '移除']);
const meta = { kind: 'ref', label: '', lookups: ['deal', 'quote'] } as const;

/** Reads `D-142 40x"GTX Pro" 95k valid:30d tax:"13% VAT included"`. Throws AppError for words that fit nowhere. */
export function parseQuote(tokens: readonly Token[], read: ReadContext): Record<string, unknown> {
  const raw: Record<string, unknown> = {};
  const left = [...tokens];
  const record = takeRecord(left, read);
  if (record !== undefined) raw[/^q-\d/i.test(record) ? 'quote' : 'deal'] = record;
  const text = withoutKeys(left, raw, ['deal', 'total', 'valid', 'tax']);
  const { lines, total } = readItems(text, read);
  if (lines.length > 0) raw.lines = printItems(lines);
  if (total !== undefined) {
    if (raw.total !== undefined) {
      throw new AppError(
        'invalid_input',
        t('two-totals', { first: code(String(raw.total)), second: code(total) }),
      );
    }
    raw.total = total;
  }
  return raw;
}

/** Removes the record a line is about from its words: a number wherever it stands, else a name in first place. */
function takeRecord(tokens: Token[], read: ReadContext): string | undefined {
  for (let at = 0; at < tokens.length; at++) {
    const taken = recognisers.ref.take(tokens, at, read, meta);
    if (!taken || 'problem' in taken) continue;
    tokens.splice(at, taken.used);
    return String(taken.value);
  }
  const [first] = tokens;
  if (!first || first.key !== undefined || (!first.quoted && /^[\d¥$€£]/.test(flat(first.text))))
    return undefined;
  tokens.shift();
  return first.text;
}

/** Puts `key:value` where it belongs; answers the other words as they were typed, quotations in straight marks. */
function withoutKeys(
  tokens: readonly Token[],
  raw: Record<string, unknown>,
  allowed: readonly Key[],
): string {
  let text = '';
  for (const token of tokens) {
    const isInside = (text.match(/["“”„]/g) ?? []).length % 2 === 1;
    if (token.key === undefined || isInside) {
      const word = token.quoted ? `"${token.text.replaceAll('"', '""')}"` : token.text;
      text += ` ${token.key === undefined ? word : `${token.key}:${word}`}`;
      continue;
    }
    const key = keys[flat(token.key)];
    if (key === 'price') {
      text += ` @${/\s/.test(token.text) ? `"${token.text}"` : token.text}`;
      continue;
    }
    if (!key || !allowed.includes(key) || token.text === '') {
      throw new AppError(
        'invalid_input',
        t('unknown-key', { key: code(`${token.key}:`), line: examples.quote }),
      );
    }
    if (raw[key] !== undefined) {
      throw new AppError('invalid_input', t('said-twice', { key: code(`${token.key}:`) }));
    }
    raw[key] = key === 'valid' ? validTyped(token.text) : token.text;
  }
  return text.trim();
}

/** `30d` and `30天` are time from now, as `+30d` is. */
export function validTyped(text: string): string {
  return /^\d{1,4} ?(?:d|days?|w|weeks?|mo|months?|天|日|周|个?月)$/.test(flat(text))
    ? `+${flat(text)}`
    : text;
}

/** What parseQuote reads, without the verb. */
export function printQuote(input: Record<string, unknown>, read: ReadContext): string {
  const { deal, quote, lines, total, valid, tax } = input;
  const isHan = read.locale === 'zh-CN';
  return joined([
    quotedKey(deal ?? quote),
    linesTyped(lines, read),
    keyed(total, /^[\p{L}\p{N}.¥$€£]+$/u.test(textOf(total)) ? '' : isHan ? '合计:' : 'total:'),
    keyed(valid, isHan ? '有效期:' : 'valid:'),
    keyed(tax, isHan ? '税:' : 'tax:'),
  ]);
}

function linesTyped(lines: unknown, read: ReadContext): string {
  if (typeof lines !== 'string') return '';
  try {
    return printItems(readItems(lines, read).lines);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return lines;
  }
}

/** Reads `Q-57 10x"Seal kit"@290`, `Q-57 row:2 20x"Seal kit"`, `Q-57 off 2`. Throws AppError. */
export function parseQuoteLine(tokens: readonly Token[], read: ReadContext): Record<string, unknown> {
  const raw: Record<string, unknown> = {};
  const left = [...tokens];
  const quote = takeRecord(left, read);
  if (quote !== undefined) raw.quote = quote;
  const [first, second, third] = left;
  if (first && first.key === undefined && !first.quoted && off.has(flat(first.text))) {
    if (!second || third)
      throw new AppError('invalid_input', t('which-row', { line: examples.line, off: examples.off }));
    return { ...raw, off: second.text };
  }
  const text = withoutKeys(left, raw, ['row']);
  const { lines, total } = readItems(text, read);
  const [line, more] = lines;
  if (more || (total !== undefined && line?.price !== undefined)) {
    throw new AppError('invalid_input', t('one-line', { line: examples.line }));
  }
  const each = line?.price ?? total;
  return {
    ...raw,
    ...(line ? { product: line.name, quantity: line.quantity } : {}),
    ...(each === undefined ? {} : { price: each }),
  };
}

/** What parseQuoteLine reads, without the verb. */
export function printQuoteLine(input: Record<string, unknown>, { locale }: ReadContext): string {
  const { quote, row, off: gone, product, quantity, price } = input;
  const name = printKey(product);
  const each = textOf(price);
  const line =
    name === ''
      ? ''
      : printItems([{ name, quantity: Number(quantity ?? 1), ...(each === '' ? {} : { price: each }) }]);
  return joined([
    quotedKey(quote),
    gone === undefined ? '' : `${locale === 'zh-CN' ? '删除' : 'off'} ${textOf(gone)}`,
    row === undefined ? '' : `${locale === 'zh-CN' ? '行' : 'row'}:${textOf(row)}`,
    line,
  ]);
}

/** Reads a quote and a day: `Q-57 30d`. */
export function parseExtension(tokens: readonly Token[], read: ReadContext): Record<string, unknown> {
  const raw: Record<string, unknown> = {};
  const left = [...tokens];
  const quote = takeRecord(left, read);
  if (quote !== undefined) raw.quote = quote;
  const text = withoutKeys(left, raw, ['valid']);
  if (text !== '') {
    if (raw.valid !== undefined) throw new AppError('invalid_input', t('said-twice', { key: code(text) }));
    raw.valid = validTyped(text);
  }
  return raw;
}

export function printExtension({ quote, valid }: Record<string, unknown>): string {
  return joined([quotedKey(quote), textOf(valid)]);
}

function textOf(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}

function quotedKey(value: unknown): string {
  const key = printKey(value);
  return key === '' || /^[\p{L}\p{N}_-]+$/u.test(key) ? key : quoted(key);
}

function keyed(value: unknown, prefix: string): string {
  const text = textOf(value);
  if (text === '') return '';
  return `${prefix}${/^[\p{L}\p{N}.¥$€£+-]+$/u.test(text) ? text : quoted(text)}`;
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}
