import { describe, expect, it } from 'vitest';
import {
  isTechnical,
  isUndoable,
  reversalsOf,
  stillCounting,
  type Trace,
  wordsOf,
} from '../../../../src/features/org/audit/rules.ts';
import type { RecordChange } from '../../../../src/runtime/context.ts';
import fc from '../../../support/property.ts';

const change = (part: Partial<RecordChange>): RecordChange => ({
  kind: 'deal',
  recordId: 'a',
  number: 'D-1',
  op: 'update',
  version: 2,
  before: {},
  after: {},
  ...part,
});

describe('the way back of an action', () => {
  it('restores the values from before the first of several changes', () => {
    const [reversal] = reversalsOf([
      change({ version: 3, before: { amount: 2, note: 'x' } }),
      change({ version: 2, before: { amount: 1 } }),
    ]);
    expect(reversal).toMatchObject({
      before: { amount: 1, note: 'x' },
      firstVersion: 2,
      version: 3,
      isInterrupted: false,
      wasCreated: false,
    });
  });

  it('archives what was made before it restores what that replaced', () => {
    const reversals = reversalsOf([
      change({ recordId: 'old', before: { status: 'open' } }),
      change({ recordId: 'new', op: 'create', version: 1 }),
      change({ recordId: 'new', version: 2, before: { text: 'x' } }),
    ]);
    expect(reversals.map(({ recordId, wasCreated }) => [recordId, wasCreated])).toEqual([
      ['new', true],
      ['old', false],
    ]);
  });

  it('sees that somebody else came in between', () => {
    const [reversal] = reversalsOf([change({ version: 2 }), change({ version: 4 })]);
    expect(reversal?.isInterrupted).toBe(true);
  });

  it('undoes any run of changes, whatever the order they were noted in', () => {
    const values = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.integer(), { minKeys: 1 });
    fc.assert(
      fc.property(
        values,
        fc.array(values, { minLength: 1, maxLength: 6 }),
        fc.nat(),
        (start, patches, seed) => {
          let state: Record<string, unknown> = { a: null, b: null, c: null, ...start };
          const first = state;
          const changes = patches.map((patch, index) => {
            const before = Object.fromEntries(Object.keys(patch).map((key) => [key, state[key]]));
            state = { ...state, ...patch };
            return change({ version: index + 2, before, after: patch });
          });
          const shuffled = [...changes].sort(
            (a, b) => ((a.version * 7 + seed) % 5) - ((b.version * 7 + seed) % 5),
          );
          const [reversal] = reversalsOf(shuffled);
          expect({ ...state, ...reversal?.before }).toEqual(first);
          expect(reversal?.version).toBe(patches.length + 1);
        },
      ),
    );
  });
});

describe('what happened since', () => {
  const trace = (auditId: string, part: Partial<Trace> = {}): Trace => ({
    auditId,
    undoes: null,
    causeId: null,
    ...part,
  });
  it.each([
    ['nothing', [], []],
    ['a write', [trace('b')], ['b']],
    ['a write and its undo', [trace('b'), trace('u', { undoes: 'b' })], []],
    ['with what followed', [trace('b'), trace('s', { causeId: 'b' }), trace('u', { undoes: 'b' })], []],
    ['an undo of something earlier', [trace('u', { undoes: 'x' })], ['u']],
    ['a write after an undone one', [trace('b'), trace('u', { undoes: 'b' }), trace('c')], ['c']],
  ] as [string, Trace[], string[]][])('%s', (_what, later, counting) => {
    expect(stillCounting(later).map(({ auditId }) => auditId)).toEqual(counting);
  });
});

describe('the ten minutes', () => {
  const now = new Date('2026-11-10T10:00:00Z');
  it.each([
    [0, true],
    [600, true],
    [601, false],
  ])('%d seconds: %s', (seconds, undoable) => {
    expect(isUndoable(new Date(now.getTime() - seconds * 1000), now)).toBe(undoable);
  });
});

describe('columns without a label', () => {
  it('that are technical stay hidden', () => {
    for (const name of ['nameKey', 'updatedAt', 'version', 'externalId', 'currency', 'revenueCurrency']) {
      expect(isTechnical(name)).toBe(true);
    }
    expect(isTechnical('closeOn')).toBe(false);
  });
  it('read like words', () => {
    expect(wordsOf('amountMinor')).toBe('amount');
    expect(wordsOf('closeOn')).toBe('close on');
    expect(wordsOf('probabilityBasisPoints')).toBe('probability');
  });
});
