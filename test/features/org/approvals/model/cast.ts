/** Who takes part in the model test, and the rules it switches between. */
import type { PolicyRules } from '../../../../../src/features/org/approvals/policy.ts';
import type { Role } from '../../../../../src/kernel/context.ts';

export const people = ['ada', 'tom', 'lina', 'chen', 'emma', 'wei', 'noah', 'pia'] as const;
export const startRoles: Record<(typeof people)[number], Role[]> = {
  ada: ['admin', 'manager'],
  tom: ['manager'],
  lina: ['manager'],
  chen: ['finance'],
  emma: ['rep'],
  wei: ['rep'],
  noah: ['read-only'],
  pia: ['partner'],
};
export const otherRoles: Role[][] = [['rep'], ['finance'], ['manager'], ['read-only']];

const manager = { who: 'manager' } as const;
const anyManager = { who: 'role', role: 'manager' } as const;
const finance = { who: 'role', role: 'finance' } as const;
export const policies: Partial<PolicyRules>[] = [
  {},
  { rules: [{ when: {}, steps: [{ need: 'any', parts: [manager, finance] }] }], always: [] },
  { rules: [{ when: {}, steps: [{ need: 'all', parts: [anyManager, finance] }] }] },
  {
    rules: [
      { when: { percentUpTo: 1000 }, steps: [] },
      {
        when: {},
        steps: [
          { need: 'any', parts: [finance] },
          { need: 'any', parts: [anyManager] },
        ],
      },
    ],
  },
];
