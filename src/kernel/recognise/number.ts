import { kernelMessages as t } from './messages.ts';
import { readNumeral } from './numerals.ts';
import type { Recogniser } from './recogniser.ts';
import { type Ahead, type Scan, scanning, shown } from './words.ts';

/** A whole number: `3`, `#3`, `第3条`, `1,200`, `2k`. */
export const number: Recogniser = {
  ...scanning(scan, (text) => ({ message: t('not-number', { text: shown(text) }) })),
  print: (value) => String(value ?? ''),
};

function scan(view: Ahead): Scan {
  const length = view.ends[0] ?? 0;
  const word = view.text.slice(0, length);
  const row = /^(?:#|第)?(\d{1,10})(?:[条个项行期号])?$/.exec(word);
  if (row) {
    const isMarked = row[0] !== row[1];
    return isMarked ? { length, value: Number(row[1]) } : { length, value: Number(row[1]), loose: true };
  }
  const numeral = /^[\d一二两三四五六七八九十]/.test(word) ? readNumeral(word) : undefined;
  if (!numeral || !('decimal' in numeral) || !/^\d{1,15}$/.test(numeral.decimal)) return undefined;
  return { length, value: Number(numeral.decimal), loose: true };
}
