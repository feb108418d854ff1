import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../src/kernel/context.ts';
import { members } from '../../src/store/tables/people.ts';
import { type Person, type TestApp, testApp } from '../support/app.ts';

let app: TestApp;

beforeAll(async () => {
  app = await testApp();
});

async function give(person: Person, roles: Role[]): Promise<void> {
  const id = await person.memberId();
  await app.inOrg((tx) => tx.update(members).set({ roles }).where(eq(members.id, id)));
}

describe.each([[[]], [['partner']]] as const)('roles %j', (roles) => {
  test('type-ahead names no customer, contact, deal, lead or colleague', async () => {
    const noah = app.as('noah');
    await give(noah, [...roles]);
    for (const { kind } of app.registry.lookups()) {
      const shown = await noah.interact({ kind: 'lookup', lookups: [kind], query: '' });
      expect(shown.text, kind).toBe('');
    }
  });

  test('a button that opens a form shows nothing of what is stored', async () => {
    const noah = app.as('noah');
    await give(noah, [...roles]);
    const forms = app.registry.actions().filter((action) => action.roles !== 'anyone');
    expect(forms.length).toBeGreaterThan(20);
    for (const { name, example } of forms) {
      const shown = await noah.press({ a: name, i: { ...example.input }, form: true });
      expect([name, shown.kind, shown.outcome.kind === 'card' && shown.outcome.refused]).toEqual([
        name,
        'card',
        true,
      ]);
    }
  });
});

test('type-ahead still serves whoever may use a field that asks for it', async () => {
  const noah = app.as('noah');
  await give(noah, ['rep']);
  for (const kind of ['account', 'contact', 'deal', 'lead', 'member']) {
    const shown = await noah.interact({ kind: 'lookup', lookups: [kind], query: '' });
    expect(shown.text, kind).not.toBe('');
  }
  // Only admins claim them.
  expect((await noah.interact({ kind: 'lookup', lookups: ['unlinked-member'], query: '' })).text).toBe('');
});

test('whoever lost the right to do something cannot take it back either', async () => {
  const ada = app.as('ada');
  const noah = app.as('noah');
  await give(noah, ['rep', 'admin']);
  const made = await noah.type('role @emma.clark rep,admin');
  expect(made.outcome.kind === 'card' && made.outcome.refused).toBeFalsy();
  const undo = made.button(/undo/i);
  await ada.call('members.role', { person: '@noah.patel', roles: ['rep'] });
  const shown = await noah.press(undo);
  expect(shown.text).toMatch(/may not do that .*role.*admin/i);
  const [emma] = await app.inOrg((tx) =>
    tx.select({ roles: members.roles }).from(members).where(eq(members.name, 'Emma Clark')),
  );
  expect(emma?.roles).toContain('admin');
});
