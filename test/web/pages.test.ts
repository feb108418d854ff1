import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { webClientSource } from '../../src/operator/web-client.ts';
import type { ScreenCard } from '../../src/view/screen.ts';
import { periodAt } from '../../src/web/reports/periods.ts';
import { pageOf, pathOf } from '../../src/web/route.tsx';
import { chinese } from '../../src/web/words/chinese.ts';
import { english } from '../../src/web/words/english.ts';
import { isDone, isShort, pageBehind } from '../../src/web/work/outcomes.ts';
import { initialValue } from '../../src/web/work/values.ts';

test('the client’s types are those of the registered actions', () => {
  const path = join(import.meta.dirname, '../../src/web/client/actions.ts');
  expect(readFileSync(path, 'utf8')).toBe(webClientSource());
});

describe('paths', () => {
  test.each([
    ['/tab/', { name: 'day' }],
    ['/tab', { name: 'day' }],
    ['/tab/pipeline', { name: 'pipeline' }],
    ['/tab/deals/D-142', { name: 'deal', number: 'D-142' }],
    ['/tab/accounts/c-88', { name: 'account', number: 'C-88' }],
    ['/tab/approvals', { name: 'approvals' }],
    ['/tab/approvals/a-77', { name: 'approval', number: 'A-77' }],
    ['/tab/approvals/D-77', { name: 'missing' }],
    ['/tab/deals/C-88', { name: 'missing' }],
    ['/tab/deals', { name: 'missing' }],
    ['/tab/deals/D-1/edit', { name: 'missing' }],
    ['/tab/deals/javascript:alert(1)', { name: 'missing' }],
  ])('%s', (path, page) => {
    expect(pageOf(path)).toEqual(page);
  });

  test('lead back to the page they were made for', () => {
    for (const page of [
      { name: 'day' },
      { name: 'reports' },
      { name: 'deal', number: 'D-1' },
      { name: 'account', number: 'C-1' },
      { name: 'approvals' },
      { name: 'approval', number: 'A-1' },
    ] as const) {
      expect(pageOf(pathOf(page))).toEqual(page);
    }
  });
});

test('a button that shows a deal, a customer or a request opens its page, any other is a press', () => {
  expect(pageBehind({ a: 'deals.show', i: { deal: 'D-7' } })).toBe('/tab/deals/D-7');
  expect(pageBehind({ a: 'accounts.show', i: { account: 'C-7' } })).toBe('/tab/accounts/C-7');
  expect(pageBehind({ a: 'approvals.show', i: { approval: 'A-7' } })).toBe('/tab/approvals/A-7');
  expect(pageBehind({ a: 'deals.show', i: { deal: 'acme' } })).toBeUndefined();
  expect(pageBehind({ a: 'leads.show', i: { lead: 'L-7' } })).toBeUndefined();
  expect(pageBehind({ p: 'stored' })).toBeUndefined();
});

test('only what was done counts as done, and only what is short is said in passing', () => {
  const card: ScreenCard = { tone: 'ok', title: [{ text: 'Saved' }], blocks: [], text: 'Saved' };
  const shown = (of: Partial<ScreenCard>) =>
    ({ kind: 'card', card: { ...card, ...of }, refused: false }) as const;
  expect(isDone({ ...shown({}), done: true })).toBe(true);
  expect(isDone({ ...shown({ tone: 'stop' }), done: true })).toBe(true);
  expect(isDone({ ...shown({}), refused: true })).toBe(false);
  expect(isDone(shown({}))).toBe(false);
  expect(
    isShort({
      ...card,
      blocks: [
        { t: 'text', of: [] },
        { t: 'buttons', buttons: [] },
      ],
    }),
  ).toBe(true);
  expect(isShort({ ...card, blocks: [{ t: 'rows', rows: [] }] })).toBe(false);
});

test('a field opens with what is known, as the kind of value it sends', () => {
  const field = { name: 'f', label: 'F', required: false, multiline: false } as const;
  const options = [
    { value: 'a', label: 'A' },
    { value: 'b', label: 'B' },
  ];
  expect(initialValue({ ...field, kind: 'flag', value: '是' })).toBe(true);
  expect(initialValue({ ...field, kind: 'flag' })).toBe(false);
  expect(initialValue({ ...field, kind: 'manyOf', options, value: 'b, c' })).toEqual(['b']);
  expect(initialValue({ ...field, kind: 'money', value: '80k' })).toBe('80k');
});

test.each([
  ['thisMonth', '2026-02-14', '2026-02-01', '2026-02-28'],
  ['lastMonth', '2026-01-31', '2025-12-01', '2025-12-31'],
  ['thisQuarter', '2028-02-29', '2028-01-01', '2028-03-31'],
  ['lastQuarter', '2026-01-01', '2025-10-01', '2025-12-31'],
  ['thisYear', '2026-12-31', '2026-01-01', '2026-12-31'],
] as const)('%s of %s is %s to %s', (name, on, from, to) => {
  expect(periodAt(name, on)).toEqual({ from, to });
});

test('every word of the page exists in Chinese, and is Chinese', () => {
  const said = (value: unknown) =>
    typeof value === 'function' ? String((value as (...of: string[]) => string)('1', '2')) : String(value);
  for (const [key, value] of Object.entries(chinese)) {
    if (key === 'product') continue;
    expect(said(value), key).toMatch(/\p{Script=Han}/u);
    expect(said(english[key as keyof typeof english]), key).not.toMatch(/\p{Script=Han}/u);
  }
});
