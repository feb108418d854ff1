import { describe, expect, it } from 'vitest';
import type { FieldKind } from '../../../src/kernel/fields.ts';
import { parseNumber } from '../../../src/kernel/ids.ts';
import { nameKey } from '../../../src/kernel/names.ts';
import { recognisers } from '../../../src/kernel/recognise/index.ts';
import { uniform } from '../../../src/kernel/recognise/words.ts';
import { hostileTexts, longestSeen } from '../../support/longest-seen.ts';
import { read } from './table.ts';

describe('however long a text is', () => {
  const nothing = { matched: 0, normalised: 0 };

  it('making it uniform looks at no more than a name or a line of it', () => {
    for (const text of hostileTexts) {
      expect(longestSeen(() => uniform(text))).toEqual(nothing);
      expect(longestSeen(() => parseNumber(text))).toEqual(nothing);
      const { normalised, matched } = longestSeen(() => nameKey(text));
      expect(normalised).toBeLessThanOrEqual(1000);
      // One character may become eighteen.
      expect(matched).toBeLessThanOrEqual(18_000);
    }
  });

  it('a name of up to a thousand letters and a value of up to a line are read as ever', () => {
    expect(nameKey(`${'Ａ'.repeat(150)} Co., Ltd.`)).toBe('a'.repeat(150));
    expect(uniform('８'.repeat(4000))).toBe('8'.repeat(4000));
    expect(parseNumber('  Ｄ－１４２  ')).toEqual({ kind: 'deal', number: 142 });
  });

  it.each(Object.keys(recognisers) as FieldKind[])('reading it as %s puts no more in order', (kind) => {
    const options = [{ value: 'x', label: 'x' }];
    for (const text of hostileTexts) {
      const reading = () => recognisers[kind].read(text, read, { kind, label: kind, options });
      expect(longestSeen(reading).normalised).toBeLessThanOrEqual(4000);
    }
  });
});
