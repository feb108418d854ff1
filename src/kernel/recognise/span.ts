import { isDay } from '../dates.ts';
import type { Span } from '../fields.ts';
import { outOfBounds } from './bounds.ts';
import { kernelMessages as t } from './messages.ts';
import type { Recogniser } from './recogniser.ts';
import { scanSpan } from './span-words.ts';
import { type Scan, scanning, shown } from './words.ts';

/** A period, both days included: `q4`, `nov`, `2026`, `last week`, `1nov..10nov`, `第四季度`. */
export const span: Recogniser = {
  ...scanning(
    (view, read, meta): Scan => {
      const found = scanSpan(view, read, meta);
      if (!found) return undefined;
      const { length, from, to, loose, other } = found;
      const text = shown(view.text.slice(0, length));
      if (!isDay(from) || !isDay(to)) return { length, problem: { message: t('no-such-day', { text }) } };
      if (from > to) {
        const suggestion = `${to}..${from}`;
        return { length, problem: { message: t('span-backwards', { text, suggestion }), suggestion } };
      }
      const far = outOfBounds([from, to], text, read, meta);
      if (far) return { length, problem: far };
      if (other) {
        const alternatives = [span.print({ from, to }, read, meta), span.print(other, read, meta)];
        const [first = '', second = ''] = alternatives;
        return { length, problem: { message: t('date-which', { text, first, second }), alternatives } };
      }
      const value: Span = { from, to };
      return loose ? { length, value, loose } : { length, value };
    },
    (text) => ({ message: t('not-span', { text: shown(text) }) }),
  ),
  print(value) {
    if (!isSpan(value)) return typeof value === 'string' ? value : '';
    if (value.from === value.to) return value.from;
    return shorter(value) ?? `${value.from}..${value.to}`;
  },
};

const quarterEnds = ['03-31', '06-30', '09-30', '12-31'];

/** `2026`, `2026-q4` or `2026-11` for exactly that period. */
function shorter({ from, to }: Span): string | undefined {
  const year = from.slice(0, 4);
  if (to.slice(0, 4) !== year || !from.endsWith('-01')) return undefined;
  if (from.endsWith('01-01') && to.endsWith('12-31')) return year;
  const month = Number(from.slice(5, 7));
  const quarter = (month + 2) / 3;
  if (Number.isInteger(quarter) && to.slice(5) === quarterEnds[quarter - 1]) return `${year}-q${quarter}`;
  const last = new Date(Date.UTC(Number(year), month, 0)).getUTCDate();
  return to === `${from.slice(0, 7)}-${last}` ? from.slice(0, 7) : undefined;
}

function isSpan(value: unknown): value is Span {
  return typeof value === 'object' && value !== null && 'from' in value && 'to' in value;
}
