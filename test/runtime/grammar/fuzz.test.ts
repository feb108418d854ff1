import { describe, expect, it } from 'vitest';
import { parseLine } from '../../../src/runtime/grammar/parse.ts';
import { printLine } from '../../../src/runtime/grammar/print.ts';
import fc from '../../support/property.ts';
import { corpus } from './corpus.ts';
import { chinese, english, registry } from './fixtures.ts';

const verbs = [...registry.verbs().keys()];
const pieces = [...Object.values(corpus).flat()].flatMap(([line]) => line.split(/(?<=\s)/));

/** Never throws, whatever it is given; what it understands can be printed. */
function survives(line: string): void {
  for (const read of [english, chinese]) {
    const parsed = parseLine(line, registry, read);
    expect(['parsed', 'empty', 'help', 'problem']).toContain(parsed.kind);
    if (parsed.kind === 'parsed') expect(typeof printLine(parsed.action, parsed.raw, read)).toBe('string');
    expect(typeof JSON.stringify(parsed.kind === 'parsed' ? parsed.raw : null)).toBe('string');
  }
}

describe('any line is answered, none breaks the parser', () => {
  it('of random characters', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), survives), { numRuns: 1500 });
  });
  it('of random arguments behind a verb', () => {
    const line = fc
      .tuple(fc.constantFrom(...verbs), fc.string({ unit: 'grapheme', maxLength: 120 }))
      .map((parts) => parts.join(' '));
    fc.assert(fc.property(line, survives), { numRuns: 1500 });
  });
  it('of real words in random order', () => {
    const line = fc
      .tuple(fc.constantFrom(...verbs), fc.array(fc.constantFrom(...pieces), { maxLength: 14 }))
      .map(([verb, rest]) => `${verb} ${rest.join('')}`);
    fc.assert(fc.property(line, survives), { numRuns: 3000 });
  });
  it('of real words run together and cut anywhere', () => {
    const line = fc
      .tuple(fc.constantFrom(...verbs), fc.array(fc.constantFrom(...pieces), { maxLength: 8 }), fc.nat(80))
      .map(([verb, rest, cut]) => `${verb} ${rest.join('').replace(/\s+/g, '')}`.slice(0, cut));
    fc.assert(fc.property(line, survives), { numRuns: 1500 });
  });
  it.each([
    ['quotation marks', '"'],
    ['open quotes', '“a '],
    ['apostrophes', "'a "],
    ['corner brackets', '「a '],
    ['digits', '1'],
    ['groups of digits', '1,111,'],
    ['single digits', '1 '],
    ['dots', '.'],
    ['dashes', '-'],
    ['words and dashes', 'a- '],
    ['keys', 'a:'],
    ['keys with values', 'src:x '],
    ['mentions', '<@U1|a>'],
    ['open mentions', '<@'],
    ['open links', '<mailto:'],
    ['at signs', '@'],
    ['Chinese numerals', '一百'],
    ['plus signs', '+'],
    ['phone groups', '138 1234 '],
    ['dates', '15nov '],
    ['spaces', ' \u3000'],
    ['question marks', '?'],
    ['combining marks', '\u0301'],
    ['surrogates', '\ud83d'],
    ['ligatures', 'ﷺ'],
    ['percent signs', '1%'],
    ['prefixes', '/crm '],
    ['verbs', 'help '],
  ])('of 4,000 characters of %s', (_name, unit) => {
    for (const verb of ['', 'new-lead ', 'next D-1 ', 'log ', 'find ', 'transfer ', '新建线索']) {
      survives((verb + unit.repeat(4000)).slice(0, 4000));
    }
  });
});
