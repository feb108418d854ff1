import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { dayIn } from '../../../src/kernel/dates.ts';
import { type FieldMeta, fieldMeta, isOptionalField } from '../../../src/kernel/fields.ts';
import { formatNumber, type NumberedKind, recordPrefixes } from '../../../src/kernel/ids.ts';
import { recognisers } from '../../../src/kernel/recognise/index.ts';
import type { Action } from '../../../src/runtime/action.ts';
import { parseLine } from '../../../src/runtime/grammar/parse.ts';
import { printLine } from '../../../src/runtime/grammar/print.ts';
import { checkInput, readInput } from '../../../src/runtime/grammar/read-input.ts';
import fc from '../../support/property.ts';
import { actions, chinese, english, now, registry } from './fixtures.ts';

/** Words that look like everything the grammar knows, so that printing has to tell them apart. */
const nasty = fc.constantFrom(
  ...'80k|fri|D-142|L-1|q4|15%|85折|20m|2026|me|to|?|？|--|—|备注:x|@wang|a:b|src:x|reason|"|""|“x”|「x」|\'|,|，|、|5"|13812345678|jane@acme.cn|+86 138 1234 5678|help|new-lead|3/11|80 000|nov 15|-> x|<b>|&gt;|/crm|-|visit|price|no|a  b|.|…|Acme Co., Ltd|x?|周五|8万|note:|备注|https://a.cn|crm|x -- y|"a" b'.split(
    '|',
  ),
);
const words = fc.oneof(
  nasty,
  fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' }),
  fc.string({ minLength: 1, maxLength: 20, unit: 'binary' }),
  fc.array(nasty, { minLength: 2, maxLength: 4 }).map((parts) => parts.join(' ')),
);
const minute = fc
  .integer({ min: 1, max: 500_000 })
  .map((minutes) => new Date(now.getTime() + minutes * 60_000));
const momentLater = fc.oneof(
  minute,
  fc.integer({ min: 1, max: 20_000_000_000 }).map((ms) => new Date(now.getTime() + ms)),
);
const dayLater = momentLater.map((at) => dayIn(at, english.timeZone));
const anyDay = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2046-11-03'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10));

function arbitraryOf(meta: FieldMeta): fc.Arbitrary<unknown> {
  switch (meta.kind) {
    case 'text':
    case 'note':
      return words;
    case 'ref': {
      // `d142` and `D-142` are one record: inputs hold the latter.
      const names = words.map((text) => canonical(text, meta));
      const numbered = (meta.lookups ?? []).filter((kind) => kind in recordPrefixes) as NumberedKind[];
      if (meta.lookups?.includes('channel')) {
        const known = fc.constantFrom(
          'here',
          '#sales-east',
          '<#C1|sales>',
          '<#C9>',
          '<#19:a@thread.tacv2|Sales East>',
        );
        return fc.oneof(known, names, fc.uuid());
      }
      if (numbered.length === 0) return names;
      const number = fc
        .tuple(fc.constantFrom(...numbered), fc.nat(100_000))
        .map(([kind, value]) => formatNumber(kind, value));
      return fc.oneof(number, names, fc.uuid());
    }
    case 'person':
      return fc.oneof(
        fc.constantFrom('me', '@wang', '<@U123|Wang Lei>', '<@U9>', 'wang', 'Wang Lei'),
        words.map((text) => canonical(text, meta)),
      );
    case 'money':
      return fc.record({
        amountMinor: fc
          .oneof(
            fc.bigInt(0n, 10n ** 17n),
            fc.nat(1_000_000).map((n) => BigInt(n) * 100_000n),
          )
          .map(String),
        currency: fc.constantFrom('CNY', 'EUR', 'USD', 'JPY', 'KWD', 'ALL', 'TRY'),
      });
    case 'percent':
      return fc.integer({ min: 0, max: 10_000 });
    case 'number':
      return fc.integer({ min: 0, max: 100 });
    case 'minutes':
      return fc.integer({ min: 1, max: 10_080 });
    case 'day':
      return meta.future ? dayLater : anyDay;
    case 'when':
      return fc.oneof(
        dayLater.map((on) => ({ on })),
        momentLater.map((at) => ({ on: dayIn(at, english.timeZone), at: at.toISOString() })),
      );
    case 'span':
      return fc.tuple(anyDay, anyDay).map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a }));
    case 'email':
      return fc.constantFrom('jane@acme.cn', 'a.b+c@x-y.co.uk', 'J_W@a1.io');
    case 'phone':
      return fc.oneof(
        fc.constantFrom('13812345678', '+8613812345678', '12345', '02112345678', '+14155550100'),
        // `0049 …` is `+49 …`: inputs hold the latter.
        fc.stringMatching(/^\+?\d{5,15}$/).map((text) => canonical(text, meta)),
      );
    case 'oneOf':
      return fc.constantFrom(...(meta.options ?? []).map((option) => option.value));
    case 'manyOf':
      return fc.subarray(
        (meta.options ?? []).map((option) => option.value),
        { minLength: 1 },
      );
    case 'flag':
      return fc.boolean();
    default:
      return meta.kind satisfies never;
  }
}

function canonical(text: string, meta: FieldMeta): unknown {
  const found = recognisers[meta.kind].read(text, english, meta);
  return 'value' in found ? found.value : text;
}

/** Inputs of an action as its schema accepts them. */
function inputsOf(action: Action): fc.Arbitrary<Record<string, unknown>> {
  const fields: Record<string, fc.Arbitrary<unknown>> = {};
  for (const [name, schema] of Object.entries(action.input.shape)) {
    const meta = fieldMeta(schema as z.ZodType);
    if (!meta || action.hidden?.includes(name)) continue;
    const value = arbitraryOf(meta);
    fields[name] = isOptionalField(schema as z.ZodType) ? fc.option(value, { nil: undefined }) : value;
  }
  return fc
    .record(fields)
    .map((values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)))
    .map((values) => action.input.safeParse(values))
    .filter((parsed) => parsed.success)
    .map((parsed) => parsed.data as Record<string, unknown>);
}

describe('a printed line gives the same input when it is read', () => {
  const printable = actions.filter(({ command }) => command && !command.parseRest && command.verb !== 'help');
  it.each(printable.map((action) => [action.name, action] as const))('%s', (_name, action) => {
    fc.assert(
      fc.property(inputsOf(action), fc.constantFrom(english, chinese), (input, read) => {
        const line = printLine(action, input, read);
        const parsed = parseLine(line, registry, read);
        expect(parsed.kind, line).toBe('parsed');
        if (parsed.kind !== 'parsed') return;
        expect(parsed.action.name, line).toBe(action.name);
        expect(parsed.dryRun, line).toBe(false);
        expect(parsed.unsure, line).toBeUndefined();
        const { values, problems } = readInput(action.input, parsed.raw, read);
        expect(problems, line).toEqual([]);
        const checked = checkInput(action.input, values);
        expect(checked.ok && checked.input, line).toEqual(input);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a printed line', () => {
  const action = (name: string) => registry.action(name) as Action;
  it('names resolved records by their key', () => {
    const deal = { kind: 'deal', id: 'x', key: 'D-142', label: 'Acme pilot' };
    const stage = { kind: 'stage', id: 'y', key: 'closed won', label: 'Closed won' };
    expect(printLine(action('deals.move'), { deal, stage }, english)).toBe('move D-142 "closed won"');
  });
  it('leaves out what only buttons may set', () => {
    expect(printLine(action('leads.create'), { company: 'Acme', force: true }, english)).toBe(
      'new-lead Acme',
    );
  });
  it('takes words that were not read yet as they are', () => {
    const raw = { deal: 'D-142', amount: '80k', close: 'eom' };
    expect(printLine(action('deals.set'), raw, english)).toBe('set D-142 amount:80k close:2026-11-30');
    expect(printLine(action('deals.set'), { deal: 'D-142', amount: '8O k' }, english)).toBe(
      'set D-142 amount:"8O k"',
    );
  });
  it('is the action’s own where it has a grammar of its own', () => {
    expect(printLine(action('transfer'), { from: '@li', to: '@wang' }, english)).toBe(
      'transfer @li to @wang',
    );
  });
});
