import { describe, expect, test } from 'vitest';
import { fieldMeta } from '../../src/kernel/fields.ts';
import { locales } from '../../src/kernel/text.ts';
import type { Action } from '../../src/runtime/action.ts';
import { parseLine } from '../../src/runtime/grammar/parse.ts';
import { checkInput, readInput } from '../../src/runtime/grammar/read-input.ts';
import { plain } from '../../src/view/spans.ts';
import {
  actions,
  canonical,
  cases,
  expectWords,
  readers,
  readIn,
  registry,
  untranslated,
} from './support.ts';

/** Values no field means, by type and by content. */
const garbage: unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  Number.NaN,
  [],
  [null],
  {},
  { $gt: '' },
  { on: 'never' },
  { amountMinor: '1e9', currency: 'cny' },
  { amountMinor: '-5', currency: 'CNY' },
  { amountMinor: '9'.repeat(40), currency: 'CNY' },
  { from: '2026-02-30', to: '2026-01-01' },
  '',
  ' ',
  '\u0000',
  'x'.repeat(20_000),
  '‮evil',
  '\ud83d',
  "'; drop table leads; --",
  '" or 1=1 --',
  '{{7*7}}',
  '../../etc/passwd',
  '<script>alert(1)</script>',
  '99999999999999999999k',
  '２０２６-１３-４５',
  '__proto__',
  'constructor',
];

const fieldsOf = (action: Action) => Object.keys(action.input.shape);
const typed = cases.filter(([, action]) => action.command);

test('there is something to check', () => {
  expect(actions.length).toBeGreaterThan(30);
  expect(typed.length).toBeGreaterThan(20);
});

describe.each(cases)('%s', (_name, action) => {
  test('says what is wrong with any field in words of both languages', () => {
    for (const field of fieldsOf(action)) {
      // What only programs send needs no label.
      if (action.command || action.form !== 'never') {
        expect(fieldMeta(action.input.shape[field] as never), `${field} has no label`).toBeDefined();
      }
      for (const value of garbage) {
        for (const locale of ['en', 'zh-CN'] as const) {
          const raw = { ...action.example.input, [field]: value };
          const { values, problems } = readInput(action.input, raw, readIn(locale));
          const checked = checkInput(action.input, values);
          for (const problem of [...problems, ...(checked.ok ? [] : checked.problems)]) {
            expect(fieldsOf(action), JSON.stringify(value)).toContain(problem.field);
            expectWords(problem.message, `${field} ← ${JSON.stringify(value)?.slice(0, 60)}`);
          }
        }
      }
    }
  });
});

test('every action says what it is in both languages', () => {
  for (const { name, title, summary } of actions) {
    expectWords(title, `${name} title`);
    expectWords(summary, `${name} summary`);
    expect(name).toMatch(/^[a-z][a-z-]*\.[a-z][a-z-]*$/);
  }
});

describe.each(typed)('%s', (_name, action) => {
  const { command } = action;
  if (!command) throw new Error('not typed');

  test.each(locales.flatMap((locale) => command.examples[locale].map((line) => [locale, line] as const)))(
    'its %s example “%s” is read as this action',
    (locale, line) => {
      const parsed = parseLine(line, registry, readIn(locale));
      if (parsed.kind === 'help') {
        expect(action.name).toBe('help.show');
        return;
      }
      if (parsed.kind !== 'parsed') {
        throw new Error(parsed.kind === 'problem' ? plain(parsed.message, readers.en) : parsed.kind);
      }
      expect(parsed.action.name).toBe(action.name);
      expect(parsed.unsure).toBeUndefined();
      expect(parsed.ignored).toBeUndefined();
      const { values, problems } = canonical(action, parsed.raw, locale);
      expect(problems.map(({ message }) => plain(message, readers.en))).toEqual([]);
      const checked = checkInput(action.input, values);
      // What is missing is asked for.
      const wrong = checked.ok ? [] : checked.problems.filter(({ missing }) => !missing);
      expect(wrong.map(({ field }) => field)).toEqual([]);
    },
  );
});

test('every text has words in both languages', () => {
  expect([...untranslated]).toEqual([]);
});
