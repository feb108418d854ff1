import { describe, expect, it } from 'vitest';
import type { FieldMeta } from '../../../src/kernel/fields.ts';
import { canonicalProblem } from '../../../src/kernel/recognise/when.ts';
import { expectBoth, read, taken, wholeValue } from './table.ts';

const far = 'problem out-of-bounds';

describe('a day nobody can mean is refused', () => {
  it.each([
    '0001-01-01',
    '1999-12-31',
    '2046-11-05',
    '9999-12-31',
    '15/11/99',
    '15 nov 1999',
    'nov 15 1999',
    '15.11.1999',
    '1999年11月15日',
    '+9999y',
    '+9999mo',
    '+9999w',
    '+9999d',
    'in 9999 years',
    '300年后',
  ])('%s', (text) => {
    expectBoth('day', text, far);
    expectBoth('when', text, far);
  });
  it.each(['9999-12-31 10:00', '2046-11-05T10:00:00Z', '10:00 15nov 1999'])('%s', (text) => {
    expectBoth('when', text, far);
  });
  it.each(['1999', '2047', '9999-11', '2026-11-01..9999-12-31', '1999-12-31..2026-01-01', '2050年'])(
    '%s',
    (text) => {
      expectBoth('span', text, far);
    },
  );
});

describe('the first and the last day there can be are read', () => {
  it.each(['2000-01-01', '2046-11-04'])('%s', (text) => {
    expectBoth('day', text, text);
    expectBoth('when', text, text);
    expectBoth('span', text, `${text}..${text}`);
  });
  it('and a field says its own', () => {
    const validity: Partial<FieldMeta> = { future: true, yearsAhead: 2 };
    expectBoth('day', '2028-11-04', '2028-11-04', validity);
    expectBoth('day', '2028-11-05', far, validity);
    expectBoth('day', '2026-11-03', 'problem past', validity);
    expectBoth('span', '1950', 'loose 1950-01-01..1950-12-31', { since: '1900-01-01' });
  });
  it('are named with the field, which of a future one is today', () => {
    const meta: FieldMeta = { kind: 'day', label: 'Close date', future: true };
    expect(taken('day', '2047-01-01', meta)).toBe(far);
    const problem = canonicalProblem({ on: '2047-01-01' }, read, { ...meta, kind: 'when' });
    expect(problem?.message).toMatchObject({
      values: {
        text: '2047-01-01',
        label: 'Close date',
        first: { on: '2026-11-04' },
        last: { on: '2046-11-04' },
      },
    });
  });
});

describe('canonical values, as programs send them, have the same bounds', () => {
  const when: FieldMeta = { kind: 'when', label: 'Due' };
  const span: FieldMeta = { kind: 'span', label: 'Period' };
  it.each([
    [{ on: '9999-01-01' }, when, true],
    [{ on: '2026-11-05', at: '9999-11-05T10:00:00Z' }, when, true],
    [{ on: '2026-11-05', at: '2026-11-05T10:00:00Z' }, when, false],
    [{ from: '2026-11-05', to: '9999-11-05' }, span, true],
    [{ from: '1066-01-01', to: '2026-11-05' }, span, true],
    [{ from: '2026-11-01', to: '2026-11-05' }, span, false],
  ])('%o', (value, meta, isRefused) => {
    expect(canonicalProblem(value, read, meta) !== undefined).toBe(isRefused);
  });
  it('and what is no day is left to the schema', () => {
    expect(canonicalProblem({ on: 'soon' }, read, when)).toBeUndefined();
  });
});

describe('a year belongs to the day before it', () => {
  it('and is no amount', () => {
    expect(taken('day', '15nov 2027')).toBe('2027-11-15');
    expect(wholeValue('day', '15 nov 1999')).toBe(far);
    expect(taken('day', '15nov 2500')).toBe('1 of 2: 2026-11-15');
  });
});
