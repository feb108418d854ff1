import { type Money, moneyFromDecimal, moneyToDecimal, mostMinor } from '../money.ts';
import { code, type Inline, money as moneyNode } from '../text.ts';
import { currencyOf, signsOf } from './currencies.ts';
import { kernelMessages as t } from './messages.ts';
import { latinUnits, readNumeral } from './numerals.ts';
import type { Problem, ReadContext, Recogniser } from './recogniser.ts';
import { type Ahead, type Scan, scanning, shown } from './words.ts';

/** Everything an amount can begin with; any other word is passed over at once. */
const opening = /^[\d.~≈约+\-$€£¥₹₩₽₺一二两三四五六七八九十百千a-z人美欧英日港]/;
const label = /^(?:金额|预算|总额|总价|合计|大约|约|共)[为是约]?/;
const roughly = /(?:左右|上下|[.,]-)$/;
const mobile = /^1[3-9]\d{9}$/;

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
  // `预算80万`, `80万左右`, `80k.-`: what is run together with an amount is no part of it.
  const from = label.exec(view.text)?.[0].length ?? 0;
  if (!opening.test(view.text.slice(from))) return undefined;
  // Two words name the currency or unit, more are groups of digits; the longest reading counts.
  for (let i = Math.min(view.ends.length, 5) - 1; i >= 0; i--) {
    const length = view.ends[i] ?? 0;
    const to = length - (roughly.exec(view.text.slice(from, length))?.[0].length ?? 0);
    const found = amountOf(view.text.slice(from, to), view.typed.slice(from, to), read);
    if (found) return { length, ...found };
  }
  return range(view.text.slice(from, view.ends[0]), view.ends[0] ?? 0, read);
}

/** `80k-100k`, `80-100万`: an amount is one of the two. */
function range(text: string, length: number, read: ReadContext): Scan {
  const [, low = '', high = ''] = /^([^-~至到]{1,20})[-~至到]([^-~至到]{1,20})$/.exec(text) ?? [];
  const last = high === '' ? undefined : amountOf(high, high, read);
  if (!last || !('value' in last) || last.loose) return undefined;
  const unit = /[^\d.,]*$/.exec(high)?.[0] ?? '';
  const typed = [low + unit, low].find((one) => {
    const found = amountOf(one, one, read);
    return found && 'value' in found && !found.loose;
  });
  const first = typed === undefined ? undefined : amountOf(typed, typed, read);
  if (typed === undefined || !first || !('value' in first)) return undefined;
  const message = t('money-range', { text: shown(text), first: node(first.value), second: node(last.value) });
  return { length, problem: { message, alternatives: [typed, high] } };
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
  if (moneyFromDecimal(decimal, currency).amountMinor > mostMinor) {
    const most = moneyNode({ amountMinor: mostMinor, currency });
    return { problem: { message: t('money-too-large', { text: shown(text), most }) } };
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
    if (currencies) return { number: amount, currencies: agreed(before, currencies, lead), isNegative };
    const twice = twoCurrencies(after, typed.slice(at, at + after.length), own);
    if (twice) return { number: amount, currencies: twice, isNegative };
  }
  return undefined;
}

/** `¥80k JPY` and `$80k SGD` say which sign it is; `EUR 80k USD` is one of the two. */
function agreed(
  before: readonly string[] | undefined,
  after: readonly string[],
  sign: string,
): readonly string[] {
  const [first] = before ?? [];
  const [code] = after;
  if (first === undefined || code === undefined || first === code || signsOf(code).includes(sign))
    return after;
  return [first, code];
}

/** `80k EUR USD`: both are said, and only the person knows which. */
function twoCurrencies(text: string, typed: string, own: string): readonly string[] | undefined {
  const words = text.split(' ');
  if (words.length !== 2) return undefined;
  const [first = '', second = ''] = words;
  const [a] = currencyOf(first, typed.slice(0, first.length), own) ?? [];
  const [b] = currencyOf(second, typed.slice(first.length + 1), own) ?? [];
  if (a === undefined || b === undefined) return undefined;
  return a === b ? [a] : [a, b];
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
