import { describe, expect, test } from 'vitest';
import type { Action } from '../../src/runtime/action.ts';
import { actorOf, refusal, refusalIfAny, run, sharedApp, trailOf, withoutErrors } from './demo.ts';
import { actions, cases, expectErrorWords, expectForm, expectShowable, expectWords } from './support.ts';

/** The ones that go through the whole service, transaction included. */
const through: unknown[] = ["'; drop table leads; --%_\\\u0000", '__proto__', { $ne: null }];

const fieldsOf = (action: Action) => Object.keys(action.input.shape);

test('there is something to check', () => {
  expect(actions.length).toBeGreaterThan(30);
});

describe.each(cases)('%s', (_name, action) => {
  test('survives nonsense in every field, and leaves nothing of it', async () => {
    const app = await sharedApp();
    const person = actorOf(app, action.example.as);
    const before = await trailOf(app);
    await withoutErrors(async () => {
      for (const field of fieldsOf(action)) {
        for (const value of through) {
          const raw = { ...action.example.input, [field]: value };
          const error = await refusalIfAny(run(app, person, action, raw, { dryRun: true }));
          if (error) expectErrorWords(error);
        }
      }
    });
    expect(await trailOf(app)).toEqual(before);
  });

  test('refuses fields it does not know, and prototypes', async () => {
    const app = await sharedApp();
    const person = actorOf(app, action.example.as);
    const before = await trailOf(app);
    const { input } = action.example;
    const extras = [
      { orgId: '00000000-0000-0000-0000-000000000000' },
      { owner_id: 'x', version: 0 },
      { constructor: { prototype: { isAdmin: true } } },
      JSON.parse('{"__proto__":{"isAdmin":true}}'),
      { 'company; drop table leads': 1 },
    ].filter((extra) =>
      Object.keys(extra).some((key) => !(key in action.input.shape) || key === 'constructor'),
    );
    expect(extras.length).toBeGreaterThan(3);
    for (const extra of extras) {
      const raw = Object.defineProperties({ ...input }, Object.getOwnPropertyDescriptors(extra));
      const error = await refusal(run(app, person, action, raw));
      expect(error.code, JSON.stringify(Object.keys(extra))).toBe('invalid_input');
      expect(error.fields.length).toBeGreaterThan(0);
      expectErrorWords(error);
    }
    expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
    expect(await trailOf(app)).toEqual(before);
  });

  test('with nothing said it asks, runs, or says what is missing; its form fits Slack in both languages', async () => {
    const app = await sharedApp();
    const person = actorOf(app, action.example.as);
    const before = await trailOf(app);
    await withoutErrors(async () => {
      const error = await refusalIfAny(run(app, person, action, {}, { dryRun: true }));
      if (error) expectErrorWords(error);
      if (error?.code === 'invalid_input') expect(error.fields.length).toBeGreaterThan(0);
      if (action.form === 'never') return;
      const empty = await person.press({ a: action.name, i: {}, form: true });
      const filled = await person.press({ a: action.name, i: action.example.input, form: true });
      const wrong = Object.fromEntries(
        fieldsOf(action).map((field) => [field, '<!channel> *x* '.repeat(20)]),
      );
      const nonsense = await person.press({ a: action.name, i: wrong, form: true });
      const shown = fieldsOf(action).filter((field) => !action.hidden?.includes(field));
      if (shown.length === 0) return;
      for (const { outcome } of [empty, filled]) expectForm(outcome);
      expectShowable(nonsense.outcome);
      const refused = await person.submit({ a: action.name, i: {} }, wrong);
      expectShowable(refused.outcome);
      if (refused.outcome.kind === 'form-errors') {
        for (const { field, message } of refused.outcome.fields) expectWords(message, field);
      }
    });
    expect(await trailOf(app)).toEqual(before);
  });
});
