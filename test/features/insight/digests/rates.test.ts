import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { type AccountRow, createAccount } from '../../../../src/features/crm/accounts/api.ts';
import { accountRecord } from '../../../../src/features/crm/accounts/record.ts';
import { accounts } from '../../../../src/features/crm/accounts/tables.ts';
import type { FigureOpened } from '../../../../src/features/insight/digests/model.ts';
import { createDeal } from '../../../../src/features/sales/deals/api.ts';
import { deals } from '../../../../src/features/sales/deals/tables.ts';
import { changeRecord } from '../../../../src/store/records.ts';
import { type DigestApp, digestApp, east } from './support.ts';

let app: DigestApp;
beforeEach(async () => {
  app = await digestApp();
});

/** A customer of somebody with what it bought on which days. */
async function customer(
  owner: string,
  name: string,
  bought: readonly [on: string, amountMinor: bigint, currency: string][],
  more: Partial<AccountRow> = { relationshipReason: null },
): Promise<void> {
  const ownerId = await app.as(owner).memberId();
  await app.asJob(async (ctx) => {
    const account = await createAccount(ctx, { name, ownerId, valueClass: 'A' });
    for (const [on, amountMinor, currency] of bought) {
      const amount = { amountMinor, currency };
      const deal = await createDeal(ctx, { name: `${name} ${on}`, ownerId, accountId: account.id, amount });
      await ctx.tx.update(deals).set({ status: 'won', closedOn: on }).where(eq(deals.id, deal.id));
    }
    await ctx.tx.update(accounts).set(more).where(eq(accounts.id, account.id));
  });
}

describe('the ledger', () => {
  beforeEach(async () => {
    await app.inOrg((tx) =>
      tx.update(accounts).set({ valueClass: null }).where(eq(accounts.orgId, app.orgId)),
    );
  });
  const preview = (key: string) => app.as(key).in(east).type('digest preview ledger');
  const names = async (key: string, figure: string) =>
    ((await app.as(key).call('digests.open', { kind: 'ledger', figure })) as FigureOpened).rows.map(
      ({ name }) => name,
    );

  it('puts each good customer into exactly one class, and keeps unlike currencies apart', async () => {
    await customer('wei', 'Grows', [
      ['2025-03-01', 100n, 'CNY'],
      ['2026-03-01', 200n, 'CNY'],
    ]);
    await customer('wei', 'Stays', [
      ['2025-03-01', 100n, 'CNY'],
      ['2026-03-01', 100n, 'CNY'],
    ]);
    await customer('wei', 'Mixed', [
      ['2025-03-01', 100n, 'CNY'],
      ['2026-03-01', 900n, 'USD'],
      ['2026-03-01', 1n, 'CNY'],
    ]);
    await customer('wei', 'Shrinks', [
      ['2025-03-01', 100n, 'CNY'],
      ['2026-03-01', 50n, 'CNY'],
    ]);
    await customer('wei', 'Gone', [['2025-10-31', 100n, 'CNY']]);
    await customer('wei', 'Cross', [['2026-03-01', 100n, 'CNY']], {
      relationshipState: 'lost',
      relationshipReason: 'contact change',
    });
    await customer('wei', 'Small', [['2025-03-01', 100n, 'CNY']], { valueClass: 'C' });
    const shown = await preview('lina');
    expect(shown.text).toContain('好客户 6 · 增加 1 · 持平 2 · 减少 1 · 流失 2 · 不满 1');
    expect(await names('lina', 'more')).toEqual(['Grows']);
    expect(await names('lina', 'same')).toEqual(['Stays', 'Mixed']);
    expect(await names('lina', 'less')).toEqual(['Shrinks']);
    expect(await names('lina', 'left')).toEqual(['Gone', 'Cross']);
    expect(shown.text).toContain('contact change');
  });

  it('without classes says so, and takes the fifth that bought most the year before', async () => {
    for (let at = 1; at <= 6; at++) {
      await customer('wei', `Buyer ${at}`, [['2025-03-01', BigInt(at * 100), 'CNY']], { valueClass: null });
    }
    const shown = await preview('lina');
    expect(shown.text).toContain('还没有客户分类');
    expect(await names('lina', 'good')).toEqual(['Buyer 5', 'Buyer 6']);
  });

  it('names customers of other teams to nobody who may not see their deals', async () => {
    await customer('wei', 'Eastern', [['2025-03-01', 100n, 'CNY']]);
    await customer('emma', 'Western', [['2025-03-01', 100n, 'EUR']]);
    expect(await names('lina', 'good')).toEqual(['Eastern']);
    expect(await names('tom', 'good')).toEqual(['Western']);
    expect(await names('ada', 'good')).toEqual(['Eastern', 'Western']);
  });

  it('counts the class a customer had when the year began', async () => {
    await customer('wei', 'Fallen', [['2025-03-01', 100n, 'CNY']]);
    await app.asJob(async (ctx) => {
      const [row] = await ctx.tx.select().from(accounts).where(eq(accounts.name, 'Fallen'));
      if (row) await changeRecord(ctx, accountRecord, row, { valueClass: 'C' });
    });
    expect(await names('lina', 'good')).toEqual(['Fallen']);
  });
});

describe('the process digest', () => {
  it('tells the week, whom to ask what and who logged nothing', async () => {
    const shown = await app.as('ada').in(east).type('digest preview process');
    expect(shown.text).toContain('Process digest · Everybody');
    expect(shown.text).toContain('4 Nov 2026 to 10 Nov 2026: ');
    expect(shown.text).toMatch(/Nothing logged by .*Anna Snelling/);
    const people = await app.as('ada').press(shown.button('By person'));
    expect(people.text).toContain('Process metrics');
  });
});
