import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import type { DealList } from '../../../../src/features/sales/deals/funnel-model.ts';
import { deals } from '../../../../src/features/sales/deals/tables.ts';
import type { ForecastView } from '../../../../src/features/sales/forecasts/model.ts';
import { stages } from '../../../../src/features/sales/pipelines/tables.ts';
import { targets } from '../../../../src/features/sales/targets/tables.ts';
import { members } from '../../../../src/store/tables/people.ts';
import { rowsOf } from '../../../../src/store/tx.ts';
import { openPress, type Person, type TestApp, testApp } from '../../../support/app.ts';
import fc from '../../../support/property.ts';

let app: TestApp;
beforeEach(async () => {
  app = await testApp();
});

const november = { from: '2026-11-01', to: '2026-11-30' };
const forecast = async (who: Person, input: Record<string, unknown> = {}) =>
  (await who.call('forecasts.show', input)) as ForecastView;
const names = (view: ForecastView) => view.rows.map(({ name }) => name);

describe('a forecast of the demo set', () => {
  it('is target, won, commit, best and gap of this month, currencies apart', async () => {
    const view = await forecast(app.as('ada'));
    expect(view.period).toEqual(november);
    expect(view.total).toEqual([
      {
        currency: 'CNY',
        targetMinor: '90000000',
        wonMinor: '26000000',
        commitMinor: '160000000',
        bestMinor: '160000000',
        gapMinor: '-96000000',
      },
      {
        currency: 'EUR',
        targetMinor: '7000000',
        wonMinor: '0',
        commitMinor: '0',
        bestMinor: '15000000',
        gapMinor: '7000000',
      },
    ]);
    expect(view.weighted).toEqual([
      { amountMinor: '136000000', currency: 'CNY' },
      { amountMinor: '7500000', currency: 'EUR' },
    ]);
    expect(view).toMatchObject({ passed: 1, undated: { count: 2, withoutAmount: 1 }, late: { count: 0 } });
  });

  it.each([
    ['emma', 'own', ['Emma Clark']],
    ['tom', 'below', ['Emma Clark', 'Tom Becker']],
    ['lina', 'below', ['Wang Lei', 'Wei Zhang']],
    ['chen', 'all', ['Li Na', 'Tom Becker']],
  ])('shows %s what is theirs (%s)', async (key, kind, rows) => {
    const view = await forecast(app.as(key));
    expect(view.scope.kind).toBe(kind);
    expect(names(view)).toEqual(rows);
  });

  it('sums the targets of the months of a quarter, in words of either language', async () => {
    const shown = await app.as('lina').type('预测 第四季度 @wang');
    expect(shown.text).toContain('销售预测 · 2026年第4季度 · Wang Lei');
    expect(shown.text).toContain(
      'CNY 850,000 | CNY 260,000 | CNY 1,200,000 | CNY 1,200,000 | 超出 CNY 610,000',
    );
    expect((await app.as('tom').type('forecast q4')).text).toContain(
      'Emma Clark | EUR 130,000 | EUR 45,000 | EUR 0 | EUR 0 | EUR 85,000',
    );
  });

  it('by branch, of a team, of the month before', async () => {
    const ada = app.as('ada');
    expect(names(await forecast(ada, { by: 'region' }))).toEqual(['East', 'West']);
    const east = await ada.type('forecast nov group:East');
    expect(east.text).toContain('Forecast · November 2026 · East');
    expect((await ada.press(east.button('Before'))).text).toContain('Forecast · October 2026 · East');
    expect((await ada.press(east.button('Q4 2026'))).text).toContain('Forecast · Q4 2026 · East');
  });

  it('is of whole months only, and offers them', async () => {
    const shown = await app.as('ada').type('forecast last week');
    expect(shown.text).toContain('whole months');
    expect((await app.as('ada').press(shown.button('This month'))).text).toContain('November 2026');
  });

  it('of people out of sight is refused, naming who can see them, and is not for partners', async () => {
    expect((await app.as('emma').type('forecast @wei')).text).toContain('Li Na');
    await expect(forecast(app.as('pia'))).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('says what people moved into and out of the period within a week, once each', async () => {
    const ada = app.as('ada');
    await ada.type('set D-1 close:2026-11-28');
    await ada.type('set D-1 close:2026-11-29');
    await ada.type('set D-6 close:2026-12-20');
    await ada.type('set D-8 close:2026-12-20');
    await ada.type('set D-8 close:2026-11-18');
    const { moved } = await forecast(ada);
    expect(moved.in).toMatchObject({ count: 1, deals: [{ number: 'D-1' }] });
    expect(moved.out).toMatchObject({
      count: 1,
      amounts: [{ amountMinor: '40000000', currency: 'CNY' }],
      deals: [{ number: 'D-6' }],
    });
    expect(moved.won).toMatchObject({ count: 1, amounts: [{ amountMinor: '26000000', currency: 'CNY' }] });
    const shown = await ada.type('forecast');
    expect(shown.text).toContain('1 in EUR 80,000 (D-1) · 1 out CNY 400,000 (D-6) · 1 won CNY 260,000');
    expect((await ada.press(shown.button('D-6'))).text).toContain('Robot cells');
    expect((await forecast(app.as('emma'))).moved).toMatchObject({ in: { count: 1 }, out: { count: 0 } });
    app.clock.forward(8 * 86_400_000);
    expect((await forecast(ada)).moved).toMatchObject({ in: { count: 0 }, out: { count: 0 } });
  });
});

interface Row {
  owner: number;
  stage: number;
  status: 'open' | 'won' | 'lost';
  amount: number | null;
  currency: string;
  close: number | null;
  closed: number;
  archived: boolean;
}

const row: fc.Arbitrary<Row> = fc.record({
  owner: fc.integer({ min: -1, max: 9 }),
  stage: fc.integer({ min: 0, max: 4 }),
  status: fc.constantFrom('open', 'open', 'open', 'won', 'lost'),
  amount: fc.option(fc.integer({ min: 0, max: 10 ** 9 })),
  currency: fc.constantFrom('CNY', 'CNY', 'EUR', 'JPY'),
  close: fc.option(fc.integer({ min: -60, max: 60 })),
  closed: fc.integer({ min: -60, max: 60 }),
  archived: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
});

const dayFrom = (days: number) =>
  new Date(Date.parse('2026-11-15T00:00:00Z') + days * 86_400_000).toISOString().slice(0, 10);

/** Names of the owners whose figures a reader gets unasked; `null`: everybody's and nobody's. */
const sight: Record<string, string[] | null> = {
  ada: null,
  noah: null,
  tom: ['Tom Becker', 'Emma Clark', 'Anna Snelling'],
  lina: ['Li Na', 'Wang Lei', 'Wei Zhang'],
  emma: ['Emma Clark'],
};

describe('figures of any deals', () => {
  beforeEach(async () => {
    const rows = fc.sample(row, { numRuns: 150, seed: 7 });
    await app.inOrg(async (tx) => {
      await tx.delete(deals);
      const owners = await tx.select({ id: members.id }).from(members).orderBy(members.name);
      const steps = await tx.select({ id: stages.id }).from(stages).orderBy(stages.position);
      const at = new Date('2026-08-01T00:00:00Z');
      await tx.insert(deals).values(
        rows.map((one, index) => ({
          orgId: app.orgId,
          id: randomUUID(),
          number: 1000 + index,
          name: `Deal ${index}`,
          nameKey: `deal ${index}`,
          ownerId: owners[one.owner]?.id ?? null,
          stageId: steps[one.stage]?.id ?? '',
          stageEnteredAt: at,
          status: one.status,
          amountMinor: one.amount === null ? null : BigInt(one.amount),
          currency: one.amount === null ? null : one.currency,
          closeOn: one.close === null ? null : dayFrom(one.close),
          closedOn: one.status === 'open' ? null : dayFrom(one.closed),
          createdAt: at,
          updatedAt: at,
          archivedAt: one.archived ? at : null,
        })),
      );
    });
  });

  /** Written without a look at the product's queries. */
  async function bySql(key: string) {
    const people = sight[key] ?? null;
    const seen = people === null ? sql`true` : sql`m.name in ${people}`;
    const sums = (what: ReturnType<typeof sql>) =>
      app.inOrg(async (tx) =>
        Object.fromEntries(
          (
            await rowsOf<{ currency: string; total: string }>(
              tx,
              sql`select d.currency, sum(d.amount_minor)::text as total from deals d
                left join members m on m.id = d.owner_id join stages s on s.id = d.stage_id
                where d.org_id = ${app.orgId} and d.archived_at is null and d.amount_minor is not null
                  and ${seen} and ${what} group by 1`,
            )
          ).map(({ currency, total }) => [currency, total]),
        ),
      );
    const closing = sql`d.status = 'open' and d.close_on >= '2026-11-01' and d.close_on < '2026-12-01'`;
    const planned = await app.inOrg((tx) =>
      rowsOf<{ currency: string; total: string }>(
        tx,
        sql`select g.currency, sum(g.amount_minor)::text as total from targets g join members m on m.id = g.member_id
          where g.org_id = ${app.orgId} and g.month_on = '2026-11-01' and g.archived_at is null and ${seen} group by 1`,
      ),
    );
    return {
      target: Object.fromEntries(planned.map(({ currency, total }) => [currency, total])),
      won: await sums(sql`d.status = 'won' and d.closed_on >= '2026-11-01' and d.closed_on < '2026-12-01'`),
      commit: await sums(sql`${closing} and s.name_key in ('quote', 'contract')`),
      best: await sums(sql`${closing} and s.name_key in ('quote', 'contract', 'negotiation')`),
      open: await sums(closing),
      undated: await sums(sql`d.status = 'open' and d.close_on is null`),
      late: await sums(sql`d.status = 'open' and d.close_on < '2026-11-01'`),
    };
  }

  const sumsOf = (amounts: readonly { amountMinor: string; currency: string }[]) =>
    Object.fromEntries(amounts.map(({ amountMinor, currency }) => [currency, amountMinor]));

  it.each(Object.keys(sight))('agree for %s with a script of its own, to the cent', async (key) => {
    const view = await forecast(app.as(key));
    const want = await bySql(key);
    for (const of of ['won', 'commit', 'best', 'open', 'undated', 'late'] as const) {
      expect(sumsOf(view[of].amounts), of).toEqual(want[of]);
    }
    for (const line of view.total) {
      const { currency } = line;
      const [target, won, commit] = [want.target, want.won, want.commit].map((sums) => sums[currency]);
      expect(line.targetMinor).toBe(target ?? null);
      expect([line.wonMinor, line.commitMinor, line.bestMinor]).toEqual([
        won ?? '0',
        commit ?? '0',
        want.best[currency] ?? '0',
      ]);
      const gap = target === undefined ? null : BigInt(target) - BigInt(won ?? 0) - BigInt(commit ?? 0);
      expect(line.gapMinor).toBe(gap === null ? null : gap.toString());
    }
    expect(view.total.length).toBeGreaterThan(1);
  });

  it.each(['person', 'group', 'region'])('by %s sum to the whole', async (by) => {
    const view = await forecast(app.as('ada'), { by });
    const all = [...view.rows];
    for (let page = 2; page <= view.pages; page++)
      all.push(...(await forecast(app.as('ada'), { by, page })).rows);
    for (const line of view.total) {
      const own = all.flatMap(({ lines }) => lines.filter(({ currency }) => currency === line.currency));
      for (const of of ['wonMinor', 'commitMinor', 'bestMinor'] as const) {
        expect(own.reduce((sum, one) => sum + BigInt(one[of]), 0n).toString()).toBe(line[of]);
      }
    }
  });

  it.each(Object.keys(sight))('lead %s to lists that sum to them', async (key) => {
    const who = app.as(key);
    const view = await forecast(who);
    const shown = await who.type('forecast');
    const behind = {
      open: /^All open|^全部/,
      won: /^Won|^赢单/,
      commit: /^Commit|^确定/,
      best: /^Best|^冲刺/,
    };
    const others = { late: /^Overdue|^早应/, undated: /^No date|^无日期/ };
    let pressed = 0;
    for (const [of, label] of Object.entries({ ...behind, ...others })) {
      const figure = view[of as keyof typeof behind];
      if (figure.count === 0) continue;
      const { a, i } = openPress(shown.button(label));
      const list = (await who.call(a, i)) as DealList;
      expect([list.count, list.withoutAmount], of).toEqual([figure.count, figure.withoutAmount]);
      expect(sumsOf(list.amounts), of).toEqual(sumsOf(figure.amounts));
      pressed++;
    }
    expect(pressed).toBeGreaterThan(3);
  });
});

it('counts deals without an amount and says so', async () => {
  const lina = app.as('lina');
  await app.inOrg(async (tx) => {
    await tx.update(deals).set({ amountMinor: null, currency: null }).where(sql`number = 6`);
    await tx.delete(targets);
  });
  const view = await forecast(lina);
  expect(view.commit).toMatchObject({ count: 2, withoutAmount: 1 });
  expect((await lina.type('forecast')).text).toContain('1 个无金额');
});
