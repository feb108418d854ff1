import { expect, test } from 'vitest';
import { renderForm } from '../../../src/platforms/teams/render/form.ts';
import { decodeValues } from '../../../src/platforms/teams/render/values.ts';
import { form } from '../../support/arbitrary-cards.ts';
import fc from '../../support/property.ts';
import { sampleForms } from '../../support/sample-cards.ts';
import { reader } from './readers.ts';

/** What Teams sends when somebody submits a dialog as it opened: a value for each input, empty ones included. */
function submitted(dialog: ReturnType<typeof renderForm>): Record<string, unknown> {
  const inputs = dialog.card.body.filter((element) => 'id' in element);
  return Object.fromEntries(inputs.map(({ id, value = '' }) => [id, value]));
}

test('what a dialog shows comes back as the engine takes it', () => {
  const everyField = sampleForms['every-field'];
  if (!everyField) throw new Error('sample missing');
  expect(decodeValues(submitted(renderForm(everyField, reader)))).toEqual({
    company: 'Acme Pumps',
    account: 'C-88',
    amount: '8O k',
    discount: '15%',
    duration: '20m',
    close: '2026-10-31',
    start: 'fridy',
    due: 'fri 10:00',
    source: 'expo',
    tests: ['need', 'budget'],
    groups: ['g2'],
    urgent: true,
  });
});

test('ticks and their absence, lists and the empty list are told apart', () => {
  expect(decodeValues({ 'b:urgent': 'false', 'b:hot': 'true', 'm:tests': '', 'm:groups': 'a,b' })).toEqual({
    urgent: false,
    hot: true,
    tests: [],
    groups: ['a', 'b'],
  });
});

test('a word somebody typed is no tick, and what is no input of ours is left out', () => {
  const inputs = { 'f:note': 'true', 'f:empty': '', 'f:pieces': 12, 'f:odd': { a: 1 }, 'm:odd': ['a'] };
  expect(decodeValues({ ...inputs, press: { a: 'x' }, place: 'here', 'f:': 'nameless' })).toEqual({
    note: 'true',
    pieces: '12',
  });
});

test('every field of any form has exactly one input, named after it', () => {
  fc.assert(
    fc.property(form, (any) => {
      const ids = Object.keys(submitted(renderForm(any, reader)));
      expect(ids.map((id) => id.slice(2))).toEqual(any.fields.map(({ name }) => name));
    }),
    { numRuns: Number(process.env.PROPERTY_RUNS ?? 300) },
  );
});
