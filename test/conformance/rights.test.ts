import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { roles } from '../../src/kernel/context.ts';
import { rolesAllow } from '../../src/runtime/registry.ts';
import { members } from '../../src/store/tables/people.ts';
import { actorOf, refusal, rolesOf, run, sharedApp, trailOf } from './demo.ts';
import { actions, cases, expectErrorWords } from './support.ts';

const restricted = cases.filter(([, action]) => action.roles !== 'anyone');

test('there is something to check', () => {
  expect(actions.length).toBeGreaterThan(30);
  expect(restricted.length).toBeGreaterThan(20);
});

describe.each(restricted)('%s', (_name, action) => {
  test('refuses every role it is not for, names who can, and writes nothing', async () => {
    const app = await sharedApp();
    const before = await trailOf(app);
    const strangers = roles.filter((role) => !rolesAllow(action, rolesOf(role)));
    expect(rolesAllow(action, rolesOf(action.example.as))).toBe(true);
    for (const role of strangers) {
      const error = await refusal(run(app, actorOf(app, role), action, action.example.input));
      expect(error.code, role).toBe('forbidden');
      expectErrorWords(error);
      // Not even what is wrong with the input is said to somebody who may not.
      const garbage = await refusal(run(app, actorOf(app, role), action, { nonsense: 1 }));
      expect(garbage.code, role).toBe('forbidden');
    }
    expect(await trailOf(app)).toEqual(before);
  });
});

test('somebody without any role is refused everything but what anyone may, and shown how to ask', async () => {
  const app = await sharedApp();
  const noah = app.as('noah');
  const id = await noah.memberId();
  await app.inOrg((tx) => tx.update(members).set({ roles: [] }).where(eq(members.id, id)));
  try {
    const before = await trailOf(app);
    for (const [, action] of restricted) {
      const error = await refusal(run(app, noah, action, action.example.input));
      expect(error.code, action.name).toBe('forbidden');
      expect(error.waysOut.map((way) => way.action)).toEqual(['members.ask-access']);
    }
    expect(await trailOf(app)).toEqual(before);
  } finally {
    await app.inOrg((tx) =>
      tx
        .update(members)
        .set({ roles: ['read-only'] })
        .where(eq(members.id, id)),
    );
  }
});

test('somebody who has left is refused everything', async () => {
  const app = await sharedApp();
  const pia = app.as('pia');
  const id = await pia.memberId();
  await app.inOrg((tx) => tx.update(members).set({ status: 'left' }).where(eq(members.id, id)));
  try {
    for (const action of actions) {
      const error = await refusal(run(app, pia, action, action.example.input));
      expect(error.code, action.name).toBe('forbidden');
    }
  } finally {
    await app.inOrg((tx) => tx.update(members).set({ status: 'active' }).where(eq(members.id, id)));
  }
});
