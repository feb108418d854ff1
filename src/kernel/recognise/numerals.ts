/** A number as people write it: plain decimal digits; `bare` without unit, grouping or fraction. */
export type Numeral =
  | { decimal: string; bare: boolean }
  /** Not readable as it stands; what was probably meant. */
  | { meant: string[] }
  | undefined;

const unitZeros = new Map<string, number>([
  ['', 0],
  ['k', 3],
  ['thousand', 3],
  ['m', 6],
  ['mm', 6],
  ['mn', 6],
  ['mio', 6],
  ['million', 6],
  ['b', 9],
  ['bn', 9],
  ['billion', 9],
  ['w', 4],
]);
/** Longest first, so that `million` is not read as `m`. */
export const latinUnits = [...unitZeros.keys()].sort((a, b) => b.length - a.length);

const numberPart = /^\d+(?:[.,' ]\d+)*/;
const hanNumeral = /^[\d.零〇一二两三四五六七八九十百千万亿]+$/;

/** Reads `80`, `1.2m`, `80,000`, `80'000`, `1.234.567,89`, `8w`, `3万5`, `八万`. `text` is flat. */
export function readNumeral(text: string): Numeral {
  const part = numberPart.exec(text)?.[0];
  if (part) {
    const unit = text.slice(part.length).trim();
    const zeros = unitZeros.get(unit);
    if (zeros !== undefined) return readDigits(part, unit, zeros);
  }
  if (!hanNumeral.test(text) || text.length > 24) return undefined;
  const decimal = readHan(text);
  return decimal === undefined ? undefined : { decimal, bare: false };
}

function readDigits(part: string, unit: string, zeros: number): Numeral {
  if (part.length > 40) return undefined;
  if (/^\d+$/.test(part)) return { decimal: shifted(part, zeros), bare: zeros === 0 };
  if (zeros === 0 && /^[1-9]\d{0,2}\.\d{3}$/.test(part)) {
    return { meant: [part.replace('.', ''), part.replace(/\.?0*$/, '')] };
  }
  if (/^\d+\.\d+$/.test(part)) return { decimal: shifted(part, zeros), bare: false };
  if (/^\d{1,3}(?:[,' ]\d{3})+(?:\.\d+)?$/.test(part)) {
    return { decimal: shifted(part.replace(/[,' ]/g, ''), zeros), bare: false };
  }
  // Continental grouping is certain only when both marks or two groups are there.
  if (/^\d{1,3}(?:\.\d{3})+,\d+$/.test(part) || /^\d{1,3}(?:\.\d{3}){2,}$/.test(part)) {
    return { decimal: shifted(part.replace(/\./g, '').replace(',', '.'), zeros), bare: false };
  }
  if (/^\d+,\d{1,2}$/.test(part)) return { meant: [`${part.replace(',', '.')}${unit}`] };
  return undefined;
}

/** Moves the decimal point to the right. */
function shifted(decimal: string, zeros: number): string {
  const [whole = '', fraction = ''] = decimal.split('.');
  const moved = whole + fraction.slice(0, zeros).padEnd(zeros, '0');
  const rest = fraction.slice(zeros).replace(/0+$/, '');
  const digits = moved.replace(/^0+(?=\d)/, '');
  return rest ? `${digits}.${rest}` : digits;
}

const digitValues = new Map([...'零一二三四五六七八九'].map((digit, value) => [digit, value]));
digitValues.set('〇', 0).set('两', 2);
const smallUnits = new Map([
  ['十', 10n],
  ['百', 100n],
  ['千', 1000n],
]);
const scale = 1_000_000n;

/** `八万`, `一百二十万`, `3万5` (35,000), `1亿2000万`; `undefined` when it is no number. */
function readHan(text: string): string | undefined {
  const part = /(\d+(?:\.\d{1,6})?)|([零〇一二两三四五六七八九])|([十百千万亿])/y;
  let total = 0n;
  let section = 0n;
  let current: bigint | undefined;
  let lastUnit = 0n;
  let afterUnit = false;
  while (part.lastIndex < text.length) {
    const match = part.exec(text);
    if (!match) return undefined;
    const [, digits, han, unit] = match;
    if (digits !== undefined) {
      if (current !== undefined) return undefined;
      const [whole = '0', fraction = ''] = digits.split('.');
      current = BigInt(whole) * scale + BigInt(fraction.padEnd(6, '0'));
    } else if (han !== undefined) {
      const value = BigInt(digitValues.get(han) ?? 0) * scale;
      afterUnit = afterUnit && value !== 0n;
      current = current === undefined ? value : current * 10n + value;
      continue;
    } else if (unit === '万' || unit === '亿') {
      const factor = unit === '万' ? 10_000n : 100_000_000n;
      const sum = section + (current ?? 0n) + (unit === '亿' ? total : 0n);
      if (sum === 0n) return undefined;
      total = unit === '亿' ? sum * factor : total + sum * factor;
      section = 0n;
      current = undefined;
      lastUnit = factor;
    } else if (unit !== undefined) {
      const factor = smallUnits.get(unit) ?? 1n;
      section += (current ?? scale) * factor;
      current = undefined;
      lastUnit = factor;
    }
    afterUnit = unit !== undefined;
    if (digits !== undefined && lastUnit > 0n) afterUnit = true;
  }
  if (current !== undefined) {
    // 3万5 is 35,000: a single digit after a unit counts in tenths of it.
    const isTail = lastUnit >= 100n && afterUnit && current < 10n * scale && current % scale === 0n;
    section += isTail ? (current * lastUnit) / 10n : current;
  }
  const sum = total + section;
  const fraction = (sum % scale).toString().padStart(6, '0').replace(/0+$/, '');
  return fraction ? `${sum / scale}.${fraction}` : `${sum / scale}`;
}

/** A small count in digits or Chinese numerals (`3`, `三`, `十二`, `两`); `undefined` for anything else. */
export function readCount(text: string): number | undefined {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  if (text.length > 6 || !hanNumeral.test(text)) return undefined;
  const decimal = readHan(text);
  return decimal !== undefined && /^\d{1,6}$/.test(decimal) ? Number(decimal) : undefined;
}
