import { expect } from 'vitest';
import { createCatalogedRegistry } from '../../src/app.ts';
import type { AppError } from '../../src/kernel/errors.ts';
import { fieldMeta } from '../../src/kernel/fields.ts';
import type { ReadContext } from '../../src/kernel/recognise/recogniser.ts';
import type { Inline, Locale } from '../../src/kernel/text.ts';
import { slackWords } from '../../src/platforms/slack/words.ts';
import type { Action } from '../../src/runtime/action.ts';
import { readInput } from '../../src/runtime/grammar/read-input.ts';
import type { Card } from '../../src/view/card.ts';
import type { Outcome } from '../../src/view/outcome.ts';
import type { Reader } from '../../src/view/reader.ts';
import { plain } from '../../src/view/spans.ts';
import { createTranslate } from '../../src/view/translator.ts';
import { type Surface, surfaces } from './surfaces.ts';

/** Every registered action; suites loop over it, so a new action is covered the day it is registered. */
export const registry = createCatalogedRegistry();
export const actions = registry.actions();
export const writes = actions.filter((action) => action.effect === 'write');
export const cases = actions.map((action) => [action.name, action] as const);
export const writeCases = writes.map((action) => [action.name, action] as const);

const translate = createTranslate(registry.catalogs);
/** Keys nobody has words for, as they were asked for. */
export const untranslated = new Set<string>();

function readerIn(locale: Locale, timeZone: string): Reader {
  return {
    locale,
    timeZone,
    commandLine: slackWords.commandLine,
    translate: (key, values, wanted) => {
      const words = translate(key, values, wanted);
      if (words.length === 1 && words[0] === key) untranslated.add(`${wanted} ${key}`);
      return words;
    },
  };
}

/** A Tuesday morning in Shanghai; the same as in test organizations. */
const now = new Date('2026-11-10T02:00:00Z');

export const readers = {
  en: readerIn('en', 'Europe/London'),
  'zh-CN': readerIn('zh-CN', 'Asia/Shanghai'),
} as const;

export function readIn(locale: Locale): ReadContext {
  return {
    now,
    timeZone: readers[locale].timeZone,
    locale,
    currency: 'CNY',
    workdayEndsAt: '18:00',
  };
}

/** Fields that name records, with the lookups that resolve them. */
export function refFields(action: Action): { field: string; lookups: readonly string[] }[] {
  return Object.entries(action.input.shape).flatMap(([field, schema]) => {
    const meta = fieldMeta(schema as never);
    return meta && (meta.kind === 'ref' || meta.kind === 'person')
      ? [{ field, lookups: meta.lookups ?? [] }]
      : [];
  });
}

/** Words of zod that must never reach a person. */
const zodWords =
  /Invalid (?:input|option|string|key|element|union|value|email|UUID|ISO)|expected .+ received|Too (?:big|small):|Unrecognized key|Must be |\bNaN\b|\bundefined\b|\[object/;

/** A text of ours says something in both languages, in words. */
export function expectWords(inline: Inline, where = ''): void {
  for (const [locale, reader] of Object.entries(readers)) {
    const words = plain(inline, reader);
    expect(words.trim(), `${where} says nothing in ${locale}`).not.toBe('');
    expect(words, where).not.toMatch(zodWords);
    expect(words, `${where} is a key`).not.toMatch(/^[a-z-]+\.[a-z-]+$/);
  }
  const chinese = plain(inline, readers['zh-CN']);
  expect(chinese, `${where} in Chinese`).toMatch(/\p{Script=Han}/u);
}

export function expectErrorWords(error: AppError): void {
  expectWords(error.text, error.code);
  for (const { field, message } of error.fields) {
    expect(field).not.toBe('');
    expectWords(message, field);
  }
  for (const { label } of error.waysOut) plain(label, readers.en);
}

/** Every surface takes the card, in both languages, and its text alone tells the whole. */
export function expectCard(card: Card): void {
  for (const surface of surfaces) {
    for (const reader of Object.values(readers)) surface.card(card, readerOn(surface, reader));
  }
}

export function expectForm(outcome: Outcome): void {
  if (outcome.kind !== 'form' && outcome.kind !== 'form-errors') {
    throw new Error(`no form but ${outcome.kind}`);
  }
  expectWords(outcome.form.title, 'title');
  expect(outcome.form.fields.length).toBeGreaterThan(0);
  for (const field of outcome.form.fields) {
    for (const reader of Object.values(readers)) {
      expect(plain(field.meta.label, reader).trim(), field.name).not.toBe('');
    }
  }
  for (const surface of surfaces) {
    for (const reader of Object.values(readers)) surface.form(outcome, readerOn(surface, reader));
  }
}

const readerOn = ({ words }: Surface, reader: Reader): Reader => ({ ...reader, ...words });

/** Whatever an interaction led to can be shown, and nothing broke on the way. */
export function expectShowable(outcome: Outcome): void {
  if (outcome.kind === 'form' || outcome.kind === 'form-errors') expectForm(outcome);
  else if (outcome.kind === 'card' || outcome.kind === 'later') {
    expect(outcome.card.title).not.toMatchObject({ key: 'engine.internal' });
    expect(outcome.card.title).not.toMatchObject({ key: 'engine.unknown-press' });
    expectCard(outcome.card);
  }
}

/** Raw input as the action's schema sees it, in words' canonical form. */
export function canonical(action: Action, raw: Record<string, unknown>, locale: Locale) {
  return readInput(action.input, raw, readIn(locale));
}
