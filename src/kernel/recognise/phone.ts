import { kernelMessages as t } from './messages.ts';
import type { Recogniser } from './recogniser.ts';
import { ahead, shown, uniform } from './words.ts';

const chinaMobile = /^1[3-9]\d{9}$/;
/** Digits with the country code, so that an amount beside a number is not swallowed. */
const lengths: readonly [code: string, [fewest: number, most: number]][] = [
  ['1', [11, 11]],
  ['7', [11, 11]],
  ['33', [11, 11]],
  ['44', [11, 12]],
  ['49', [10, 13]],
  ['61', [11, 11]],
  ['65', [10, 10]],
  ['81', [11, 12]],
  ['82', [10, 12]],
  ['852', [11, 11]],
  ['853', [11, 11]],
  ['886', [11, 12]],
  ['86', [11, 13]],
  ['91', [12, 12]],
];
/** What people write before a number, if anything. */
const label = /^(?:tel|phone|mobile|电话|手机号?|联系电话)[:：. ]? ?/;
const opening = new RegExp(`(?:${label.source})?[+(\\d]`);
/** Digits alone that may as well be an amount; round ones are that. */
const maybe = /^(?!\d*000$)\d{7,12}$/;
const pieces = /^[\d() .\-/]+$/;

/** A phone number, with or without `+`, however it is grouped. Its value keeps only the digits and the `+`. */
export const phone: Recogniser = {
  take(tokens, at) {
    const view = ahead(tokens, at);
    if (!view || !opening.test(view.text)) return undefined;
    for (let i = view.ends.length - 1; i >= 0; i--) {
      const text = view.text.slice(0, view.ends[i] ?? 0);
      const value = certain(text);
      if (value) return { used: i + 1, value };
    }
    const word = view.text.slice(0, view.ends[0] ?? 0);
    return maybe.test(word) ? { used: 1, value: word, loose: true } : undefined;
  },
  read(text) {
    const word = uniform(text).toLowerCase();
    const value = digitsOf(word.replace(label, ''));
    if (value && /^\+?\d{5,20}$/.test(value)) return { value };
    return { problem: { message: t('not-phone', { text: shown(text) }) } };
  },
  print: (value) => String(value ?? ''),
};

/** `0049 89 …` is `+49 89 …`. */
function digitsOf(typed: string): string | undefined {
  const text = typed.replace(/^00(?=[1-9])/, '+');
  const plus = text.startsWith('+') ? '+' : '';
  const rest = text.slice(plus.length);
  return pieces.test(rest) && /^[\d( ]/.test(rest) ? plus + rest.replace(/\D/g, '') : undefined;
}

/** The digits when this can be nothing but a phone number: not an amount, not a date. */
function certain(text: string): string | undefined {
  const word = text.replace(label, '');
  const value = digitsOf(word);
  if (value === undefined) return undefined;
  const groups = word.split(' ');
  if (value.startsWith('+')) {
    const digits = value.slice(1);
    if (/^861[3-9]/.test(digits)) return chinaMobile.test(digits.slice(2)) ? value : undefined;
    const [fewest, most] = lengths.find(([code]) => digits.startsWith(code))?.[1] ?? [8, 13];
    return digits.length >= fewest && digits.length <= most ? value : undefined;
  }
  if (chinaMobile.test(value)) return value;
  if (/^861[3-9]\d{9}$/.test(value)) return value;
  if (/^0\d{8,11}$/.test(value) && groups.length <= 3) return value;
  if (/^400\d{7}$/.test(value) && /[- ]/.test(word)) return value;
  const isDate = /^\d{4}-\d{1,2}-\d{1,2}$/.test(word);
  const isPunctuated = /^\(\d{2,4}\)[ \d-]+$|^\d{2,4}(?:-\d{2,5}){1,3}$/.test(word);
  return isPunctuated && !isDate && value.length >= 7 && value.length <= 15 ? value : undefined;
}
