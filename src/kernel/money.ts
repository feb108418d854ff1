/** An amount in minor units (cents, fen; JPY has none, KWD three digits) of an ISO 4217 currency. */
export interface Money {
  amountMinor: bigint;
  currency: string;
}

/** The largest amount people and programs may say: 18 digits. Twice as much is still far from the end of 64 bits. */
export const mostMinor = 10n ** 18n - 1n;

const exponents = new Map<string, number>();

/** Number of decimal digits of a currency by ISO 4217. Throws RangeError for what is no currency code. */
export function exponentOf(currency: string): number {
  let exponent = exponents.get(currency);
  if (exponent === undefined) {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    exponent = format.resolvedOptions().maximumFractionDigits ?? 2;
    exponents.set(currency, exponent);
  }
  return exponent;
}

let known: ReadonlySet<string> | undefined;

/** Whether `code` is a currency in use (upper-case ISO 4217). */
export function isCurrency(code: string): boolean {
  known ??= new Set(Intl.supportedValuesOf('currency'));
  return known.has(code);
}

/** `decimal` is plain digits with an optional fraction; digits beyond the currency's own are rounded half up. */
export function moneyFromDecimal(decimal: string, currency: string): Money {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal);
  if (!match) throw new RangeError(`not a decimal: ${decimal}`);
  const [, sign = '', whole = '0', fraction = ''] = match;
  const exponent = exponentOf(currency);
  const kept = fraction.slice(0, exponent).padEnd(exponent, '0');
  const roundUp = (fraction[exponent] ?? '0') >= '5' ? 1n : 0n;
  const minor = BigInt(whole + kept) + roundUp;
  return { amountMinor: sign ? -minor : minor, currency };
}

/** Plain digits without grouping; trailing zero fraction dropped (`80000`, `80000.5`). */
export function moneyToDecimal(amount: Money): string {
  const exponent = exponentOf(amount.currency);
  const sign = amount.amountMinor < 0n ? '-' : '';
  const digits = (amount.amountMinor < 0n ? -amount.amountMinor : amount.amountMinor)
    .toString()
    .padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const fraction = digits.slice(digits.length - exponent).replace(/0+$/, '');
  return `${sign}${whole}${fraction ? `.${fraction}` : ''}`;
}

const formats = new Map<string, Intl.NumberFormat>();

/** ISO code and grouped digits of the reader's locale: `CNY 80,000`. Fractions only where there are any. */
export function formatMoney(amount: Money, locale: string): string {
  const exponent = exponentOf(amount.currency);
  const isWhole = exponent === 0 || amount.amountMinor % 10n ** BigInt(exponent) === 0n;
  const id = `${locale} ${isWhole ? 0 : exponent}`;
  let format = formats.get(id);
  if (!format) {
    const digits = isWhole ? 0 : exponent;
    format = new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
    formats.set(id, format);
  }
  // A string keeps amounts beyond 2^53 exact; the DOM types do not know that form yet.
  return `${amount.currency} ${format.format(moneyToDecimal(amount) as unknown as number)}`;
}

/** Sums per currency, largest first, equal ones by code. Unlike currencies are never added. */
export function sumByCurrency(amounts: Iterable<Money>): Money[] {
  const sums = new Map<string, bigint>();
  for (const { amountMinor, currency } of amounts) {
    sums.set(currency, (sums.get(currency) ?? 0n) + amountMinor);
  }
  return [...sums]
    .map(([currency, amountMinor]) => ({ currency, amountMinor }))
    .sort((a, b) =>
      a.amountMinor === b.amountMinor
        ? a.currency < b.currency
          ? -1
          : 1
        : a.amountMinor < b.amountMinor
          ? 1
          : -1,
    );
}
