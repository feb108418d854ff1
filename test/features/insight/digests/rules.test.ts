import { describe, expect, it } from 'vitest';
import { digestCard, previewOf, threadCard } from '../../../../src/features/insight/digests/digest-card.ts';
import { movementOf, topFifth, yearsOf } from '../../../../src/features/insight/digests/ledger-rules.ts';
import type { DigestSaid } from '../../../../src/features/insight/digests/model.ts';
import {
  isOffered,
  keptOf,
  kindOf,
  rowsOfKept,
  ruleOf,
  sectionsOf,
  withSettled,
} from '../../../../src/features/insight/digests/rules.ts';
import { type DigestLine, digestSections } from '../../../../src/runtime/digest.ts';
import { readers } from '../../../conformance/support.ts';
import { surfaces } from '../../../conformance/surfaces.ts';

const nasty = '*bold* <!channel> <@U1> [link](http://x) `code` ~strike~ ＠所有人 & "quotes" 名字很长'.repeat(
  3,
);

const line = (at: number, more: Partial<DigestLine> = {}): DigestLine => ({
  text: `${at} ${nasty}`,
  record: { kind: 'deal', id: `id-${at}` },
  buttons: [
    { label: 'Next step', press: { a: 'next-steps.set', i: { subject: `D-${at}` }, form: true } },
    { label: 'Open', press: { a: 'deals.show', i: { deal: `D-${at}` } } },
  ],
  ...more,
});
const said = (sections: DigestSaid['sections']): DigestSaid => ({
  runId: '01a00000-0000-7000-8000-000000000000',
  kind: 'team',
  scopeName: nasty,
  greeting: null,
  on: '2026-11-10',
  asOf: '2026-11-10T01:00:00.000Z',
  isLate: true,
  since: '2026-11-06T01:00:00.000Z',
  sections,
  funnel: Array.from({ length: 30 }, (_, at) => ({ label: nasty, value: at, text: nasty })),
  isCalm: true,
  rule: { every: 'workday', at: '09:00' },
  setBy: nasty,
});

describe('what a message holds', () => {
  it.each([1, 12, 13, 500])('%i lines in every block stay within both platforms, none is lost', (count) => {
    const read = digestSections.map((section) => ({
      section,
      lines: Array.from({ length: count }, (_, at) =>
        line(at, {
          figures: [{ name: `${section}-${at}`, label: nasty, rows: [] }],
          ...(at % 3 === 2 ? { inThread: true as const } : {}),
        }),
      ),
    }));
    const sections = sectionsOf(read);
    for (const one of sections) {
      expect(one.lines.length).toBeLessThanOrEqual(12);
      expect(one.lines.length).toBeGreaterThan(0);
      expect(one.lines.length + one.thread.length + one.left).toBe(count);
    }
    for (const locale of ['en', 'zh-CN'] as const) {
      for (const surface of surfaces) {
        const reader = { ...readers[locale], ...surface.words };
        const whole = said(sections);
        surface.card(digestCard(whole, { run: whole.runId }), reader);
        surface.card(threadCard(whole), reader);
        surface.card(previewOf({ ...whole, runId: null }, { kind: 'team' }), reader);
      }
    }
  });

  it('keeps every line where there is room, in the order of blocks', () => {
    const sections = sectionsOf([
      { section: 'risk', lines: [line(1)] },
      { section: 'decide', lines: [line(2), line(3)] },
    ]);
    expect(sections.map(({ section, lines, thread }) => [section, lines.length, thread.length])).toEqual([
      ['decide', 2, 0],
      ['risk', 1, 0],
    ]);
  });
});

describe('a line about a record', () => {
  const sections = sectionsOf([
    { section: 'follow-ups', lines: [line(1), line(2, { inThread: true })] },
    { section: 'risk', lines: [line(1)] },
  ]);
  it('is struck through where the event settles it, once', () => {
    const after = withSettled(sections, [{ kind: 'deal', id: 'id-1' }], 'done');
    expect(after?.sections.map(({ lines }) => lines[0]?.isDone ?? false)).toEqual([true, false]);
    expect(after?.thread).toBe(false);
    expect(withSettled(after?.sections ?? [], [{ kind: 'deal', id: 'id-1' }], 'done')).toBeUndefined();
  });

  it('in the thread is struck through there', () => {
    expect(withSettled(sections, [{ kind: 'deal', id: 'id-2' }], 'done')?.thread).toBe(true);
  });

  it('stays as it is for another record or kind', () => {
    expect(withSettled(sections, [{ kind: 'lead', id: 'id-1' }], 'closed')).toBeUndefined();
  });
});

describe('when and what', () => {
  it.each([
    ['04:59', { ok: false, nearest: '05:00' }],
    ['05:00', { ok: true }],
    ['22:00', { ok: true }],
    ['22:01', { ok: false, nearest: '22:00' }],
  ])('%s is offered: %o', (at, offered) => {
    expect(isOffered(at)).toEqual(offered);
  });

  it.each([
    [{ every: 'daily' }, false, 'team'],
    [{ every: 'daily' }, true, 'morning'],
    [{ every: 'weekly' }, false, 'process'],
    [{ every: 'monthly' }, false, 'ledger'],
    [{}, false, 'team'],
  ] as const)('%o means, to oneself %s, the kind %s', (asked, isPersonal, kind) => {
    expect(kindOf(asked, isPersonal)).toBe(kind);
  });

  it('takes from the kind what was not said', () => {
    expect(ruleOf('process', {})).toEqual({ every: 'week', weekday: 5, at: '16:00', onWorkday: true });
    expect(ruleOf('branches', { at: '10:00' })).toEqual({
      every: 'week',
      weekday: 1,
      at: '10:00',
      onWorkday: true,
    });
    expect(ruleOf('team', { every: 'weekly', weekday: 2 })).toEqual({
      every: 'week',
      weekday: 2,
      at: '09:00',
      onWorkday: true,
    });
  });
});

describe('the rows of a figure', () => {
  it('come back from the snapshot as they were', () => {
    const rows = [
      {
        kind: 'deal',
        id: 'a',
        ownerId: 'o',
        amount: { amountMinor: 9_007_199_254_740_993n, currency: 'CNY' },
        note: 'late',
      },
      { kind: 'lead', id: 'b', ownerId: null, amount: undefined, note: undefined },
    ];
    expect(rowsOfKept(JSON.parse(JSON.stringify(keptOf(rows))))).toEqual(rows);
  });
});

describe('the four questions', () => {
  const cny = (before: bigint, after: bigint) => ({ currency: 'CNY', before, after });
  const usd = (before: bigint, after: bigint) => ({ currency: 'USD', before, after });
  it.each([
    ['more', [cny(100n, 111n)], false],
    ['same', [cny(100n, 110n)], false],
    ['same', [cny(100n, 90n)], false],
    ['less', [cny(100n, 89n)], false],
    ['left', [cny(100n, 0n)], false],
    ['left', [cny(100n, 500n)], true],
    ['same', [], false],
    ['more', [cny(0n, 1n)], false],
    ['same', [cny(100n, 200n), usd(100n, 10n)], false],
    ['more', [cny(100n, 200n), usd(100n, 100n)], false],
    ['less', [cny(100n, 0n), usd(100n, 100n)], false],
  ] as const)('%s for %o, lost: %s', (movement, bought, isLost) => {
    expect(movementOf(bought, isLost)).toBe(movement);
  });

  it('takes a fifth of the customers that bought, per currency', () => {
    const bought = new Map(Array.from({ length: 11 }, (_, at) => [`c${at}`, [cny(BigInt(at), 0n)]] as const));
    expect([...topFifth(bought)].sort()).toEqual(['c10', 'c9']);
    expect(topFifth(new Map([['u', [usd(1n, 0n)]], ...bought])).has('u')).toBe(true);
  });

  it('compares the twelve whole months before with those before them', () => {
    expect(yearsOf('2026-12-01')).toEqual({
      year: { from: '2025-12-01', to: '2026-11-30' },
      before: { from: '2024-12-01', to: '2025-11-30' },
    });
  });
});
