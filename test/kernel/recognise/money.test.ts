import { describe, expect, it } from 'vitest';
import { recognisers } from '../../../src/kernel/recognise/index.ts';
import { expectBoth, read, taken, wholeValue } from './table.ts';

const yen = { ...read, currency: 'JPY' };
const euro = { ...read, currency: 'EUR' };

describe('an amount is read however it is written', () => {
  it.each([
    ['80k', 'CNY 8000000'],
    ['80K', 'CNY 8000000'],
    ['80 k', 'CNY 8000000'],
    ['1.2m', 'CNY 120000000'],
    ['20m', 'CNY 2000000000'],
    ['1.2b', 'CNY 120000000000'],
    ['80 million', 'CNY 8000000000'],
    ['1.5mio', 'CNY 150000000'],
    ['8万', 'CNY 8000000'],
    ['8 万', 'CNY 8000000'],
    ['8w', 'CNY 8000000'],
    ['8W', 'CNY 8000000'],
    ['1.2亿', 'CNY 12000000000'],
    ['3万5', 'CNY 3500000'],
    ['1亿2000万', 'CNY 12000000000'],
    ['八万', 'CNY 8000000'],
    ['两万', 'CNY 2000000'],
    ['一百二十万', 'CNY 120000000'],
    ['十万', 'CNY 10000000'],
    ['约80万', 'CNY 80000000'],
    ['~80k', 'CNY 8000000'],
    ['80,000', 'CNY 8000000'],
    ["80'000", 'CNY 8000000'],
    ['80’000', 'CNY 8000000'],
    ['80 000', 'CNY 8000000'],
    ['1 234 567', 'CNY 123456700'],
    ['5,000.00', 'CNY 500000'],
    ['1.234.567,89', 'CNY 123456789'],
    ['0.5', 'CNY 50'],
    ['８０，０００', 'CNY 8000000'],
    ['２０ｋ', 'CNY 2000000'],
    ['80k.', 'CNY 8000000'],
    ['80元', 'CNY 8000'],
    ['8万元', 'CNY 8000000'],
    ['rmb 80k', 'CNY 8000000'],
    ['80k RMB', 'CNY 8000000'],
    ['EUR 80k', 'EUR 8000000'],
    ['80k EUR', 'EUR 8000000'],
    ['80keur', 'EUR 8000000'],
    ['€80k', 'EUR 8000000'],
    ['80k€', 'EUR 8000000'],
    ['80 €', 'EUR 8000'],
    ['$80', 'USD 8000'],
    ['US$5k', 'USD 500000'],
    ['HK$ 500', 'HKD 50000'],
    ['80krw', 'KRW 80'],
    ['£1,200.50', 'GBP 120050'],
    ['5万美元', 'USD 5000000'],
    ['日元 80000', 'JPY 80000'],
    ['12 ALL', 'ALL 12'],
    ['CNY 13812345678', 'CNY 1381234567800'],
  ])('%s', (text, expected) => expectBoth('money', text, expected));

  it('takes a bare number as the organization’s currency, where nothing fits better', () => {
    expectBoth('money', '80000', 'loose CNY 8000000');
    expectBoth('money', '80000', 'loose JPY 80000', {}, yen);
  });

  it('reads ¥ in the organization’s currency, and asks where that is neither', () => {
    expectBoth('money', '¥1.2m', 'CNY 120000000');
    expectBoth('money', '￥8万', 'CNY 8000000');
    expectBoth('money', '¥1.2m', 'JPY 1200000', {}, yen);
    expectBoth('money', '¥1.2m', 'problem money-which → CNY 1.2m | JPY 1.2m', {}, euro);
  });

  it('reads $ as the organization’s own dollar', () => {
    expectBoth('money', '$80', 'SGD 8000', {}, { ...read, currency: 'SGD' });
  });
});

describe('an amount that is almost one comes back with what was meant', () => {
  it.each([
    ['8O k', 'problem money-letter-o → 80k'],
    ['8Ok', 'problem money-letter-o → 80k'],
    ['1OOk', 'problem money-letter-o → 100k'],
    ['l00k', 'problem money-letter-o → 100k'],
    ['80,5k', 'problem money-meant → 80.5k'],
    ['80.000', 'problem money-which → 80000 | 80'],
    ['-80k', 'problem money-negative'],
    ['1000000000000000000', 'problem money-too-large'],
  ])('%s', (text, expected) => expectBoth('money', text, expected));
});

describe('what is no amount is not taken for one', () => {
  it.each([
    '13812345678',
    '080',
    'k',
    'eur',
    'nice',
    '80kk',
    '12e5',
    '1,2,3',
    '15%',
    '+2w',
    'D-142',
    '万',
    '',
  ])('%s', (text) => expect(taken('money', text)).toBe('nothing'));
  it('says that eleven digits are a phone number', () => {
    expect(wholeValue('money', '13812345678')).toBe('problem money-phone');
  });
  it('leaves lower-case words that happen to be currency codes alone', () => {
    expect(taken('money', '12 all')).toBe('1 of 2: loose CNY 1200');
  });
});

describe('two currencies with one amount', () => {
  it.each([
    ['80k EUR USD', 'problem money-which → EUR 80k | USD 80k'],
    ['EUR 80k USD', 'problem money-which → EUR 80k | USD 80k'],
    ['€80k USD', 'problem money-which → EUR 80k | USD 80k'],
  ])('%s is a question', (text, expected) => expectBoth('money', text, expected));
  it.each([
    ['¥80k JPY', 'JPY 80000'],
    ['$80k SGD', 'SGD 8000000'],
    ['€80k EUR', 'EUR 8000000'],
    ['80k EUR EUR', 'EUR 8000000'],
  ])('%s is none', (text, expected) => expectBoth('money', text, expected));
});

describe('an amount is printed in the shortest form that reads the same', () => {
  const print = (amountMinor: string, currency = 'CNY', locale: 'en' | 'zh-CN' = 'en') =>
    recognisers.money.print({ amountMinor, currency }, { ...read, locale }, { kind: 'money', label: '' });
  it.each([
    ['8000000', 'CNY', 'en', '80k'],
    ['120000000', 'CNY', 'en', '1.2m'],
    ['123400000', 'CNY', 'en', '1234k'],
    ['8075000', 'CNY', 'en', '80750'],
    ['8075050', 'CNY', 'en', '80750.5'],
    ['8000000', 'EUR', 'en', 'EUR 80k'],
    ['80000', 'JPY', 'en', 'JPY 80k'],
    ['8000000', 'CNY', 'zh-CN', '8万'],
    ['8500000', 'CNY', 'zh-CN', '8.5万'],
    ['1380013800000', 'CNY', 'en', 'CNY 13800138000'],
  ] as const)('%s %s', (minor, currency, locale, expected) => {
    expect(print(minor, currency, locale)).toBe(expected);
  });
});
