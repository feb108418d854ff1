import { describe, expect, it } from 'vitest';
import {
  type Condition,
  type Measured,
  type PolicyRules,
  type PolicyStep,
  ruleFor,
  stepsFor,
  usualPolicy,
} from '../../../../src/features/org/approvals/policy.ts';
import {
  hiddenRule,
  isImpossible,
  ruleCount,
  tiersOf,
  withoutRule,
  withRule,
  withTiers,
} from '../../../../src/features/org/approvals/policy-edit.ts';
import { splitSteps } from '../../../../src/features/org/approvals/policy-steps.ts';
import { AppError } from '../../../../src/kernel/errors.ts';
import { hostileTexts, longestSeen } from '../../../support/longest-seen.ts';
import fc from '../../../support/property.ts';

const manager: PolicyStep = { need: 'any', parts: [{ who: 'manager' }] };
const finance: PolicyStep = { need: 'any', parts: [{ who: 'role', role: 'finance' }] };
const [east, west, team] = [
  '0e000000-0000-4000-8000-0000000000e1',
  '0e000000-0000-4000-8000-0000000000e2',
  '0e000000-0000-4000-8000-0000000000e3',
] as const;
const pump = '0e000000-0000-4000-8000-0000000000f1';
const cny = (amountMinor: string) => ({ amountMinor, currency: 'CNY' });
const facts = (of: Partial<Measured> = {}): Measured => ({ unitIds: [], ...of });
const told = (steps: readonly PolicyStep[]) =>
  steps.map(({ parts }) => parts.map((part) => (part.who === 'role' ? part.role : part.who)).join('+'));

describe('who decides by the usual rules', () => {
  it.each<[string, Partial<Measured>, string[]]>([
    ['5 %', { percentBasisPoints: 500 }, []],
    ['5.01 %', { percentBasisPoints: 501 }, ['manager']],
    ['20 %', { percentBasisPoints: 2000 }, ['manager']],
    ['20.01 %', { percentBasisPoints: 2001 }, ['manager', 'finance']],
    ['an unknown percent', {}, ['manager', 'finance']],
    ['5 % at the floor', { percentBasisPoints: 500, marginBasisPoints: 1500 }, []],
    ['5 % below the floor', { percentBasisPoints: 500, marginBasisPoints: 1499 }, ['finance']],
    ['15 % below the floor', { percentBasisPoints: 1500, marginBasisPoints: 0 }, ['manager', 'finance']],
    ['25 % below the floor', { percentBasisPoints: 2500, marginBasisPoints: -5 }, ['manager', 'finance']],
    [
      'below its own floor',
      { percentBasisPoints: 500, marginBasisPoints: 2000, floorBasisPoints: 2500 },
      ['finance'],
    ],
  ])('%s', (_case, given, expected) => {
    expect(told(stepsFor(usualPolicy, facts(given)))).toEqual(expected);
  });
});

describe('a step that is always added', () => {
  const [anyManager, anyFinance] = [
    { who: 'role', role: 'manager' },
    { who: 'role', role: 'finance' },
  ] as const;
  const all = (...parts: PolicyStep['parts']): PolicyStep => ({ need: 'all', parts });
  const any = (...parts: PolicyStep['parts']): PolicyStep => ({ need: 'any', parts });
  it.each<[string, PolicyStep[], PolicyStep, PolicyStep[]]>([
    ['decided in the same step', [finance], finance, []],
    ['decided as one of all', [all(anyManager, anyFinance)], finance, []],
    ['decided alone before an offer to several', [finance], any(anyManager, anyFinance), []],
    ['only one of several who may', [any(anyManager, anyFinance)], finance, [finance]],
    ['of whom one is asked anyway', [finance], all(anyManager, anyFinance), [all(anyManager)]],
    ['of whom all are asked anyway', [any(anyManager), finance], all(anyManager, anyFinance), []],
    ['by others', [any(anyManager)], finance, [finance]],
    ['offered to the same several', [any(anyManager, anyFinance)], any(anyManager, anyFinance), []],
  ])('%s', (_case, steps, more, added) => {
    const rules = { ...usualPolicy, rules: [{ when: {}, steps }], always: [{ when: {}, steps: [more] }] };
    expect(stepsFor(rules, facts())).toEqual([...steps, ...added]);
  });
});

describe('each condition of a rule', () => {
  const here = (when: Condition) => withRule(usualPolicy, { when, steps: [finance] }, { isAlways: false });
  it.each<[string, Condition, Partial<Measured>, boolean]>([
    ['percent at its bound', { percentUpTo: 2500 }, { percentBasisPoints: 2500 }, true],
    ['percent above', { percentUpTo: 2500 }, { percentBasisPoints: 2501 }, false],
    ['amount at the bound it has to be over', { amountOver: cny('100') }, { amount: cny('100') }, false],
    ['amount over', { amountOver: cny('100') }, { amount: cny('101') }, true],
    [
      'amount over, another currency',
      { amountOver: cny('100') },
      { amount: { amountMinor: '999', currency: 'EUR' } },
      false,
    ],
    ['amount up to its bound', { amountUpTo: cny('100') }, { amount: cny('100') }, true],
    ['no amount', { amountUpTo: cny('100') }, {}, false],
    ['a team below the region', { unitIds: [east] }, { unitIds: [team, east] }, true],
    ['another region', { unitIds: [east] }, { unitIds: [west] }, false],
    ['the product among others', { productIds: [pump] }, { productIds: ['x', pump] }, true],
    ['another product', { productIds: [pump] }, { productIds: ['x'] }, false],
    ['the class', { valueClasses: ['A'] }, { valueClass: 'A' }, true],
    ['no class', { valueClasses: ['A'] }, {}, false],
    [
      'all of several but one',
      { valueClasses: ['A'], unitIds: [east] },
      { valueClass: 'A', unitIds: [west] },
      false,
    ],
  ])('%s', (_case, when, given, holds) => {
    expect(ruleFor(here(when), facts(given)) === 0).toBe(holds);
  });
});

const condition: fc.Arbitrary<Condition> = fc.record(
  {
    percentUpTo: fc.integer({ min: 0, max: 10_000 }),
    amountUpTo: fc.integer({ min: 0, max: 400 }).map((n) => cny(String(n))),
    amountOver: fc.integer({ min: 0, max: 400 }).map((n) => cny(String(n))),
    unitIds: fc.subarray([east, west, team] as string[], { minLength: 1 }),
    productIds: fc.constant([pump]),
    valueClasses: fc.subarray(['A', 'B', 'C'] as ('A' | 'B' | 'C')[], { minLength: 1 }),
    belowFloor: fc.constant(true as const),
  },
  { requiredKeys: [] },
);
const steps = fc.subarray([manager, finance], { minLength: 0 });
const rule = fc.record({ when: condition, steps });
const policy: fc.Arbitrary<PolicyRules> = fc
  .record({ rules: fc.array(rule, { maxLength: 5 }), always: fc.array(rule, { maxLength: 3 }) })
  .map((some) => ({ ...usualPolicy, ...some }));
const anyFacts: fc.Arbitrary<Measured> = fc.record(
  {
    percentBasisPoints: fc.integer({ min: 0, max: 10_000 }),
    amount: fc.integer({ min: 0, max: 450 }).map((n) => cny(String(n))),
    marginBasisPoints: fc.integer({ min: -500, max: 3000 }),
    valueClass: fc.constantFrom('A' as const, 'B' as const, 'C' as const),
    productIds: fc.constantFrom([pump], []),
    unitIds: fc.constantFrom([team, east], [east], [west], []),
  },
  { requiredKeys: ['unitIds'] },
);
const unitsAbove = new Map([
  [east, [east]],
  [west, [west]],
  [team, [team, east]],
]);

describe('whatever the rules', () => {
  it('the first that holds decides, and each further step is added at most once', () => {
    fc.assert(
      fc.property(policy, anyFacts, (rules, given) => {
        const found = stepsFor(rules, given);
        const first = ruleFor(rules, given);
        const base = first < 0 ? [manager, finance] : (rules.rules[first]?.steps ?? []);
        expect(found.slice(0, base.length)).toEqual(base);
        const keys = found.map((step) => JSON.stringify(step));
        expect(new Set(keys).size).toBe(keys.length);
        for (const earlier of rules.rules.slice(0, Math.max(0, first))) {
          expect(ruleFor({ ...rules, rules: [earlier] }, given)).toBe(-1);
        }
      }),
    );
  });

  it('one that is said to be hidden decides no case at all', () => {
    fc.assert(
      fc.property(policy, anyFacts, (rules, given) => {
        const hidden = hiddenRule(rules, unitsAbove);
        if (!hidden) return;
        expect(ruleFor(rules, given)).not.toBe(hidden.number - 1);
      }),
      { numRuns: 500 },
    );
  });

  it('one that is said to be impossible holds for nothing', () => {
    fc.assert(
      fc.property(rule, anyFacts, (one, given) => {
        if (isImpossible(one)) expect(ruleFor({ ...usualPolicy, rules: [one] }, given)).toBe(-1);
      }),
    );
  });

  it('other bounds leave every rule before them as it was', () => {
    fc.assert(
      fc.property(policy, fc.integer({ min: 1, max: 4000 }), (rules, nobodyUpTo) => {
        const wanted = { nobodyUpTo, managerUpTo: nobodyUpTo + 100 };
        const after = withTiers(rules, wanted);
        expect(tiersOf(after)).toEqual(wanted);
        expect(withTiers(after, wanted)).toEqual(after);
      }),
    );
  });

  it('a rule that was added is taken away by its number', () => {
    fc.assert(
      fc.property(rule, fc.boolean(), fc.integer({ min: 1, max: 3 }), (one, isAlways, before) => {
        const after = withRule(usualPolicy, one, { isAlways, before });
        const number = isAlways ? ruleCount(after) : before;
        expect(withoutRule(after, number)).toEqual(usualPolicy);
      }),
    );
  });
});

describe('bounds', () => {
  it('of 0 are taken away, and come back', () => {
    const without = withTiers(usualPolicy, { nobodyUpTo: 0 });
    expect(tiersOf(without)).toEqual({ nobodyUpTo: null, managerUpTo: 2000 });
    expect(withTiers(without, { nobodyUpTo: 500 })).toEqual(usualPolicy);
  });

  it('stay the last rules when others are added', () => {
    const own = { when: { valueClasses: ['A' as const] }, steps: [finance] };
    const after = withRule(usualPolicy, own, { isAlways: false });
    expect(after.rules[0]).toEqual(own);
    expect(withTiers(after, { managerUpTo: 1000 }).rules[0]).toEqual(own);
  });
});

describe('a team inside a region', () => {
  it('is hidden behind a rule for the region, and not the other way round', () => {
    const rules = (first: string, second: string) => ({
      rules: [first, second].map((id) => ({ when: { unitIds: [id] }, steps: [finance] })),
    });
    expect(hiddenRule(rules(east, team), unitsAbove)).toEqual({ number: 2, behind: 1 });
    expect(hiddenRule(rules(team, east), unitsAbove)).toBeUndefined();
  });
});

describe('who decides, as it is written', () => {
  it.each([
    [
      'manager, finance',
      [
        ['any', 'manager'],
        ['any', 'finance'],
      ],
    ],
    [
      'manager then finance',
      [
        ['any', 'manager'],
        ['any', 'finance'],
      ],
    ],
    [
      '主管，财务',
      [
        ['any', '主管'],
        ['any', '财务'],
      ],
    ],
    [
      '主管 之后 财务',
      [
        ['any', '主管'],
        ['any', '财务'],
      ],
    ],
    ['manager + finance', [['all', 'manager', 'finance']]],
    ['manager / @chen', [['any', 'manager', '@chen']]],
    ['主管或财务', [['any', '主管', '财务']]],
    [
      'any manager, @tom and @chen',
      [
        ['any', 'any manager'],
        ['all', '@tom', '@chen'],
      ],
    ],
    ['manager + finance / @tom', [['both', 'manager', 'finance', '@tom']]],
  ])('%s', (text, expected) => {
    expect(splitSteps(text).map(({ need, words }) => [need, ...words])).toEqual(expected);
  });

  it('is not looked at where it is longer than anybody means it, and may be spaced as it likes', () => {
    for (const text of hostileTexts) {
      expect(() => splitSteps(text)).toThrow(AppError);
      expect(longestSeen(() => splitSteps(text)).matched).toBe(0);
    }
    const wide = `manager${' '.repeat(120)}and${' '.repeat(120)}@tom ,${' '.repeat(60)}then finance`;
    expect(splitSteps(wide)).toEqual([
      { need: 'all', words: ['manager', '@tom'] },
      { need: 'any', words: ['finance'] },
    ]);
  });
});
