import { expect } from 'vitest';
import type { FieldKind, FieldMeta } from '../../../src/kernel/fields.ts';
import { recognisers } from '../../../src/kernel/recognise/index.ts';
import type { Problem, ReadContext, Taken } from '../../../src/kernel/recognise/recogniser.ts';
import { tokenise } from '../../../src/runtime/grammar/tokens.ts';

/** Wednesday, 4 November 2026, 10:00 in Shanghai. */
export const read: ReadContext = {
  now: new Date('2026-11-04T02:00:00Z'),
  timeZone: 'Asia/Shanghai',
  locale: 'en',
  currency: 'CNY',
  workdayEndsAt: '18:00',
};

/**
 * What came of a text in short: `2 words: 80000 EUR`, `loose …`, `problem money-letter-o → 80k`, `a | b` for
 * readings to choose from, or `nothing`.
 */
export function taken(
  kind: FieldKind,
  text: string,
  extra: Partial<FieldMeta> = {},
  context: ReadContext = read,
): string {
  const { tokens } = tokenise(text, { note: false });
  const result: Taken = recognisers[kind].take(tokens, 0, context, { kind, label: kind, ...extra });
  if (!result) return 'nothing';
  const some = result.used === tokens.length ? '' : `${result.used} of ${tokens.length}: `;
  if ('problem' in result) return some + problem(result.problem);
  return `${some}${result.loose ? 'loose ' : ''}${value(result.value)}`;
}

export function wholeValue(
  kind: FieldKind,
  text: string,
  extra: Partial<FieldMeta> = {},
  context: ReadContext = read,
): string {
  const result = recognisers[kind].read(text, context, { kind, label: kind, ...extra });
  return 'problem' in result ? problem(result.problem) : value(result.value);
}

function problem({ message, suggestion, alternatives }: Problem): string {
  const key = typeof message === 'object' && message.t === 'msg' ? message.key.replace('kernel.', '') : '?';
  const fix = suggestion === undefined ? '' : ` → ${suggestion}`;
  return `problem ${key}${fix}${alternatives === undefined ? '' : ` → ${alternatives.join(' | ')}`}`;
}

function value(of: unknown): string {
  if (Array.isArray(of)) return of.join(',');
  if (typeof of !== 'object' || of === null) return String(of);
  if ('amountMinor' in of && 'currency' in of) return `${of.currency} ${of.amountMinor}`;
  if ('from' in of && 'to' in of) return `${of.from}..${of.to}`;
  if ('on' in of && 'at' in of) return `${of.on} ${of.at}`;
  return 'on' in of ? String(of.on) : JSON.stringify(of);
}

/** Both as a word of a line and as a whole value. */
export function expectBoth(
  kind: FieldKind,
  text: string,
  expected: string,
  extra: Partial<FieldMeta> = {},
  context: ReadContext = read,
): void {
  expect(taken(kind, text, extra, context)).toBe(expected);
  expect(wholeValue(kind, text, extra, context)).toBe(expected.replace('loose ', ''));
}
