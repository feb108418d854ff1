import { expect, test } from 'vitest';
import { rowsOfEntries } from '../../src/infra/outbox.ts';

function keptOf(dedupeKey: string): string {
  const entry = { kind: 'delivery', op: 'send', notification: 'n', payload: {}, orderKey: 'o' } as const;
  const [row] = rowsOfEntries('00000000-0000-4000-8000-000000000001', null, [{ ...entry, dedupeKey }]);
  return row?.dedupeKey ?? '';
}

test('a key that names many places fits into its index, begins as it did, and differs by its last place', () => {
  const places = 'place '.repeat(2000);
  const [one, other] = [keptOf(`A-1 ${places}x`), keptOf(`A-1 ${places}y`)];
  expect(one.length).toBeLessThan(2000);
  expect(one).toMatch(/^A-1 place/);
  expect(one).not.toBe(other);
  expect(keptOf(`A-1 ${places}x`)).toBe(one);
  expect(keptOf('A-1 here')).toBe('A-1 here');
});
