import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { BoardView } from '../../../../src/features/sales/deals/board-model.ts';
import { deals } from '../../../../src/features/sales/deals/tables.ts';
import { stages } from '../../../../src/features/sales/pipelines/tables.ts';
import { type Person, type TestApp, testApp } from '../../../support/app.ts';

let app: TestApp;
const board = async (who: Person, input: Record<string, unknown> = {}) =>
  (await who.call('deals.board', input)) as BoardView;
const numbers = (view: BoardView) => view.stages.flatMap((stage) => stage.deals.map(({ number }) => number));

async function stageId(key: string): Promise<string> {
  const [row] = await app.inOrg((tx) => tx.select().from(stages).where(eq(stages.nameKey, key)));
  if (!row) throw new Error(`no stage ${key}`);
  return row.id;
}

async function addDeals(ownerId: string | null, count: number, values: Partial<typeof deals.$inferInsert>) {
  const inStage = await stageId('qualify');
  await app.inOrg((tx) =>
    tx.insert(deals).values(
      Array.from({ length: count }, (_, index) => ({
        id: randomUUID(),
        orgId: app.orgId,
        number: 5000 + index,
        name: `Bulk ${index}`,
        nameKey: `bulk ${index}`,
        ownerId,
        stageId: inStage,
        stageEnteredAt: app.clock.now(),
        createdAt: app.clock.now(),
        updatedAt: app.clock.now(),
        ...values,
      })),
    ),
  );
}

describe('the board', () => {
  beforeAll(async () => {
    app = await testApp();
  });

  it('shows every stage in pipeline order with the figures of the funnel, currencies apart', async () => {
    const view = await board(app.as('ada'));
    expect(view.seesAll).toBe(true);
    expect(view.stages.map(({ stage, count }) => [stage.key, count])).toEqual([
      ['qualify', 3],
      ['tracking', 1],
      ['negotiation', 2],
      ['quote', 1],
      ['contract', 1],
    ]);
    const funnel = (await app.as('ada').call('deals.pipeline', {})) as Pick<BoardView, never> & {
      openByStage: unknown[];
    };
    expect(view.stages.map(({ deals: _, total: __, restricted: ___, ...figures }) => figures)).toEqual(
      funnel.openByStage,
    );
    const sums = view.stages.flatMap(({ amounts }) => amounts.map(({ currency }) => currency));
    expect(new Set(sums)).toEqual(new Set(['CNY', 'EUR']));
    for (const stage of view.stages) {
      expect(stage.deals).toHaveLength(stage.total);
      expect(new Set(stage.amounts.map(({ currency }) => currency)).size).toBe(stage.amounts.length);
    }
  });

  it('shows the next to close first and says what is late or stuck', async () => {
    const view = await board(app.as('ada'));
    for (const { deals: cards } of view.stages) {
      const days = cards.map(({ closeOn }) => closeOn ?? '9999');
      expect(days).toEqual([...days].sort());
      for (const card of cards) {
        expect(card.isStuck).toBe(card.daysInStage > 2 * card.stage.normalDays);
        expect(card.isLate).toBe(card.closeOn !== null && card.closeOn < '2026-11-10');
      }
    }
  });

  it('shows a rep own deals, those in sight, and of all others only that they are there', async () => {
    const emma = app.as('emma');
    const [mine, team, all] = await Promise.all([
      board(emma, { whose: 'mine' }),
      board(emma),
      board(emma, { whose: 'all' }),
    ]);
    const me = await emma.memberId();
    const owners = new Set(
      mine.stages.flatMap(({ deals: cards }) => cards.map(({ owner }) => owner?.memberId)),
    );
    expect(owners).toEqual(new Set([me]));
    expect(mine.scope.kind).toBe('own');
    expect(numbers(team)).toEqual(expect.arrayContaining(numbers(mine)));
    expect(all.count).toBe(8);
    const hidden = all.stages.flatMap(({ deals: cards }) => cards.filter(({ restricted }) => restricted));
    expect(hidden.length).toBe(all.stages.reduce((sum, { restricted }) => sum + restricted, 0));
    expect(hidden.length).toBeGreaterThan(0);
    for (const deal of hidden) {
      expect(deal).toMatchObject({
        amount: null,
        weighted: null,
        account: null,
        closeOn: null,
        isLate: false,
      });
      expect(deal.owner).not.toBeNull();
    }
    // The sums of everybody's board are those of what is seen in full.
    const sums = (view: BoardView) => view.stages.map(({ amounts, weighted }) => ({ amounts, weighted }));
    const unowned = all.count - hidden.length - team.count;
    if (unowned === 0) expect(sums(all)).toEqual(sums(team));
  });

  it('does not let a search tell whose customer a deal out of sight belongs to', async () => {
    const everything = await board(app.as('ada'), { whose: 'all' });
    const seen = new Set(numbers(await board(app.as('emma'))));
    const foreign = everything.stages
      .flatMap((stage) => stage.deals)
      .find(
        (deal) =>
          !seen.has(deal.number) && deal.owner && deal.account && !deal.name.includes(deal.account.name),
      );
    if (!foreign?.account) throw new Error('the demo set has no such deal');
    const search = foreign.account.name;
    expect(numbers(await board(app.as('ada'), { search }))).toContain(foreign.number);
    expect(numbers(await board(app.as('emma'), { search, whose: 'all' }))).not.toContain(foreign.number);
    expect(numbers(await board(app.as('emma'), { search: foreign.name, whose: 'all' }))).toContain(
      foreign.number,
    );
  });

  it('finds by number, by person and by team, and refuses what is not in sight', async () => {
    const [number = ''] = numbers(await board(app.as('ada')));
    expect(numbers(await board(app.as('ada'), { search: number.toLowerCase() }))).toEqual([number]);
    expect(numbers(await board(app.as('ada'), { search: 'no such deal anywhere' }))).toEqual([]);
    const team = await board(app.as('ada'), { group: 'Tom Becker' });
    expect(team.scope).toMatchObject({ kind: 'unit', name: 'Tom Becker' });
    await expect(board(app.as('emma'), { owner: '@wei' })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(board(app.as('pia'))).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('gives at most fifty deals of a stage at a time, each once, however many there are', async () => {
    const own = await app.as('emma').memberId();
    await addDeals(own, 120, { amountMinor: 100n, currency: 'EUR', closeOn: '2026-12-01' });
    const whole = await board(app.as('ada'));
    const qualify = whole.stages[0];
    expect(qualify).toMatchObject({ total: 123, count: 123 });
    expect(qualify?.deals).toHaveLength(50);
    const pages = await Promise.all(
      [1, 2, 3, 4].map((page) => board(app.as('ada'), { stage: 'qualify', page })),
    );
    expect(pages.map((view) => numbers(view).length)).toEqual([50, 50, 23, 0]);
    expect(new Set(pages.flatMap(numbers)).size).toBe(123);
    expect(pages[0]?.stages).toHaveLength(1);
    expect(numbers(pages[0] as BoardView)).toEqual(qualify?.deals.map((deal) => deal.number));
  });

  it('is the same whatever has been closed', async () => {
    const before = await board(app.as('ada'), { stage: 'tracking' });
    const closed = { status: 'won', closedOn: '2026-11-09', amountMinor: 1n, currency: 'CNY' } as const;
    await addDeals(null, 1, { ...closed, number: 9000, stageId: await stageId('tracking') });
    expect(await board(app.as('ada'), { stage: 'tracking' })).toEqual(before);
  });
});
