import { expect, test } from 'vitest';
import { FailedRun, outcomesOf } from '../bench/outcomes.ts';

const good = { ok: true, answer: '200 L-1' };

test('a run of which everything succeeded counts', () => {
  const outcomes = outcomesOf('8 clients');
  for (let one = 0; one < 3; one += 1) outcomes.add(good);
  expect(outcomes.done()).toBe(3);
});

test('a run of which one command failed is no result, and says which', () => {
  const outcomes = outcomesOf('8 clients');
  for (let one = 0; one < 1000; one += 1) outcomes.add(good);
  outcomes.add({ ok: false, answer: '503 away' });
  expect(() => outcomes.done()).toThrow(FailedRun);
  expect(() => outcomes.done()).toThrow(/8 clients: 1 of 1001 commands failed.*\n {2}503 away/);
});

test('a run without commands is none', () => {
  expect(() => outcomesOf('8 clients').done()).toThrow(FailedRun);
});
