import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { accounts } from '../../../../src/features/crm/accounts/tables.ts';
import { products } from '../../../../src/features/revenue/products/tables.ts';
import type { DealList, FunnelView } from '../../../../src/features/sales/deals/funnel-model.ts';
import { deals } from '../../../../src/features/sales/deals/tables.ts';
import { stages } from '../../../../src/features/sales/pipelines/tables.ts';
import { members } from '../../../../src/store/tables/people.ts';
import { openPress, type Person, type Shown, type TestApp, testApp } from '../../../support/app.ts';
import fc from '../../../support/property.ts';

let app: TestApp;
const pipeline = async (who: Person, input: Record<string, unknown> = {}) =>
  (await who.call('deals.pipeline', input)) as FunnelView;
const labels = (shown: Shown) => shown.buttons.map(({ label }) => label);

describe('the pipeline of the demo set', () => {
  beforeAll(async () => {
    app = await testApp();
  });

  it('counts open deals by stage and what was won and lost this month', async () => {
    const view = await pipeline(app.as('ada'));
    expect(view).toMatchObject({
      scope: { kind: 'all' },
      period: { from: '2026-11-01', to: '2026-11-30' },
      count: 9,
      openCount: 8,
      openWithoutAmount: 1,
      open: [
        { amountMinor: '252000000', currency: 'CNY' },
        { amountMinor: '23450000', currency: 'EUR' },
      ],
      wonCount: 1,
      won: [{ amountMinor: '26000000', currency: 'CNY' }],
      lostCount: 0,
    });
    expect(view.openByStage.map(({ stage, count }) => [stage.key, count])).toEqual([
      ['qualify', 3],
      ['tracking', 1],
      ['negotiation', 2],
      ['quote', 1],
      ['contract', 1],
    ]);
    const tracking = view.openByStage[1];
    expect(tracking).toMatchObject({
      amounts: [{ amountMinor: '8000000', currency: 'EUR' }],
      weighted: [{ amountMinor: '2000000', currency: 'EUR' }],
      movedIn: 1,
    });
  });

  it.each([
    ['emma', 'team', 'Tom Becker', 3],
    ['wei', 'team', 'Li Na', 4],
    ['tom', 'below', 'West', 4],
    ['lina', 'below', 'East', 4],
    ['ada', 'all', null, 8],
    ['chen', 'all', null, 8],
    ['noah', 'all', null, 8],
  ])('shows %s the deals in sight and says whose they are', async (key, kind, name, count) => {
    const view = await pipeline(app.as(key));
    expect(view.scope).toEqual({ kind, name, isPartial: false });
    expect(view.openCount).toBe(count);
  });

  it('is not for partners', async () => {
    await expect(pipeline(app.as('pia'))).rejects.toMatchObject({ code: 'forbidden' });
  });

  it.each([
    ['pipeline @emma', 'Emma Clark', 3],
    ['pipeline group:"Tom Becker"', 'Tom Becker', 4],
    ['pipeline region:West', 'West', 4],
    ['pipeline branch:East', 'East', 4],
    ['pipeline group:"Li Na"', 'Li Na', 4],
  ])('%s is about %s', async (line, name, count) => {
    const shown = await app.as('ada').type(line);
    expect(shown.text).toContain(`Pipeline · ${name}`);
    expect(shown.text).toContain(`${count} open deals`);
  });

  it('of somebody out of sight is refused, naming who can see it', async () => {
    expect((await app.as('emma').type('pipeline @wei')).text).toContain('Li Na');
    expect((await app.as('emma').type('pipeline region:East')).text).toContain('Ada Young');
  });

  it('of a unit that is only partly in sight says so', async () => {
    const view = await pipeline(app.as('emma'), { group: 'West' });
    expect(view.scope).toEqual({ kind: 'unit', name: 'West', isPartial: true });
    expect(view.openCount).toBe(3);
    expect((await app.as('emma').type('pipeline region:West')).text).toContain('Only deals you may see');
  });

  it('speaks Chinese', async () => {
    const shown = await app.as('lina').type('漏斗 阶段:报价');
    expect(shown.text).toContain('销售漏斗 · East');
    expect(shown.text).toContain('1 个进行中 · CNY 400,000 · 加权 CNY 280,000');
    expect(shown.text).toContain('Wei Zhang');
    expect((await app.as('lina').type('漏斗')).text).toContain('报价 | 1 | CNY 400,000 | CNY 280,000');
  });

  it('of a stage says who works in it', async () => {
    const view = await pipeline(app.as('ada'), { stage: 'negotiation' });
    expect(view.by).toBe('owner');
    expect(view.groups.map(({ name, openCount }) => [name, openCount])).toEqual([
      ['Wei Zhang', 1],
      ['Tom Becker', 1],
    ]);
  });

  it('says how to begin when there is nothing', async () => {
    const shown = await app.as('ada').type('pipeline @noah');
    expect(shown.text).toContain('No deals fit this.');
  });

  it.each(['owner', 'group', 'region', 'stage', 'product', 'account'])(
    'by %s sums to the whole',
    async (by) => {
      const view = await pipeline(app.as('ada'), { by, span: { from: '2026-01-01', to: '2026-12-31' } });
      const sum = (of: 'openCount' | 'wonCount' | 'lostCount') =>
        view.groups.reduce((total, group) => total + group[of], 0);
      expect([sum('openCount'), sum('wonCount'), sum('lostCount')]).toEqual([8, 2, 2]);
    },
  );
});

it('tells an organization without deals how to get the first one', async () => {
  app = await testApp();
  await app.inOrg((tx) => tx.delete(deals));
  expect((await app.as('ada').type('pipeline')).text).toContain('new-lead "Acme Pumps" Jane 80k');
});

interface Row {
  owner: number;
  stage: number;
  product: number;
  account: number;
  status: 'open' | 'won' | 'lost';
  amount: number | null;
  currency: string;
  engageDay: number | null;
  closedDay: number;
}

const row: fc.Arbitrary<Row> = fc.record({
  owner: fc.integer({ min: -1, max: 9 }),
  stage: fc.integer({ min: 0, max: 4 }),
  product: fc.integer({ min: -1, max: 4 }),
  account: fc.integer({ min: -1, max: 9 }),
  status: fc.constantFrom('open', 'open', 'won', 'lost'),
  amount: fc.option(fc.integer({ min: 0, max: 10 ** 9 })),
  currency: fc.constantFrom('CNY', 'CNY', 'EUR', 'JPY'),
  engageDay: fc.option(fc.integer({ min: 1, max: 28 })),
  closedDay: fc.integer({ min: 1, max: 28 }),
});

/** `2016-03-07`: a period without anything of the demo set. */
const dayOf = (day: number) => `2016-03-${String(day).padStart(2, '0')}`;

describe('figures', () => {
  let rows: Row[];
  let ids: {
    owners: { id: string; name: string }[];
    stages: string[];
    products: string[];
    accounts: string[];
  };
  const span = { from: dayOf(5), to: dayOf(20) };

  beforeEach(async () => {
    app = await testApp();
    rows = fc.sample(row, { numRuns: 120, seed: 42 });
    await app.inOrg(async (tx) => {
      await tx.delete(deals);
      const owners = await tx
        .select({ id: members.id, name: members.name })
        .from(members)
        .orderBy(members.name);
      const idsOf = async (table: typeof stages | typeof products | typeof accounts) =>
        (await tx.select({ id: table.id }).from(table).orderBy(table.id)).map(({ id }) => id);
      ids = {
        owners,
        stages: await idsOf(stages),
        products: await idsOf(products),
        accounts: await idsOf(accounts),
      };
      const at = new Date('2016-03-01T00:00:00Z');
      await tx.insert(deals).values(
        rows.map((one, index) => ({
          orgId: app.orgId,
          id: randomUUID(),
          number: 1000 + index,
          name: `Deal ${index}`,
          nameKey: `deal ${index}`,
          ownerId: ids.owners[one.owner]?.id ?? null,
          stageId: ids.stages[one.stage] ?? '',
          productId: ids.products[one.product] ?? null,
          accountId: ids.accounts[one.account] ?? null,
          stageEnteredAt: at,
          status: one.status,
          amountMinor: one.amount === null ? null : BigInt(one.amount),
          currency: one.amount === null ? null : one.currency,
          engageOn: one.engageDay === null ? null : dayOf(one.engageDay),
          closedOn: one.status === 'open' ? null : dayOf(one.closedDay),
          createdAt: at,
          updatedAt: at,
        })),
      );
    });
  });

  /** Names of the owners whose deals a reader sees; `null`: everybody's and nobody's. */
  const sight: Record<string, string[] | null> = {
    ada: null,
    noah: null,
    emma: ['Emma Clark', 'Anna Snelling'],
    tom: ['Tom Becker', 'Emma Clark', 'Anna Snelling'],
    wang: ['Wang Lei', 'Wei Zhang'],
  };

  function expected(key: string) {
    const names = sight[key] ?? null;
    const seen = rows.filter((one) => names === null || names.includes(ids.owners[one.owner]?.name ?? ''));
    const counted = (status: Row['status']) =>
      seen.filter((one) => {
        if (one.status !== status) return false;
        if (status === 'open') return one.engageDay === null || dayOf(one.engageDay) <= span.to;
        return dayOf(one.closedDay) >= span.from && dayOf(one.closedDay) <= span.to;
      });
    const sums = (found: Row[]) => {
      const all = new Map<string, bigint>();
      for (const { amount, currency } of found) {
        if (amount !== null) all.set(currency, (all.get(currency) ?? 0n) + BigInt(amount));
      }
      return Object.fromEntries([...all].map(([currency, sum]) => [currency, sum.toString()]));
    };
    const [open, won, lost] = [counted('open'), counted('won'), counted('lost')];
    return {
      open: { count: open.length, sums: sums(open) },
      won: { count: won.length, sums: sums(won) },
      lost: { count: lost.length, sums: sums(lost) },
    };
  }

  const sumsOf = (amounts: { amountMinor: string; currency: string }[]) =>
    Object.fromEntries(amounts.map(({ amountMinor, currency }) => [currency, amountMinor]));

  it('equal those of the raw rows each reader may see, and so do the lists behind them', async () => {
    for (const key of Object.keys(sight)) {
      const who = app.as(key);
      const want = expected(key);
      const view = await pipeline(who, { span });
      expect({ open: view.openCount, won: view.wonCount, lost: view.lostCount }, key).toEqual({
        open: want.open.count,
        won: want.won.count,
        lost: want.lost.count,
      });
      expect(view.count).toBe(want.open.count + want.won.count + want.lost.count);
      expect(sumsOf(view.open)).toEqual(want.open.sums);
      expect(sumsOf(view.won)).toEqual(want.won.sums);
      expect(sumsOf(view.lost)).toEqual(want.lost.sums);
      for (const status of ['open', 'won', 'lost'] as const) {
        const list = (await who.call('deals.list', { span, status })) as DealList;
        expect(list.count).toBe(want[status].count);
        expect(sumsOf(list.amounts)).toEqual(want[status].sums);
        expect(list.deals.length).toBe(Math.min(10, list.count));
      }
    }
  });

  it.each(['owner', 'group', 'region', 'stage', 'product', 'account'] as const)(
    'by %s lead to lists that sum to them',
    async (by) => {
      const ada = app.as('ada');
      const view = await pipeline(ada, { span, by });
      expect(view.groups.reduce((sum, group) => sum + group.openCount, 0)).toBe(view.openCount);
      expect(view.groups.reduce((sum, group) => sum + group.wonCount, 0)).toBe(view.wonCount);
      const first = await ada.type(`pipeline ${span.from}..${span.to} by:${by}`);
      const opens = first.buttons
        .filter(({ label }) => label === 'Open')
        .slice(-Math.min(10, view.groups.length));
      let pressed = 0;
      for (const { press } of opens) {
        const { a, i } = openPress(press);
        if (a !== 'deals.list' || !isOfGroup(i)) continue;
        const list = (await ada.call(a, i)) as DealList;
        const group = view.groups.find((one) => matches(by, one, i));
        if (!group) throw new Error(`no group for ${JSON.stringify(i)}`);
        const count = { open: group.openCount, won: group.wonCount, lost: group.lostCount }[list.status];
        const amounts = { open: group.open, won: group.won, lost: group.lost }[list.status];
        expect(list.count, JSON.stringify(i)).toBe(count);
        expect(sumsOf(list.amounts)).toEqual(sumsOf(amounts));
        pressed++;
      }
      expect(pressed).toBeGreaterThan(1);
    },
  );

  const isOfGroup = (input: Record<string, unknown>) =>
    ['owner', 'group', 'stage', 'product', 'account', 'without'].some((name) => name in input);

  function matches(by: string, group: FunnelView['groups'][number], input: Record<string, unknown>): boolean {
    if ('without' in input) return group.key === null;
    const name = by === 'region' ? 'group' : by;
    return group.key === input[name] && group.isDirect === (input.direct === true);
  }

  it('go on page by page without losing or repeating a deal', async () => {
    const ada = app.as('ada');
    const seen: string[] = [];
    for (let page = 1; ; page++) {
      const list = (await ada.call('deals.list', { span, status: 'open', page })) as DealList;
      seen.push(...list.deals.map(({ number }) => number));
      if (page === list.pages) {
        expect(seen.length).toBe(list.count);
        break;
      }
    }
    expect(new Set(seen).size).toBe(seen.length);
    const shown = await ada.type(`deals ${span.from}..${span.to}`);
    expect(labels(shown)).toContain('Next 10');
    expect((await ada.press(shown.button('Next 10'))).text).toContain('Page 2 of');
  });
});
