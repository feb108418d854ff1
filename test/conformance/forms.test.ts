import { beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '../../src/kernel/errors.ts';
import { fieldMeta } from '../../src/kernel/fields.ts';
import { type TestApp, testApp } from '../support/app.ts';
import { writeCases } from './support.ts';

/** Everybody of the demo set, with every role and on both sides of every team. */
const people = ['ada', 'tom', 'lina', 'emma', 'wei', 'chen', 'noah', 'pia'];
const here = { kind: 'channel', id: 'C0WEST', name: 'sales-west' } as const;

/** Forms that say it only when they are saved: it depends on what is filled in. */
const later = /^(?:records|value-class|alerts|digests)\./;

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});

describe.each(writeCases.filter(([name, { form }]) => form !== 'never' && !later.test(name)))(
  'the form of %s',
  (_name, action) => {
    test('is refused to whoever would be refused when they save it', async () => {
      const input = action.example.input as Record<string, unknown>;
      const records = Object.fromEntries(
        Object.entries(input).filter(([name]) =>
          ['ref', 'person'].includes(fieldMeta(action.input.shape[name] as never)?.kind ?? ''),
        ),
      );
      for (const key of people) {
        const person = app.as(key).in(here);
        const refusal = await person.call(action.name, input, { dryRun: true }).catch((error) => error);
        const isRefused = refusal instanceof AppError && refusal.code === 'forbidden';
        const shown = await person.press({ a: action.name, i: records, form: true });
        if (isRefused) {
          expect(shown.outcome, key).toMatchObject({ kind: 'card', refused: true });
        } else if (!(refusal instanceof AppError)) {
          expect(shown.kind, key).toBe('form');
        }
      }
    });
  },
);
