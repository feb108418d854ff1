import { describe, expect, it } from 'vitest';
import { recognisers } from '../../../src/kernel/recognise/index.ts';
import { expectBoth, read, taken, wholeValue } from './table.ts';

describe('a percentage becomes basis points', () => {
  it.each([
    ['15%', '1500'],
    ['15 %', '1500'],
    ['１５％', '1500'],
    ['15.5%', '1550'],
    ['15 percent', '1500'],
    ['15pct', '1500'],
    ['百分之15', '1500'],
    ['百分之十五', '1500'],
    ['0%', '0'],
    ['100%', '10000'],
    ['15', 'loose 1500'],
    ['150%', 'problem percent-range'],
    ['12.345%', 'problem percent-fine → 12.35%'],
  ])('%s', (text, expected) => expectBoth('percent', text, expected));

  it('leaves Chinese discounts alone where no discount is asked for', () => {
    expect(taken('percent', '85折')).toBe('nothing');
    expect(wholeValue('percent', '85折')).toBe('problem not-percent');
  });
});

describe('a discount is what is taken off, in either way of saying it', () => {
  const discount = { discount: true };
  it.each([
    ['85折', '1500'],
    ['8.5折', '1500'],
    ['打85折', '1500'],
    ['打 85 折', '1500'],
    ['88 折', '1200'],
    ['9折', '1000'],
    ['九折', '1000'],
    ['八五折', '1500'],
    ['15%', '1500'],
    ['15% off', '1500'],
    ['15%off', '1500'],
    ['-15%', '1500'],
    ['减15%', '1500'],
  ])('%s', (text, expected) => {
    expectBoth('percent', text, expected, discount);
  });
  it.each(['0折', '折', '打折'])('%s is none', (text) => {
    expect(wholeValue('percent', text, discount)).toBe('problem not-discount');
  });
});

describe('whole numbers', () => {
  it.each([
    ['3', 'loose 3'],
    ['#3', '3'],
    ['第3条', '3'],
    ['第3', '3'],
    ['1,200', 'loose 1200'],
    ['2k', 'loose 2000'],
    ['三', 'loose 3'],
    ['３', 'loose 3'],
  ])('%s', (text, expected) => expectBoth('number', text, expected));
  it.each(['3.5', '-3', 'x', 'D-3'])('%s is none', (text) => {
    expect(taken('number', text)).toBe('nothing');
    expect(wholeValue('number', text)).toBe('problem not-number');
  });
});

describe('durations become minutes', () => {
  it.each([
    ['20m', '20'],
    ['20 m', '20'],
    ['20min', '20'],
    ['20 mins', '20'],
    ['1h', '60'],
    ['1h30', '90'],
    ['1h30m', '90'],
    ['1 h 30', '90'],
    ['1.5h', '90'],
    ['2 hours', '120'],
    ['1 hour 30 min', '90'],
    ['1:30', '90'],
    ['90', 'loose 90'],
    ['20分钟', '20'],
    ['20分', '20'],
    ['二十分钟', '20'],
    ['1小时', '60'],
    ['1小时30分', '90'],
    ['1小时半', '90'],
    ['半小时', '30'],
    ['半个小时', '30'],
    ['一个半小时', '90'],
    ['两小时', '120'],
  ])('%s', (text, expected) => expectBoth('minutes', text, expected));
  it.each(['m', '20k', 'soon', '20%'])('%s is none', (text) => {
    expect(taken('minutes', text)).toBe('nothing');
  });
  it.each([1, 20, 60, 90, 615])('prints %i minutes so that they read the same', (value) => {
    const printed = recognisers.minutes.print(value, read, { kind: 'minutes', label: '' });
    expectBoth('minutes', printed, String(value));
  });
});
