import { describe, expect, it } from 'vitest';
import { parseClasses, printClasses } from '../../../../src/features/sales/value-class/line.ts';
import {
  lastTwelveMonths,
  movementOf,
  proposalOf,
} from '../../../../src/features/sales/value-class/rules.ts';
import type { ReadContext } from '../../../../src/kernel/recognise/recogniser.ts';
import { tokenise } from '../../../../src/runtime/grammar/tokens.ts';
import fc from '../../../support/property.ts';

const read: ReadContext = {
  now: new Date('2026-11-10T02:00:00Z'),
  timeZone: 'Asia/Shanghai',
  locale: 'en',
  currency: 'CNY',
  workdayEndsAt: '18:00',
};
const parsed = (line: string) => parseClasses(tokenise(line).tokens);

describe('the line of thresholds', () => {
  it.each([
    'A>500k B>100k',
    'a>500k b>100k',
    'B>100k A>500k',
    'A > 500k B > 100k',
    'A>=500k, B>=100k',
    'A≥500k B≥100k',
    'A:500k B:100k',
    'A=500k B=100k',
    'A 500k B 100k',
    'A from 500k B over 100k',
    'Ａ＞500k Ｂ＞100k',
    'A类>500k B类>100k',
    'A级高于500k B级超过 100k',
  ])('%s says both', (line) => {
    expect(parsed(line)).toEqual({ aFrom: '500k', bFrom: '100k' });
  });

  it('keeps a currency with its amount', () => {
    expect(parsed('A>EUR 500k B>100k EUR')).toEqual({ aFrom: 'EUR 500k', bFrom: '100k EUR' });
    expect(parsed('A AUD 500k')).toEqual({ aFrom: 'AUD 500k' });
  });

  it('may be one word or nothing', () => {
    expect(parsed('')).toEqual({});
    expect(parsed('off')).toEqual({ what: 'off' });
    expect(parsed('停止')).toEqual({ what: 'off' });
    expect(parsed('apply')).toEqual({ what: 'apply' });
  });

  it.each(['foo', '500k', 'A>', 'A>500k A>100k', 'foo A>500k', 'C>5'])('%s is refused', (line) => {
    expect(() => parsed(line)).toThrow();
  });

  it('is read again as it is printed', () => {
    const amount = fc.bigInt({ min: 1n, max: 10n ** 12n }).map((minor) => ({
      amountMinor: minor.toString(),
      currency: 'CNY',
    }));
    fc.assert(
      fc.property(amount, amount, fc.constantFrom('en' as const, 'zh-CN' as const), (a, b, locale) => {
        const line = printClasses({ aFrom: a, bFrom: b }, { ...read, locale });
        const [, first, second] = /^A>(\S+) B>(\S+)$/.exec(line) ?? [];
        expect(parsed(line)).toEqual({ aFrom: first, bFrom: second });
      }),
    );
  });
});

describe('the twelve months', () => {
  it.each([
    ['2026-11-10', '2025-11-11'],
    ['2026-01-01', '2025-01-02'],
    ['2028-02-29', '2027-03-01'],
  ])('that end with %s begin with %s', (today, from) => {
    expect(lastTwelveMonths(today)).toEqual({ from, to: today });
  });
});

describe('a proposal', () => {
  it('is rounded down to two digits in whole units', () => {
    expect(proposalOf({ top: 123_456_789n, middle: 4_567_890n }, 'CNY')).toEqual({
      aFromMinor: 120_000_000n,
      bFromMinor: 4_500_000n,
      currency: 'CNY',
    });
    expect(proposalOf({ top: 987_654n, middle: 55n }, 'JPY')).toMatchObject({
      aFromMinor: 980_000n,
      bFromMinor: 55n,
    });
  });

  it('keeps A above B where all customers bought alike', () => {
    expect(proposalOf({ top: 100_000n, middle: 100_000n }, 'CNY')).toMatchObject({
      aFromMinor: 100_000n,
      bFromMinor: 25_000n,
    });
  });

  it('is none where nothing is left to divide', () => {
    expect(proposalOf({ top: 100n, middle: 100n }, 'CNY')).toBeUndefined();
    expect(proposalOf({ top: 0n, middle: 0n }, 'CNY')).toBeUndefined();
  });

  it('always has A above B above nothing', () => {
    const minor = fc.bigInt({ min: 0n, max: 10n ** 15n });
    fc.assert(
      fc.property(minor, minor, fc.constantFrom('CNY', 'JPY', 'KWD'), (one, other, currency) => {
        const [middle, top] = one < other ? [one, other] : [other, one];
        const proposal = proposalOf({ top, middle }, currency);
        if (!proposal) return;
        expect(proposal.aFromMinor).toBeGreaterThan(proposal.bFromMinor);
        expect(proposal.bFromMinor).toBeGreaterThan(0n);
        expect(proposal.aFromMinor).toBeLessThanOrEqual(top);
      }),
    );
  });
});

it('tells up from down, and both from a first class', () => {
  expect(
    movementOf([
      { before: 'B', after: 'A', count: 1 },
      { before: 'C', after: 'A', count: 2 },
      { before: 'A', after: 'B', count: 4 },
      { before: 'A', after: 'C', count: 5 },
      { before: null, after: 'C', count: 7 },
    ]),
  ).toEqual({ up: 3, down: 9, fresh: 7 });
});
