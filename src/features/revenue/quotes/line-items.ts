import { AppError } from '../../../kernel/errors.ts';
import { recognisers } from '../../../kernel/recognise/index.ts';
import type { ReadContext } from '../../../kernel/recognise/recogniser.ts';
import { code } from '../../../kernel/text.ts';
import { examples } from './examples.ts';
import { t } from './messages.ts';
import { longestText, mostLines, mostQuantity } from './rules.ts';

/** One line of a quote as it was said: `40x"GTX Pro"@2300`. */
export interface LineSaid {
  name: string;
  quantity: number;
  /** Per unit, as typed: without a currency it is in the quote's. */
  price?: string | undefined;
}

const marks: Readonly<Record<string, string>> = {
  '"': '"“”„',
  '“': '"“”',
  '”': '"“”',
  '„': '"“”',
  '「': '」',
  '『': '』',
  '«': '»',
};
const opening = '["“”„「『«]';
const between = /^[\s,，、;；+]+/;
const figure = '(\\d{1,3}(?:,\\d{3})+|\\d{1,9})';
/** `40x`, `40 x `, `40×`, `40个`, `40 pcs`, and a figure right before a quotation. */
const quantities = [
  new RegExp(`^${figure}[x×✕*]\\s*(?=\\S)`, 'i'),
  new RegExp(`^${figure}\\s+[x×✕*](?:\\s+|(?=${opening}))`, 'i'),
  new RegExp(`^${figure}\\s*(?:个|台|件|套|只|支|把|组|箱|条|块|根|瓶|小时)\\s*(?=\\S)`),
  new RegExp(`^${figure}\\s*(?:pcs|pc|pieces|units|unit)\\s+`, 'i'),
  new RegExp(`^${figure}\\s+(?=${opening})`),
];
const trailing = new RegExp(`^\\s*[x×✕*]\\s*${figure}(?![\\w.])`, 'i');
const priceMark = /^\s*@\s*/;
const price =
  /^(?:"([^"]+)"|((?:[A-Za-z]{3}\s+)?(?:[\d.,]*\d[^\s,，;；、]*|[^\s,，;；、]+)(?:\s+[A-Z]{3}(?!\w))?))/;

/** What a text of lines says, and the amount that stands beside them, if one does. */
export interface ItemsSaid {
  lines: LineSaid[];
  total?: string;
}

/**
 * Reads `40x"GTX Pro"@2300, 2 x Seal kit 95k`. Names with spaces may stand without quotation marks where an amount,
 * a price or the next quantity ends them. Throws AppError.
 */
export function readItems(typed: string, read: ReadContext): ItemsSaid {
  const said: ItemsSaid = { lines: [] };
  if (typed.length > longestText) throw tooLong();
  let text = typed.normalize('NFKC');
  // One character may stand for eighteen.
  if (text.length > longestText) throw tooLong();
  for (;;) {
    text = text.replace(between, '');
    if (text === '') return said;
    text = amountOrLine(text, read, said);
    if (said.lines.length > mostLines)
      throw new AppError('invalid_input', t('too-many-lines', { most: mostLines }));
  }
}

/** Takes what the text begins with; answers the rest. */
function amountOrLine(text: string, read: ReadContext, said: ItemsSaid): string {
  const match = quantities.map((pattern) => pattern.exec(text)).find((found) => found !== null);
  if (!match) {
    const amount = amountAt(text, read);
    if (amount !== undefined) {
      if (said.total !== undefined) {
        throw new AppError(
          'invalid_input',
          t('two-totals', { first: code(said.total), second: code(amount) }),
        );
      }
      said.total = amount;
      return text.slice(amount.length);
    }
  }
  const from = text.slice(match?.[0].length ?? 0);
  const name = nameAt(from, read);
  const isQuoted = marks[from[0] ?? ''] !== undefined;
  if (name.text === '' || (!isQuoted && /^[\d\s]*[x×✕*]?$/i.test(name.text))) throw notALine(text);
  let rest = from.slice(name.length);
  const after = match ? null : trailing.exec(rest);
  if (after) rest = rest.slice(after[0].length);
  const line: LineSaid = { name: name.text, quantity: quantityOf(match?.[1] ?? after?.[1] ?? '1') };
  const mark = priceMark.exec(rest);
  if (mark) {
    const found = price.exec(rest.slice(mark[0].length));
    if (!found) throw notALine(text);
    line.price = (found[1] ?? found[2] ?? '').trim();
    rest = rest.slice(mark[0].length + found[0].length);
  }
  said.lines.push(line);
  return rest;
}

function quantityOf(digits: string): number {
  const quantity = Number(digits.replaceAll(',', ''));
  if (quantity < 1 || quantity > mostQuantity) {
    throw new AppError('invalid_input', t('bad-quantity', { text: code(digits), most: mostQuantity }));
  }
  return quantity;
}

/** The longest amount of up to three words the text begins with. One with a letter for a digit counts: it is told later. */
function amountAt(text: string, read: ReadContext): string | undefined {
  const words = /^[^\s"“”„「『«@]+(?:\s+[^\s"“”„「『«@]+){0,2}/.exec(text)?.[0];
  if (words === undefined) return undefined;
  const ends = [...words.matchAll(/\S+/g)].map((word) => word.index + word[0].length).reverse();
  for (const end of ends) {
    const candidate = words.slice(0, end).replace(/[,，、;；]+$/, '');
    if (isAmount(candidate, read)) return candidate;
  }
  return undefined;
}

function isAmount(text: string, read: ReadContext): boolean {
  const found = recognisers.money.read(text, read, { kind: 'money', label: '' });
  return 'value' in found || (/^\d/.test(text) && found.problem.suggestion !== undefined);
}

/** A quoted name, or words up to whatever cannot be part of one. */
function nameAt(text: string, read: ReadContext): { text: string; length: number } {
  const closing = marks[text[0] ?? ''];
  if (closing !== undefined) return quotedAt(text, closing);
  let length = 0;
  for (const word of text.matchAll(/[^\s,，、;；@"“”„「『«]+/g)) {
    const gap = text.slice(length, word.index);
    if (/[^\s]/.test(gap)) break;
    const rest = text.slice(word.index);
    if (quantities.some((pattern) => pattern.test(rest)) || isAmount(word[0], read)) break;
    if (length > 0 && trailing.test(gap + rest)) break;
    if (/^[A-Za-z]{3}$/.test(word[0]) && /^[A-Za-z]{3}\s+\d/.test(rest) && amountAt(rest, read) !== undefined)
      break;
    length = word.index + word[0].length;
  }
  return { text: text.slice(0, length).trim(), length };
}

/** Inside straight marks a mark is written twice. */
function quotedAt(text: string, closing: string): { text: string; length: number } {
  const isStraight = text[0] === '"';
  let name = '';
  for (let at = 1; at < text.length; at++) {
    const char = text[at] ?? '';
    if (isStraight && char === '"' && text[at + 1] === '"') {
      name += char;
      at++;
    } else if (isStraight ? char === '"' : closing.includes(char)) {
      return { text: name.trim(), length: at + 1 };
    } else name += char;
  }
  throw new AppError('invalid_input', t('open-quotation', { text: code(text.slice(0, 40)) }));
}

function tooLong(): AppError {
  return new AppError('invalid_input', t('too-long', { most: longestText }));
}

function notALine(text: string): AppError {
  return new AppError(
    'invalid_input',
    t('not-a-line', { text: code(text.slice(0, 40)), line: examples.line }),
  );
}

/** Lines only, as a form's field holds them. Throws AppError of the field `lines`. */
export function readLines(text: string, read: ReadContext): LineSaid[] {
  try {
    const { lines, total } = readItems(text, read);
    if (total !== undefined) throw notALine(total);
    return lines;
  } catch (error) {
    if (!(error instanceof AppError) || error.fields.length > 0) throw error;
    throw new AppError('invalid_input', error.text, { fields: [{ field: 'lines', message: error.text }] });
  }
}

/** What readItems reads again. */
export function printItems(lines: readonly LineSaid[]): string {
  return lines
    .map(({ name, quantity, price: each }) => {
      const named = `${quantity}x "${name.replaceAll('"', '""')}"`;
      if (each === undefined) return named;
      return `${named} @${/^[^\s"]+$/.test(each) ? each : `"${each.replaceAll('"', '')}"`}`;
    })
    .join(' ');
}
