import { describe, expect, it } from 'vitest';
import { defineCatalog } from '../../../src/kernel/i18n.ts';
import { recognisers } from '../../../src/kernel/recognise/index.ts';
import { expectBoth, read, taken, wholeValue } from './table.ts';

describe('a record number is one however it is typed', () => {
  const lookups = { lookups: ['deal', 'account'] };
  it.each([
    ['D-142', 'D-142'],
    ['d-142', 'D-142'],
    ['D142', 'D-142'],
    ['D 142', 'D-142'],
    ['Ｄ－１４２', 'D-142'],
    ['D–142', 'D-142'],
    ['c88', 'C-88'],
    ['0190A2B4-0000-7000-8000-000000000001', '0190a2b4-0000-7000-8000-000000000001'],
  ])('%s', (text, expected) => expect(taken('ref', text, lookups)).toBe(expected));
  it('is left alone where such a record cannot be meant', () => {
    expect(taken('ref', 'L-311', lookups)).toBe('nothing');
    expect(wholeValue('ref', 'L-311', lookups)).toBe('L-311');
  });
  it.each(['acme', 'Acme Pumps', '远景机械', 'acme/pumps'])('%s stays the name it is', (text) => {
    expect(taken('ref', text, lookups)).toBe('nothing');
    expect(wholeValue('ref', text, lookups)).toBe(text);
  });
  it('prints a resolved record by its key', () => {
    const value = { kind: 'deal', id: '1', key: 'D-142', label: 'Acme' };
    expect(recognisers.ref.print(value, read, { kind: 'ref', label: '' })).toBe('D-142');
  });
});

describe('a channel', () => {
  const lookups = { lookups: ['channel'] };
  it.each([
    ['<#C0EAST|sales-east>', '<#C0EAST|sales-east>'],
    ['<#C0EAST>', '<#C0EAST>'],
    ['<#19:e4a@thread.tacv2|Sales East>', '<#19:e4a@thread.tacv2|Sales East>'],
    ['#sales-east', '#sales-east'],
    ['＃销售', '#销售'],
    ['here', 'here'],
    ['Here', 'here'],
    ['这里', 'here'],
    ['本频道', 'here'],
  ])('%s', (text, expected) => {
    expect(taken('ref', text, lookups)).toBe(expected);
    expect(wholeValue('ref', text, lookups)).toBe(expected);
  });
  it.each(['sales-east', '#', '#-', '<#>', '<@U1|wang>'])('%s is none beyond doubt', (text) => {
    expect(taken('ref', text, lookups)).toBe('nothing');
  });
  it('is none where no channel can be meant', () => {
    expect(taken('ref', 'here', { lookups: ['deal'] })).toBe('nothing');
    expect(wholeValue('ref', '＃1', { lookups: ['deal'] })).toBe('＃1');
  });
});

describe('a colleague', () => {
  it.each([
    ['<@U123|wang>', '<@U123|wang>'],
    ['<@U123>', '<@U123>'],
    ['@wang', '@wang'],
    ['＠wang', '@wang'],
    ['@wang.lei', '@wang.lei'],
    ['@王敏', '@王敏'],
    ['me', 'me'],
    ['我', 'me'],
    ['wang@acme.cn', 'loose wang@acme.cn'],
  ])('%s', (text, expected) => expectBoth('person', text, expected));
  it('by a plain name only where a name is asked for', () => {
    expect(taken('person', 'wang')).toBe('nothing');
    expect(wholeValue('person', 'wang')).toBe('wang');
  });
});

describe('an e-mail address', () => {
  it.each([
    ['jane@acme.cn', 'jane@acme.cn'],
    ['Jane.Wu+x@acme-pumps.com.cn', 'Jane.Wu+x@acme-pumps.com.cn'],
    ['<jane@acme.cn>', 'jane@acme.cn'],
    ['jane＠acme．cn', 'jane@acme.cn'],
    ['jane@acme.cn.', 'jane@acme.cn'],
    ['mailto:jane@acme.cn', 'jane@acme.cn'],
    ['jane@acme', 'problem not-email'],
    ['jane@acme,cn', 'problem email-meant → jane@acme.cn'],
    ['jane@@acme.cn', 'problem email-meant → jane@acme.cn'],
    ['a..b@c.cn', 'problem email-meant → a.b@c.cn'],
  ])('%s', (text, expected) => expectBoth('email', text, expected));
  it.each(['@jane', 'jane', 'D-142'])('%s is none', (text) => expect(taken('email', text)).toBe('nothing'));
});

describe('a phone number keeps its digits and nothing else', () => {
  it.each([
    ['13812345678', '13812345678'],
    ['138 1234 5678', '13812345678'],
    ['138-1234-5678', '13812345678'],
    ['１３８１２３４５６７８', '13812345678'],
    ['+86 138 1234 5678', '+8613812345678'],
    ['+8613812345678', '+8613812345678'],
    ['+86-138-1234-5678', '+8613812345678'],
    ['8613812345678', '8613812345678'],
    ['+1 (415) 555-0100', '+14155550100'],
    ['(415) 555-0100', '4155550100'],
    ['+49 30 123456', '+4930123456'],
    ['+44 20 7946 0958', '+442079460958'],
    ['+86 10 6543 2100', '+861065432100'],
    ['021-65432100', '02165432100'],
    ['0755 1234 5678', '075512345678'],
    ['400-820-8820', '4008208820'],
    ['tel:13812345678', '13812345678'],
  ])('%s', (text, expected) => expectBoth('phone', text, expected));
  it.each([
    ['+86 13812345678 80k', '2 of 3: +8613812345678'],
    ['138 1234 5678 500', '3 of 4: 13812345678'],
    ['+86 138 1234 5678 500', '4 of 5: +8613812345678'],
    ['+65 6123 4567 500', '3 of 4: +6561234567'],
  ])('does not swallow the amount in %s', (text, expected) => expect(taken('phone', text)).toBe(expected));
  it.each(['80000', '5550000', '2026-11-03', '1-10', '+2w', '+3d', '+86'])('%s alone is not one', (text) =>
    expect(taken('phone', text)).toBe('nothing'),
  );
  it.each(['5551234', '12812345678'])('%s alone may be one', (text) =>
    expect(taken('phone', text)).toBe(`loose ${text}`),
  );
});

describe('a choice', () => {
  const t = defineCatalog('choice-test', {
    en: { service: 'Service', 'no-budget': 'No budget' },
    'zh-CN': { service: '服务', 'no-budget': '没有预算' },
  });
  const options = [
    { value: 'price', label: 'Price', words: ['价格', '太贵'] },
    { value: 'service', label: t('service') },
    { value: 'no-budget', label: t('no-budget') },
  ];
  it.each([
    ['price', 'price'],
    ['PRICE', 'price'],
    ['太贵', 'price'],
    ['服务', 'service'],
    ['no-budget', 'no-budget'],
    ['no budget', 'no-budget'],
    ['nobudget', 'no-budget'],
    ['没有预算', 'no-budget'],
  ])('is known by value, label and other words: %s', (text, expected) =>
    expectBoth('oneOf', text, expected, { options }),
  );
  it('suggests the nearest', () => {
    expect(wholeValue('oneOf', 'prise', { options })).toBe('problem option-meant → price');
    expect(wholeValue('oneOf', 'servcie', { options })).toBe('problem option-meant → service');
    expect(wholeValue('oneOf', 'weather', { options })).toBe('problem not-option');
    expect(taken('oneOf', 'prise', { options })).toBe('nothing');
  });
  it('may be of several', () => {
    expectBoth('manyOf', 'price,service', 'price,service', { options });
    expect(wholeValue('manyOf', '价格、服务', { options })).toBe('price,service');
    expect(wholeValue('manyOf', 'price,weather', { options })).toBe('problem not-option');
  });
});

describe('yes and no', () => {
  it.each(['yes', 'Y', 'true', '1', '是', '对'])('%s', (text) =>
    expect(wholeValue('flag', text)).toBe('true'),
  );
  it.each(['no', 'N', 'false', '0', '否', '不'])('%s', (text) =>
    expect(wholeValue('flag', text)).toBe('false'),
  );
  it('nothing else', () => expect(wholeValue('flag', 'maybe')).toBe('problem not-flag'));
});
