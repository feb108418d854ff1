import { describe, expect, it } from 'vitest';
import {
  parseExtension,
  parseQuote,
  parseQuoteLine,
  printQuote,
  printQuoteLine,
} from '../../../../src/features/revenue/quotes/line.ts';
import { printItems, readItems, readLines } from '../../../../src/features/revenue/quotes/line-items.ts';
import { AppError } from '../../../../src/kernel/errors.ts';
import type { ReadContext } from '../../../../src/kernel/recognise/recogniser.ts';
import { tokenise } from '../../../../src/runtime/grammar/tokens.ts';
import { hostileTexts, longestSeen } from '../../../support/longest-seen.ts';
import fc from '../../../support/property.ts';

const read: ReadContext = {
  now: new Date('2026-11-10T02:00:00Z'),
  timeZone: 'Asia/Shanghai',
  locale: 'en',
  currency: 'CNY',
  workdayEndsAt: '18:00',
};

const parsed = (text: string) => parseQuote(tokenise(text).tokens, read);
const parsedLine = (text: string) => parseQuoteLine(tokenise(text).tokens, read);

const pro = '40x "GTX Pro"';

describe('a line that quotes', () => {
  it.each([
    ['D-142 40x"GTX Pro" 95k valid:30d', { lines: pro, total: '95k', valid: '+30d' }],
    ['D-142 40 x "GTX Pro" 95k', { lines: pro, total: '95k' }],
    ['D-142 40×"GTX Pro" 95k', { lines: pro, total: '95k' }],
    ['D-142 40x“GTX Pro” 95k', { lines: pro, total: '95k' }],
    ['D-142 ４０ｘ＂GTX Pro＂ 95k', { lines: pro, total: '95k' }],
    ['D-142 40个 "GTX Pro" 9.5万 有效期：30天', { lines: pro, total: '9.5万', valid: '+30天' }],
    ['D-142 40个"GTX Pro" 9.5万', { lines: pro, total: '9.5万' }],
    ['D-142 40台「GTX Pro」', { lines: pro }],
    ['D-142 40 "GTX Pro"', { lines: pro }],
    ['D-142 40x GTX Pro 95k', { lines: pro, total: '95k' }],
    ['D-142 40x GTX Pro EUR 95k', { lines: pro, total: 'EUR 95k' }],
    ['D-142 40x GTX Pro 95k EUR', { lines: pro, total: '95k EUR' }],
    ['D-142 "GTX Pro" x40', { lines: pro }],
    ['D-142 1,200x"GTX Pro"', { lines: '1200x "GTX Pro"' }],
    ['D-142 "GTX Pro" 95k', { lines: '1x "GTX Pro"', total: '95k' }],
    ['D-142 40x"GTX Pro"@2300', { lines: `${pro} @2300` }],
    ['D-142 40x"GTX Pro" @ 2,300.50 2x"Seal kit"', { lines: `${pro} @2,300.50 2x "Seal kit"` }],
    ['D-142 40x"GTX Pro"@EUR 2300 95k', { lines: `${pro} @"EUR 2300"`, total: '95k' }],
    ['D-142 40个"GTX Pro" 单价:2300', { lines: `${pro} @2300` }],
    ['D-142 40x GTX Pro, 2x Seal kit, 95k', { lines: `${pro} 2x "Seal kit"`, total: '95k' }],
    ['D-142 40台离心泵 9.5万', { lines: '40x "离心泵"', total: '9.5万' }],
    ['D-142 2x自动化单元 A2', { lines: '2x "自动化单元 A2"' }],
    ['D-142 95k', { total: '95k' }],
    ['D-142 ¥95,000', { total: '¥95,000' }],
    ['D-142 total:95k tax:"13% VAT included"', { total: '95k', tax: '13% VAT included' }],
    ['D-142', {}],
  ])('%s', (text, expected) => {
    expect(parsed(text)).toEqual({ deal: 'D-142', ...expected });
  });

  it('finds the deal wherever its number stands, and else in first place', () => {
    expect(parsed('40x"GTX Pro" D-142')).toEqual({ deal: 'D-142', lines: pro });
    expect(parsed('"Acme Pumps" 40x"GTX Pro"')).toEqual({ deal: 'Acme Pumps', lines: pro });
    expect(parsed('acme 95k')).toEqual({ deal: 'acme', total: '95k' });
    expect(parsed('95k')).toEqual({ total: '95k' });
    expect(parsed('q57')).toEqual({ quote: 'Q-57' });
  });

  it('keeps an amount with a letter for a digit, so that it can be corrected', () => {
    expect(parsed('D-142 8Ok')).toEqual({ deal: 'D-142', total: '8Ok' });
  });

  it.each([
    'D-142 40x',
    'D-142 40x 95k',
    'D-142 0x"GTX Pro"',
    'D-142 9999999x"GTX Pro"',
    'D-142 40x"GTX Pro',
    'D-142 95k 96k',
    'D-142 95k total:96k',
    'D-142 40x"GTX Pro" colour:red',
    'D-142 95k valid:30d valid:60d',
    `D-142 ${'2x"Seal kit" '.repeat(41)}`,
  ])('%s is refused with what to type', (text) => {
    expect(() => parsed(text)).toThrow(AppError);
  });

  it('longer than the field takes is refused before any pattern looks at it, also where it grows', () => {
    const grown = '\ufdfa'.repeat(3000);
    for (const text of [...hostileTexts, grown]) {
      expect(() => readItems(text, read)).toThrow(AppError);
      expect(longestSeen(() => readItems(text, read)).matched).toBe(0);
    }
  });

  it('takes no amount in the field of the lines', () => {
    expect(readLines('40x"GTX Pro"\n2x Seal kit', read)).toHaveLength(2);
    expect(() => readLines('40x"GTX Pro" 95k', read)).toThrow(AppError);
  });

  const name = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
    .map((text) => text.normalize('NFKC').replace(/\s+/g, ' ').trim())
    .filter((text) => /^[^<>“”„\p{C}\p{Z}]([^<>“”„\p{C}]*[^<>“”„\p{C}\p{Z}])?$/u.test(text));
  const said = fc.record(
    {
      name,
      quantity: fc.integer({ min: 1, max: 1_000_000 }),
      price: fc.constantFrom('2300', '2,300.50', 'EUR 2300', '9.5万'),
    },
    { requiredKeys: ['name', 'quantity'] },
  );

  it('reads again what it prints', () => {
    fc.assert(
      fc.property(fc.array(said, { minLength: 1, maxLength: 6 }), (lines) => {
        expect(readItems(printItems(lines), read)).toEqual({ lines });
      }),
    );
  });

  it('reads the canonical line as the call it stands for, in both languages', () => {
    const input = fc.record(
      {
        deal: fc.constant('D-142'),
        lines: fc.array(said, { minLength: 1, maxLength: 4 }).map(printItems),
        total: fc.constantFrom('95k', 'EUR 95k', '9.5万', '95000'),
        valid: fc.constantFrom('2026-12-10', '+30d'),
        tax: fc.constantFrom('13% VAT included', '价格含税', 'a "quoted" note'),
      },
      { requiredKeys: ['deal'] },
    );
    fc.assert(
      fc.property(input, fc.constantFrom('en' as const, 'zh-CN' as const), (raw, locale) => {
        expect(parsed(printQuote(raw, { ...read, locale }))).toEqual(raw);
      }),
    );
  });
});

describe('a line that changes a line', () => {
  it.each([
    ['Q-57 10x"Seal kit"', { product: 'Seal kit', quantity: 10 }],
    ['q57 10x"Seal kit"@290', { product: 'Seal kit', quantity: 10, price: '290' }],
    ['Q-57 row:2 20x"Seal kit"', { row: '2', product: 'Seal kit', quantity: 20 }],
    ['Q-57 行:2 20个"Seal kit" 290', { row: '2', product: 'Seal kit', quantity: 20, price: '290' }],
    ['Q-57 off 2', { off: '2' }],
    ['Q-57 删除 2', { off: '2' }],
    ['Q-57', {}],
  ])('%s', (text, expected) => {
    expect(parsedLine(text)).toEqual({ quote: 'Q-57', ...expected });
  });

  it.each(['Q-57 off', 'Q-57 off 1 2', 'Q-57 2x"Seal kit" 3x"GTX Pro"', 'Q-57 2x"Seal kit"@290 95k'])(
    '%s is refused with what to type',
    (text) => {
      expect(() => parsedLine(text)).toThrow(AppError);
    },
  );

  it('reads again what it prints', () => {
    for (const raw of [
      { quote: 'Q-57', product: 'Seal "kit"', quantity: 3, price: 'EUR 2,300.50' },
      { quote: 'Q-57', row: 2, product: '自动化单元 A2', quantity: 1 },
      { quote: 'Q-57', off: 2 },
    ]) {
      for (const locale of ['en', 'zh-CN'] as const) {
        const again = parsedLine(printQuoteLine(raw, { ...read, locale }));
        expect(Object.fromEntries(Object.entries(again).map(([key, value]) => [key, String(value)]))).toEqual(
          Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, String(value)])),
        );
      }
    }
  });

  it('extends by days from now, or to a day', () => {
    const extension = (text: string) => parseExtension(tokenise(text).tokens, read);
    expect(extension('Q-57 30d')).toEqual({ quote: 'Q-57', valid: '+30d' });
    expect(extension('Q-57 30天')).toEqual({ quote: 'Q-57', valid: '+30天' });
    expect(extension('Q-57 24 dec')).toEqual({ quote: 'Q-57', valid: '24 dec' });
    expect(extension('Q-57')).toEqual({ quote: 'Q-57' });
  });
});
