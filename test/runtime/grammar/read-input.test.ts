import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { f } from '../../../src/kernel/fields.ts';
import { kernelMessages } from '../../../src/kernel/recognise/index.ts';
import { grammarMessages } from '../../../src/runtime/grammar/messages.ts';
import { checkInput, readInput } from '../../../src/runtime/grammar/read-input.ts';
import { createTranslate } from '../../../src/view/translator.ts';
import { english } from './fixtures.ts';

const colours = [
  { value: 'red', label: 'Red' },
  { value: 'blue', label: 'Blue' },
] as const;
const schema = z.strictObject({
  name: f.text('Name', { max: 20 }),
  deal: f.ref('deal', 'Deal').optional(),
  amount: f.money('Amount').optional(),
  discount: f.percent('Discount', { max: 2000, discount: true }).optional(),
  count: f.number('Count', { min: 2, max: 9 }).optional(),
  due: f.when('Due', { future: true }).optional(),
  on: f.day('On').optional(),
  period: f.span('Period').optional(),
  email: f.email('E-mail').optional(),
  phone: f.phone('Phone').optional(),
  colour: f.oneOf('Colour', colours).optional(),
  colours: f.manyOf('Colours', colours).optional(),
  sure: f.flag('Sure').optional(),
  gone: f.day('Gone').nullable().optional(),
});

const fields = (raw: Record<string, unknown>) => readInput(schema, raw, english);
const issues = (values: Record<string, unknown>) => {
  const checked = checkInput(schema, values);
  return checked.ok ? [] : checked.problems;
};

describe('what a form or a request brings', () => {
  it('becomes canonical values', () => {
    const typed = {
      name: ' Acme ',
      deal: 'd142',
      amount: '80k',
      discount: '85折',
      count: '3',
      due: 'fri 10:00',
      on: '15nov',
      period: 'q4',
      email: 'jane＠acme.cn',
      phone: '+86 138 1234 5678',
      colour: 'RED',
      colours: 'red, blue',
      sure: 'yes',
    };
    expect(fields(typed)).toEqual({
      problems: [],
      values: {
        name: 'Acme',
        deal: 'D-142',
        amount: { amountMinor: '8000000', currency: 'CNY' },
        discount: 1500,
        count: 3,
        due: { on: '2026-11-06', at: '2026-11-06T02:00:00.000Z' },
        on: '2026-11-15',
        period: { from: '2026-10-01', to: '2026-12-31' },
        email: 'jane@acme.cn',
        phone: '+8613812345678',
        colour: 'red',
        colours: ['red', 'blue'],
        sure: true,
      },
    });
  });
  it('passes untouched when it is canonical already', () => {
    const canonical = {
      name: 'Acme',
      deal: '0190a2b4-0000-7000-8000-000000000001',
      amount: { amountMinor: '8000000', currency: 'CNY' },
      discount: 1500,
      count: 3,
      due: { on: '2026-11-06' },
      on: '2026-11-15',
      period: { from: '2026-10-01', to: '2026-12-31' },
      email: 'jane@acme.cn',
      colours: ['red'],
      sure: false,
    };
    expect(fields(canonical)).toEqual({ values: canonical, problems: [] });
  });
  it('counts as not given when it is empty', () => {
    expect(fields({ name: '', amount: '  ', deal: undefined, on: null, gone: null }).values).toEqual({
      gone: null,
    });
  });
  it('comes back with the field, the reason and what was meant', () => {
    const { problems, values } = fields({ name: 'Acme', amount: '8O k', colour: 'blu', on: '3/11' });
    expect(values).toEqual({ name: 'Acme' });
    expect(problems).toMatchObject([
      { field: 'amount', suggestion: '80k', message: { key: 'kernel.money-letter-o' } },
      { field: 'colour', suggestion: 'blue', message: { key: 'kernel.option-meant' } },
      { field: 'on', message: { key: 'kernel.date-which' } },
    ]);
  });
  it('may not be past where only the future counts, in any form', () => {
    for (const due of [
      'today 9:00',
      { on: '2026-11-03' },
      { on: '2026-11-04', at: '2026-11-04T01:00:00Z' },
    ]) {
      expect(fields({ due }).problems).toMatchObject([{ field: 'due' }]);
    }
  });
});

describe('a value the schema refuses', () => {
  it.each([
    [{}, 'name', 'missing', true],
    [{ name: '' }, 'name', 'missing', true],
    [{ name: 'x'.repeat(21) }, 'name', 'field-too-long', undefined],
    [{ name: 'x', amount: { amountMinor: '-1', currency: 'CNY' } }, 'amount', 'not-negative', undefined],
    [{ name: 'x', amount: 80 }, 'amount', 'not-valid', undefined],
    [{ name: 'x', amount: { amountMinor: '1', currency: 'cny' } }, 'amount', 'not-valid', undefined],
    [{ name: 'x', discount: 2500 }, 'discount', 'at-most', undefined],
    [{ name: 'x', count: 1 }, 'count', 'at-least', undefined],
    [{ name: 'x', count: 1.5 }, 'count', 'not-valid', undefined],
    [{ name: 'x', on: '2026-02-30' }, 'on', 'not-date', undefined],
    [{ name: 'x', due: { on: 'soon' } }, 'due', 'not-date', undefined],
    [{ name: 'x', email: 'nope' }, 'email', 'not-email', undefined],
    [{ name: 'x', phone: 'nope' }, 'phone', 'not-phone', undefined],
    [{ name: 'x', colour: 'green' }, 'colour', 'not-option', undefined],
    [{ name: 'x', nmae: 1 }, 'nmae', 'unknown-field-meant', undefined],
    [{ name: 'x', zzzzzz: 1 }, 'zzzzzz', 'unknown-field', undefined],
  ])('%o names %s: %s', (values, field, key, missing) => {
    const [problem, ...more] = issues(values);
    expect(more).toEqual([]);
    expect(problem).toMatchObject({ field, message: { key: `grammar.${key}` } });
    expect(problem?.missing).toBe(missing);
  });
  it('by a rule over several fields says what the rule says', () => {
    const one = z
      .strictObject({ email: f.email('E-mail').optional(), phone: f.phone('Phone').optional() })
      .refine(({ email, phone }) => email || phone, {
        path: ['email'],
        params: { missing: true, message: 'one of both' },
      });
    const checked = checkInput(one, {});
    expect(checked).toEqual({
      ok: false,
      problems: [{ field: 'email', message: 'one of both', missing: true }],
    });
  });
});

describe('fields nobody declared', () => {
  it.each(['__proto__', 'constructor', 'toString', 'extra'])('%s is refused', (name) => {
    const raw = JSON.parse(`{ "name": "Acme", "${name}": { "admin": true } }`) as Record<string, unknown>;
    const { values, problems } = fields(raw);
    expect(problems.length + issues(values).length).toBeGreaterThan(0);
    expect(Object.getPrototypeOf(values)).toBe(Object.prototype);
  });
});

describe('messages', () => {
  it.each([kernelMessages, grammarMessages])(
    'of $namespace take the same arguments in both languages',
    (catalog) => {
      const translate = createTranslate([catalog]);
      const names = (text: string) => [...new Set(text.match(/\{\w+/g))].map((name) => name.slice(1)).sort();
      for (const [key, text] of Object.entries<string>(catalog.messages.en)) {
        expect(names(catalog.messages['zh-CN'][key] ?? ''), key).toEqual(names(text));
        for (const locale of ['en', 'zh-CN'] as const) {
          const values = Object.fromEntries(names(text).map((name) => [name, 1]));
          expect(translate(`${catalog.namespace}.${key}`, values, locale).join('')).not.toBe('');
        }
      }
    },
  );
});
