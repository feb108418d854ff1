import type { FieldMeta } from '../fields.ts';
import { kernelMessages as t } from './messages.ts';
import { readCount } from './numerals.ts';
import type { Problem, ReadContext, Recogniser } from './recogniser.ts';
import { type Ahead, type Scan, scanning, shown } from './words.ts';

const figure = /^-?(\d{1,9})(?:\.(\d{1,9}))?(?: ?(?:%|pct|percent|个点))?/;
const zhe = /^打? ?([一二三四五六七八九]{1,2}|\d{1,2}(?:\.\d)?) ?折/;

/** Basis points: `15%` = 1500. In a discount `85折` is 15 % off. */
export const percent: Recogniser = {
  ...scanning(scan, (text, _read, meta) => ({
    message: t(meta.discount ? 'not-discount' : 'not-percent', { text: shown(text) }),
  })),
  print: (value) => (typeof value === 'number' ? `${value / 100}%` : String(value ?? '')),
};

function scan(view: Ahead, _read: ReadContext, meta: FieldMeta): Scan {
  const { text } = view;
  if (meta.discount) {
    const match = zhe.exec(text);
    const paid = match && share(match[1] ?? '');
    if (match && paid) return { length: match[0].length, value: 10_000 - paid };
  }
  const lead = meta.discount ? (/^(?:减|优惠|降|折扣) ?/.exec(text)?.[0].length ?? 0) : 0;
  const isHan = /^百分之/.exec(text.slice(lead)) !== null;
  const rest = text.slice(lead + (isHan ? 3 : 0));
  if (isHan) {
    const word = /^(?:\d{1,3}(?:\.\d{1,2})?|[一二三四五六七八九十]{1,3})/.exec(rest)?.[0];
    const count = word === undefined ? undefined : (readCount(word) ?? Number(word));
    if (word === undefined || count === undefined || Number.isNaN(count)) return undefined;
    return finish(Math.round(count * 100), lead + 3 + word.length, text);
  }
  const match = figure.exec(rest);
  if (!match) return undefined;
  const [all, whole = '0', fraction = ''] = match;
  if (all.startsWith('-') && !meta.discount) return undefined;
  const isMarked = /[^\d.-]$/.test(all);
  const off =
    meta.discount && isMarked ? (/^ ?off(?![a-z])/.exec(rest.slice(all.length))?.[0].length ?? 0) : 0;
  const length = lead + all.length + off;
  if (isMarked && fraction.replace(/0+$/, '').length > 2) {
    const suggestion = `${Number(`${whole}.${fraction}`).toFixed(2)}%`;
    const problem: Problem = { message: t('percent-fine', { text: shown(all), suggestion }), suggestion };
    return { length, problem };
  }
  const points = Number(whole) * 100 + Number(fraction.slice(0, 2).padEnd(2, '0'));
  const found = finish(points, length, text);
  return isMarked || 'problem' in found ? (isMarked ? found : undefined) : { ...found, loose: true };
}

function finish(points: number, length: number, text: string): Exclude<Scan, undefined> {
  if (points > 10_000) {
    return { length, problem: { message: t('percent-range', { text: shown(text.slice(0, length)) }) } };
  }
  return { length, value: points };
}

/** Basis points that remain to be paid: 85折 and 8.5折 are 8500, 9折 is 9000. */
function share(figures: string): number {
  const digits = /^[\d.]+$/.test(figures)
    ? figures
    : [...figures].map((digit) => '零一二三四五六七八九'.indexOf(digit)).join('');
  const value = Number(digits);
  return Math.round(/^\d{2}$/.test(digits) ? value * 100 : value * 1000);
}
