import { isCurrency } from '../money.ts';
import { nearest } from './spelling.ts';

const words = new Map<string, string>([
  ['€', 'EUR'],
  ['euro', 'EUR'],
  ['euros', 'EUR'],
  ['欧元', 'EUR'],
  ['£', 'GBP'],
  ['英镑', 'GBP'],
  ['us$', 'USD'],
  ['美元', 'USD'],
  ['美金', 'USD'],
  ['hk$', 'HKD'],
  ['港币', 'HKD'],
  ['港元', 'HKD'],
  ['nt$', 'TWD'],
  ['a$', 'AUD'],
  ['c$', 'CAD'],
  ['s$', 'SGD'],
  ['r$', 'BRL'],
  ['rmb', 'CNY'],
  ['cn¥', 'CNY'],
  ['yuan', 'CNY'],
  ['元', 'CNY'],
  ['块', 'CNY'],
  ['块钱', 'CNY'],
  ['人民币', 'CNY'],
  ['jp¥', 'JPY'],
  ['yen', 'JPY'],
  ['円', 'JPY'],
  ['日元', 'JPY'],
  ['₹', 'INR'],
  ['₩', 'KRW'],
  ['₽', 'RUB'],
  ['₺', 'TRY'],
  ['zł', 'PLN'],
]);
/** Codes read in lower case too; of the others some are words (`all`, `try`, `top`) and need capitals. */
const common = new Set(
  'usd eur gbp jpy cny hkd twd sgd aud cad chf inr krw rub brl sek nok dkk pln czk huf thb myr idr vnd php zar aed sar mxn nzd ils'.split(
    ' ',
  ),
);
const dollars = new Set(['USD', 'AUD', 'CAD', 'SGD', 'HKD', 'NZD', 'TWD', 'MXN']);

/**
 * The currency a sign, word or code means in an organization of currency `own`. Two codes: only the person
 * knows which (`¥` outside China and Japan). `typed` is the word with its capitals.
 */
export function currencyOf(word: string, typed: string, own: string): readonly string[] | undefined {
  if (word === '¥') return own === 'CNY' || own === 'JPY' ? [own] : ['CNY', 'JPY'];
  if (word === '$') return [dollars.has(own) ? own : 'USD'];
  const known = words.get(word);
  if (known) return [known];
  if (word.length !== 3) return undefined;
  if (common.has(word) || (/^[A-Z]{3}$/.test(typed) && isCurrency(typed))) return [word.toUpperCase()];
  return undefined;
}

/** Codes that are English words as well: beside an amount in lower case they are more often that. */
const codesThatAreWords = new Set(
  'all try top pen cup mop mad bob gel sos ron bam bad bel bec ban cop dem esp fim kid lak lit nic old rol sit sur tic tip uni yum zip'.split(
    ' ',
  ),
);

/** The code a word in lower case may be, without being read as one (`kwd`). */
export function currencyIn(word: string): string | undefined {
  const code = word.toUpperCase();
  const isWord = codesThatAreWords.has(word) || word !== word.toLowerCase();
  return word.length === 3 && !isWord && isCurrency(code) ? code : undefined;
}

/** Signs that mean other currencies as well. */
export function signsOf(code: string): readonly string[] {
  if (dollars.has(code)) return ['$'];
  return code === 'CNY' || code === 'JPY' ? ['¥'] : [];
}

/** The usual code that a misspelt one (`ERU`) stands for. */
export function nearestCurrency(word: string): string | undefined {
  return nearest(word.toLowerCase(), common)?.toUpperCase();
}
