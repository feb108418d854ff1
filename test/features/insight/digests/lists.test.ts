import { and, eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import type { FigureOpened } from '../../../../src/features/insight/digests/model.ts';
import { digestFigures, digestRuns } from '../../../../src/features/insight/digests/tables.ts';
import { createDeal } from '../../../../src/features/sales/deals/api.ts';
import { deals } from '../../../../src/features/sales/deals/tables.ts';
import { type DigestApp, digestApp, east, teamsEast, west } from './support.ts';

let app: DigestApp;
beforeEach(async () => {
  app = await digestApp();
});

const opened = async (key: string, input: Record<string, unknown>) =>
  (await app.as(key).call('digests.open', input)) as FigureOpened;

async function lastRun(): Promise<{ id: string; figures: string[] }> {
  return app.inOrg(async (tx) => {
    const rows = await tx.select().from(digestRuns).where(eq(digestRuns.kind, 'team'));
    const run = rows.at(-1);
    if (!run) throw new Error('no digest was sent');
    const figures = await tx.select().from(digestFigures).where(eq(digestFigures.runId, run.id));
    return { id: run.id, figures: figures.map(({ name }) => name) };
  });
}

/** Open deals of somebody, with every trouble a list may have. */
async function manyDeals(owner: string, count: number): Promise<void> {
  const ownerId = await app.as(owner).memberId();
  await app.asJob(async (ctx) => {
    for (let at = 0; at < count; at++) {
      await createDeal(ctx, {
        name: `*b* <!channel> <@U1> [x](http://y) \`c\` ${at} 名称 ＠所有人 ${'long '.repeat(20)}`,
        ownerId,
        amount: at % 3 === 0 ? null : { amountMinor: BigInt(at) * 100_01n, currency: at % 2 ? 'CNY' : 'USD' },
        closeOn: at % 4 === 0 ? null : '2026-10-01',
        engageOn: null,
      });
    }
  });
}

describe('a number of a digest', () => {
  it('opens the list as of the digest, whatever happened since', async () => {
    await app.as('lina').in(east).type('digest here daily 09:00 group:East');
    await app.until('2026-11-11T01:00:00Z');
    const [post] = app.in('C0EAST');
    const risk = post?.button(/^有风险/) ?? { a: '', i: {} };
    await app.as('wei').type('lost D-6 reason:price');
    const list = await app.as('lina').in(east).press(risk);
    expect(list.text).toContain('D-6 Robot cells · CNY 400,000');
    expect(list.text).toContain('截至 11月11日周三 09:00');
  });

  it('shows each reader what they may see, and how much is left out', async () => {
    await app.as('ada').in(east).type('digest here daily 09:00');
    await app.until('2026-11-11T12:00:00Z');
    const { id, figures } = await lastRun();
    expect(figures).toContain('at-risk');
    const all = await opened('ada', { run: id, figure: 'at-risk' });
    expect([all.seen, all.count]).toEqual([3, 3]);
    for (const [key, seen] of [
      ['lina', 1],
      ['tom', 2],
      ['wang', 1],
      ['chen', 3],
    ] as const) {
      const list = await opened(key, { run: id, figure: 'at-risk' });
      expect([key, list.seen, list.count]).toEqual([key, seen, 3]);
    }
    const lina = await opened('lina', { run: id, figure: 'at-risk' });
    const tom = await opened('tom', { run: id, figure: 'at-risk' });
    expect(
      lina.rows.map(({ id: one }) => one).filter((one) => tom.rows.some((row) => row.id === one)),
    ).toEqual([]);
    expect(lina.amounts).toEqual([{ amountMinor: '40000000', currency: 'CNY' }]);
    const pressed = await app.as('tom').press({ a: 'digests.open', i: { run: id, figure: 'at-risk' } });
    expect(pressed.text).toContain('2 of 3; 1 is outside your view');
    expect(pressed.text).not.toContain('400,000');
  });

  it('shows a record to whoever owns it now, and no more to who handed it over', async () => {
    await app.as('ada').in(east).type('digest here daily 09:00');
    await app.until('2026-11-11T12:00:00Z');
    const { id } = await lastRun();
    await app.as('ada').type('assign D-6 @emma.clark');
    expect((await opened('wei', { run: id, figure: 'at-risk' })).seen).toBe(0);
    expect((await opened('emma', { run: id, figure: 'at-risk' })).rows.map(({ number }) => number)).toContain(
      'D-6',
    );
  });

  it('sums, for who sees all, to what the digest counted, unlike currencies apart', async () => {
    await app.as('ada').in(east).type('digest here daily 09:00');
    await app.until('2026-11-11T12:00:00Z');
    const { id, figures } = await lastRun();
    expect(figures.length).toBeGreaterThan(3);
    for (const figure of figures) {
      const list = await opened('ada', { run: id, figure });
      expect(list.seen).toBe(list.count);
      let listed = 0;
      const sums = new Map<string, bigint>();
      for (let page = 1; page <= list.pages; page++) {
        for (const { amount } of (await opened('ada', { run: id, figure, page })).rows) {
          listed += 1;
          if (amount)
            sums.set(amount.currency, (sums.get(amount.currency) ?? 0n) + BigInt(amount.amountMinor));
        }
      }
      expect([figure, listed]).toEqual([figure, list.count]);
      expect(new Map(list.amounts.map((one) => [one.currency, BigInt(one.amountMinor)]))).toEqual(sums);
    }
  });

  it('of another organization, or of a digest that is gone, is not found', async () => {
    const gone = { run: '01a00000-0000-7000-8000-000000000000', figure: 'at-risk' };
    await expect(opened('ada', gone)).rejects.toMatchObject({ code: 'not_found' });
    await expect(opened('ada', { run: 'nonsense', figure: 'at-risk' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('a digest of five hundred deals with null dates, unlike currencies and names full of markup', () => {
  it('stays within the limits of both platforms; its list has them all', async () => {
    await manyDeals('wei', 500);
    await app.as('lina').in(east).type('digest here');
    await app.onTeams('lina').in(teamsEast).type('digest here');
    const now = await app.as('lina').in(east).type('digest now');
    expect(now.text).toContain('正在发往#sales-east');
    await app.onTeams('lina').in(teamsEast).type('digest now');
    await app.drainOutbox();
    expect(app.in('C0EAST')).toHaveLength(1);
    expect(app.in(teamsEast.id)).toHaveLength(1);
    const [post] = app.in('C0EAST');
    const list = await app.as('lina').press(post?.button(/^没有跟进计划/) ?? { a: '', i: {} });
    expect(list.text).toContain('共 501 条');
    expect(list.text).toMatch(/CNY [\d,.]+、USD [\d,.]+/);
    const total = await app.inOrg((tx) =>
      tx
        .select({ amountMinor: deals.amountMinor, currency: deals.currency })
        .from(deals)
        .where(and(eq(deals.orgId, app.orgId), eq(deals.currency, 'USD'), eq(deals.status, 'open'))),
    );
    const usd = total.reduce((sum, { amountMinor }) => sum + (amountMinor ?? 0n), 0n);
    expect(list.text).toContain(
      `USD ${(Number(usd) / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2 })}`,
    );
  });
});

describe('a preview', () => {
  it('tells whoever asks what they may see, and sends nothing', async () => {
    const shown = await app.as('tom').in(west).type('digest preview team');
    expect(shown.text).toContain('West · as of');
    expect(shown.text).toContain('a preview, only you see it');
    const list = await app.as('tom').press(shown.button(/^at risk/));
    expect(list.text).toContain('2 records');
    const own = await app.as('emma').in(west).type('digest preview');
    expect(own.text).toContain('Good morning Emma Clark');
    await app.drainOutbox();
    expect(app.seen).toEqual([]);
    const refused = await app.as('tom').in(west).type('digest preview group:East');
    expect(refused.text).toContain('You may not see');
  });
});
