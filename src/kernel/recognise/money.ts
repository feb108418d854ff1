import { exponentOf, type Money, moneyFromDecimal, moneyToDecimal } from '../money.ts';
import { code, type Inline, money as moneyNode } from '../text.ts';
import { currencyOf } from './currencies.ts';
import { kernelMessages as t } from './messages.ts';
import { latinUnits, readNumeral } from './numerals.ts';
import type { Problem, ReadContext, Recogniser } from './recogniser.ts';
import { type Ahead, type Scan, scanning, shown } from './words.ts';

/** Everything an amount can begin with; any other word is passed over at once. */
const opening = /^[\d.~≈约+\-$€£¥₹₩₽₺一二两三四五六七八九十百千a-z人美欧英日港]/;
const mobile = /^1[3-9]\d{9}$/;
const mostMinorDigits = 18;

/** `80k`, `¥1.2m`, `EUR 80,000`, `80k EUR`, `8万`, `8w`; a bare number is in the organization's currency. */
export const money: Recogniser = {
  ...scanning(scan, (text, read) => unreadable(text, read)),
  print(value, read) {
    const amount = toMoney(value);
    if (!amount) return typeof value === 'string' ? value : '';
    const digits = short(amount, read.locale === 'zh-CN');
    const isPlain = amount.currency === read.currency && !mobile.test(digits);
    return isPlain ? digits : `${amount.currency} ${digits}`;
  },
};

function scan(view: Ahead, read: ReadContext): Scan {
  if (!opening.test(view.text)) return undefined;
  // Two words name the currency or unit, more are groups of digits; the longest reading counts.
  for (let i = Math.min(view.ends.length, 5) - 1; i >= 0; i--) {
    const length = view.ends[i] ?? 0;
    const text = view.text.slice(0, length);
    const found = amountOf(text, view.typed.slice(0, length), read);
    if (found) return { length, ...found };
  }
  return undefined;
}

type Found = { value: unknown; loose?: boolean } | { problem: Problem } | undefined;

function amountOf(text: string, typed: string, read: ReadContext): Found {
  const parts = split(text, typed, read.currency);
  if (!parts) return letterForDigit(text, typed, read);
  const { number, currencies, isNegative } = parts;
  const numeral = readNumeral(number);
  if (!numeral) return letterForDigit(text, typed, read);
  const isMarked = currencies !== undefined;
  const said = currencies ?? [read.currency];
  if ('meant' in numeral) return isNegative ? undefined : { problem: meant(text, numeral.meant, said, read) };
  const { decimal, bare } = numeral;
  if (bare && !isMarked && (mobile.test(number) || /^0\d/.test(number))) return undefined;
  if (isNegative)
    return isMarked || !bare ? { problem: { message: t('money-negative', { text }) } } : undefined;
  const [currency, other] = said;
  if (currency === undefined) return undefined;
  if (
    decimal.split('.')[0] &&
    (decimal.split('.')[0] ?? '').length + exponentOf(currency) > mostMinorDigits
  ) {
    return { problem: { message: t('money-too-large', { text: shown(text) }) } };
  }
  if (other !== undefined) {
    const alternatives = [`${currency} ${number}`, `${other} ${number}`];
    const [first, second] = [currency, other].map((code) => moneyNode(moneyFromDecimal(decimal, code)));
    if (first === undefined || second === undefined) return undefined;
    return { problem: { message: t('money-which', { text: shown(text), first, second }), alternatives } };
  }
  const value = canonical(moneyFromDecimal(decimal, currency));
  return bare && !isMarked ? { value, loose: true } : { value };
}

/** Number and currency of a text that is nothing else; `undefined` when there is more to it. */
function split(text: string, typed: string, own: string) {
  const sign = /^[~≈约+-]+/.exec(text)?.[0] ?? '';
  if (sign.startsWith('+')) return undefined;
  const lead = /^[^\d\s.一二两三四五六七八九十百千万亿]+/.exec(text.slice(sign.length))?.[0] ?? '';
  const from = sign.length + lead.length;
  const before = lead === '' ? undefined : currencyOf(lead, typed.slice(sign.length, from), own);
  if (lead !== '' && !before) return undefined;
  const rest = text.slice(from).trim();
  const offset = text.length - text.slice(from).trimStart().length;
  const isNegative = sign.includes('-');
  const digits = /^[\d.,' ]*\d|^[\d.一二两三四五六七八九十百千万亿零〇]+/.exec(rest)?.[0] ?? '';
  if (digits === '') return undefined;
  const han = /^[\d.一二两三四五六七八九十百千万亿零〇]+/.exec(rest)?.[0] ?? '';
  const number = han.length > digits.length ? han : digits;
  const tail = rest.slice(number.length);
  if (tail.trim() === '') return { number, currencies: before, isNegative };
  for (const unit of tailUnits(tail)) {
    const after = tail.slice(unit.length).trim();
    const amount = `${number}${unit.trim()}`;
    if (after === '') return { number: amount, currencies: before, isNegative };
    const at = offset + rest.length - after.length;
    const currencies = currencyOf(after, typed.slice(at, at + after.length), own);
    if (currencies) return { number: amount, currencies: before ?? currencies, isNegative };
  }
  return undefined;
}

/** What of a tail may be the unit: nothing first (so that `80krw` is won), then the longest. */
function* tailUnits(tail: string): Generator<string> {
  yield '';
  const trimmed = tail.trimStart();
  const space = tail.slice(0, tail.length - trimmed.length);
  const han = /^[十百千万亿]+/.exec(trimmed)?.[0];
  if (han) yield space + han;
  for (const unit of latinUnits) if (unit !== '' && trimmed.startsWith(unit)) yield space + unit;
}

/** `8O k`, `1OOk`, `l00`: letters that look like digits, in what is an amount otherwise. */
function letterForDigit(text: string, typed: string, read: ReadContext): Found {
  const match = /^([\dol][\dol.,]*)( ?(?:k|m|w|万|亿)?)$/.exec(text);
  const [, digits = '', unit = ''] = match ?? [];
  if (!/\d/.test(digits) || !/[ol]/.test(digits)) return undefined;
  if (digits.startsWith('o') || (/l/.test(digits) && unit.trim() === '')) return undefined;
  const suggestion = digits.replace(/o/g, '0').replace(/l/g, '1') + unit.trim();
  const found = amountOf(suggestion, suggestion, read);
  if (!found || !('value' in found)) return undefined;
  const amount = node(found.value);
  return { problem: { message: t('money-letter-o', { text: typed, suggestion, amount }), suggestion } };
}

function meant(text: string, options: string[], currencies: readonly string[], read: ReadContext): Problem {
  const currency = currencies[0] ?? read.currency;
  const prefix = currency === read.currency ? '' : `${currency} `;
  const typedAs = options.map((option) => `${prefix}${option}`);
  const amounts = options.map((option) => {
    const numeral = readNumeral(option);
    const decimal = numeral && 'decimal' in numeral ? numeral.decimal : '0';
    return moneyNode(moneyFromDecimal(decimal, currency));
  });
  const [first = '', second] = amounts;
  const [suggestion = '', other] = typedAs;
  if (second === undefined || other === undefined) {
    return { message: t('money-meant', { text: shown(text), suggestion, amount: first }), suggestion };
  }
  return { message: t('money-which', { text: shown(text), first, second }), alternatives: typedAs };
}

function unreadable(text: string, _read: ReadContext): Problem {
  const isPhone = /^\+?[\d\s-]{11,}$/.test(text);
  return { message: t(isPhone ? 'money-phone' : 'not-money', { text: shown(text) }) };
}

function canonical(amount: Money) {
  return { amountMinor: amount.amountMinor.toString(), currency: amount.currency };
}

function toMoney(value: unknown): Money | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!('amountMinor' in value) || !('currency' in value)) return undefined;
  const { amountMinor, currency } = value;
  if (typeof currency !== 'string') return undefined;
  if (typeof amountMinor === 'bigint') return { amountMinor, currency };
  if (typeof amountMinor === 'string' && /^-?\d+$/.test(amountMinor)) {
    return { amountMinor: BigInt(amountMinor), currency };
  }
  return undefined;
}

function node(value: unknown): Inline {
  const amount = toMoney(value);
  return amount ? moneyNode(amount) : code('');
}

/** `80k`, `1.25m`, `8.5万`, or the plain digits where no short form is exact. */
function short(amount: Money, inHan: boolean): string {
  const decimal = moneyToDecimal(amount);
  if (!/^\d+000$/.test(decimal)) return decimal;
  const whole = BigInt(decimal);
  if (inHan) {
    return whole >= 10_000n ? `${tenths(whole, 10_000n)}万` : decimal;
  }
  if (whole >= 1_000_000n && whole % 10_000n === 0n) return `${tenths(whole, 1_000_000n)}m`;
  return whole < 10_000_000n ? `${whole / 1000n}k` : decimal;
}

/** `whole / unit` exactly, at most as many decimals as the unit has zeros. */
function tenths(whole: bigint, unit: bigint): string {
  const digits = unit.toString().length - 1;
  const fraction = (whole % unit).toString().padStart(digits, '0').replace(/0+$/, '');
  return fraction ? `${whole / unit}.${fraction}` : `${whole / unit}`;
}
