import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { createCatalogedRegistry } from '../../src/app.ts';
import type { Catalog } from '../../src/kernel/i18n.ts';
import { locales } from '../../src/kernel/text.ts';
import { dictionaryFor } from '../../src/playground/page/dictionary.ts';
import { chinese } from '../../src/web/words/chinese.ts';
import { signedOut } from '../../src/web/words/signed-out.ts';

const registry = createCatalogedRegistry();
const catalogs = registry.catalogs.map((catalog) => [catalog.namespace, catalog] as const);
const src = join(import.meta.dirname, '../../src');

test('there is something to check', () => {
  expect(catalogs.length).toBeGreaterThan(15);
});

/** Arguments of a message with what each is used as, and its tags; branches of plurals and choices included. */
function argumentsOf(text: string, locale: string): string[] {
  const found = new Set<string>();
  const walk = (parts: unknown): void => {
    for (const part of parts as { type: number; value?: string; options?: object; children?: unknown }[]) {
      // Plain text and the number sign of plurals name nothing.
      if (part.type === 0 || part.type === 7) continue;
      found.add(`${part.type === 8 ? '<' : ''}${part.value}`);
      for (const option of Object.values(part.options ?? {})) walk((option as { value: unknown }).value);
      if (part.children) walk(part.children);
    }
  };
  walk(new IntlMessageFormat(text, locale, undefined, { ignoreTag: false }).getAst());
  return [...found].sort();
}

describe.each(catalogs)('%s', (_name, { messages }) => {
  test('has the same keys with the same arguments in both languages', () => {
    const keys = Object.keys(messages.en);
    expect(Object.keys(messages['zh-CN']).sort()).toEqual(keys.toSorted());
    for (const key of keys) {
      const [english, chinese] = locales.map((locale) => argumentsOf(messages[locale][key] ?? '', locale));
      // Emphasis may fall on other words; what is said may not differ.
      const values = (all: string[] = []) => all.filter((one) => !one.startsWith('<'));
      expect(values(chinese), key).toEqual(values(english));
    }
  });

  test('says nothing twice over: no empty text, no blanks at the ends', () => {
    for (const locale of locales) {
      for (const [key, text] of Object.entries(messages[locale])) {
        expect(text.trim(), key).not.toBe('');
        expect(text, key).toBe(text.trim());
      }
    }
  });

  test('keeps to the glossary in Chinese', () => {
    for (const [key, text] of Object.entries(messages['zh-CN'])) expectGlossary(key, text);
  });

  test('leaves no English words in Chinese texts', () => {
    const left = Object.entries(messages['zh-CN']).flatMap(([key, text]) =>
      englishIn(wordsOf(text, 'zh-CN')).map((word) => `${key}: ${word}`),
    );
    expect(left).toEqual([]);
  });
});

function expectGlossary(key: string, text: string): void {
  expect(text, key).not.toMatch(/账户|账号|帐户|帐号/);
  expect(text, key).not.toMatch(/会员|付款/);
  expect(text, key).not.toContain('您');
}

function englishIn(text: string): string[] {
  const bare = phrases.reduce((rest, phrase) => rest.replaceAll(phrase, ' '), text);
  return (bare.match(/[A-Za-z][A-Za-z’'-]+/g) ?? []).filter((word) => !allowed.has(word));
}

/** The pages' own words; what is put into them is a number here, so that what is left is ours. */
function ownTexts(of: object): [string, string][] {
  return Object.entries(of).flatMap(([key, value]): [string, string][] => {
    if (typeof value === 'function') return [[key, String(value(7, 7))]];
    return typeof value === 'string' ? [[key, value]] : ownTexts(value);
  });
}

describe.each([
  ['the web page', chinese],
  ['its entrance', signedOut['zh-CN']],
  ['the playground', dictionaryFor('zh-CN')],
])('%s', (_name, dictionary) => {
  const texts = ownTexts(dictionary);

  test('has texts', () => {
    expect(texts.length).toBeGreaterThan(5);
  });

  test('keeps to the glossary in Chinese', () => {
    for (const [key, text] of texts) expectGlossary(key, text);
  });

  test('leaves no English words in Chinese texts', () => {
    const left = texts.flatMap(([key, text]) => englishIn(text).map((word) => `${key}: ${word}`));
    expect(left).toEqual([]);
  });
});

/** Names, abbreviations and what is typed as it is; where one word is a name only as part of a phrase, the phrase. */
const allowed = new Set(
  'Parley CRM Slack Teams CSV PDF API ISO UTC JSON ID URL MiB CNY EUR USD Alt Tab Enter'.split(' '),
);
const phrases = [
  '/crm',
  'Authorization: Bearer',
  'Idempotency-Key',
  '/docs',
  'Asia/Shanghai',
  'Log to CRM',
  'npm run cli -- import',
  'read-only, partner, rep, manager, finance, admin',
  'read-only、partner、rep、manager、finance、admin',
];

/** The words of a text without its arguments and tags; examples in quotes and code are to be typed as they are. */
function wordsOf(text: string, locale: string): string {
  const words: string[] = [];
  const walk = (parts: unknown): void => {
    for (const part of parts as { type: number; value?: string; options?: object; children?: unknown }[]) {
      if (part.type === 0) words.push(part.value ?? '');
      for (const option of Object.values(part.options ?? {})) walk((option as { value: unknown }).value);
      if (part.type === 8 && part.value !== 'c') walk(part.children);
    }
  };
  walk(new IntlMessageFormat(text, locale, undefined, { ignoreTag: false }).getAst());
  return words.join(' ');
}

const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !/messages(\.(en|zh-CN))?\.ts$/.test(name))
  .map((name) => readFileSync(join(src, name), 'utf8'));
const source = sources.join('\n');
/** Keys put together from parts, such as `state-${state}`. */
const computed = [...source.matchAll(/`([^`\n]*\$\{[^`\n]*)`/g)].map(([, template = '']) => {
  const parts = template.split(/\$\{[^}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return { literal: parts.join('').length, pattern: new RegExp(`^${parts.join('[A-Za-z0-9-]+')}$`) };
});

function isUsed(key: string): boolean {
  if (source.includes(`'${key}'`)) return true;
  return computed.some(({ literal, pattern }) => literal > 1 && pattern.test(key));
}

test('every message is used somewhere', () => {
  const keysOf = ({ namespace, messages }: Catalog) =>
    Object.keys(messages.en).map((key) => [namespace, key] as const);
  const unused = registry.catalogs.flatMap(keysOf).filter(([, key]) => !isUsed(key));
  expect(unused.map(([namespace, key]) => `${namespace}.${key}`)).toEqual([]);
  expect(isUsed('zq-x9')).toBe(false);
});
