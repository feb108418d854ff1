import { and, eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { floorsOf, type PriceWanted, pricesOf } from '../../../../src/features/revenue/prices/api.ts';
import { bookPrices } from '../../../../src/features/revenue/prices/tables.ts';
import { products } from '../../../../src/features/revenue/products/tables.ts';
import { type TestApp, testApp } from '../../../support/app.ts';

let app: TestApp;
beforeEach(async () => {
  app = await testApp();
});

const productId = (name: string) =>
  app.inOrg(async (tx) => {
    const rows = await tx
      .select({ id: products.id })
      .from(products)
      .where(and(eq(products.orgId, app.orgId), eq(products.name, name)));
    return rows[0]?.id ?? '';
  });
const inOrg = <T>(work: (ctx: Parameters<typeof pricesOf>[0]) => Promise<T>) =>
  app.inOrg((tx) => work({ tx, org: { id: app.orgId } } as Parameters<typeof pricesOf>[0]));
const unitOf = async (product: string, more: Partial<PriceWanted> = {}) => {
  const wanted = {
    productId: await productId(product),
    quantity: 1,
    currency: 'EUR',
    valueClass: null,
    on: '2026-11-10',
  };
  const [found] = await inOrg((ctx) => pricesOf(ctx, [{ ...wanted, ...more }]));
  return found?.unitMinor;
};
const liveRows = () => app.inOrg((tx) => tx.select().from(bookPrices).where(eq(bookPrices.orgId, app.orgId)));

describe('a price', () => {
  it('is set for a class, a quantity and a period, and found there and nowhere else', async () => {
    const { text } = await app
      .as('tom')
      .type('price "Control unit CU8" EUR 3100 from:10 class:A valid:1jan..31dec');
    expect(text).toContain(
      '✅ Control unit CU8: EUR 3,100 each · from 10 units · class A · 1 Jan 2026 – 31 Dec 2026',
    );
    expect(text).toContain('Margin 34.1%');
    expect(text).toContain('/crm price "Control unit CU8" EUR 3100 from:10 class:A valid:2026');
    const at = { quantity: 10, valueClass: 'A', on: '2026-12-31' } as const;
    expect(await unitOf('Control unit CU8', at)).toBe(310_000n);
    expect(await unitOf('Control unit CU8', { ...at, valueClass: 'B' })).toBe(323_000n);
    expect(await unitOf('Control unit CU8', { ...at, quantity: 9 })).toBe(323_000n);
    expect(await unitOf('Control unit CU8', { ...at, on: '2027-01-01' })).toBe(323_000n);
    expect(await unitOf('Control unit CU8', { ...at, currency: 'USD' })).toBeUndefined();
  });

  it('is set in Chinese', async () => {
    const { text } = await app
      .as('lina')
      .type('价格 自动化单元 39万 起订量:5 等级:A类 有效期:12月1日..12月31日');
    expect(text).toContain(
      '✅ 自动化单元 A2：单价 CNY 390,000 · 5 件起 · A 类客户 · 2026年12月1日 至 2026年12月31日',
    );
    expect(text).toContain('/crm 价格 "自动化单元 A2" 39万 起订量:5 等级:A 有效期:2026-12');
  });

  it('ends the older one the day before and says so; Undo opens it again', async () => {
    const shown = await app.as('tom').type('price pump EUR 1950 from:10 starts:1dec');
    expect(shown.text).toContain('The price of EUR 1,990 ends on 30 Nov 2026.');
    expect(await unitOf('Pump P40', { quantity: 10, on: '2026-11-30' })).toBe(199_000n);
    expect(await unitOf('Pump P40', { quantity: 10, on: '2026-12-01' })).toBe(195_000n);
    await app.as('tom').press(shown.button('Undo'));
    expect(await unitOf('Pump P40', { quantity: 10, on: '2026-12-01' })).toBe(199_000n);
  });

  it('for some days only lets the older one go on behind it', async () => {
    const { text } = await app.as('tom').type('price pump EUR 1900 from:10 valid:1dec..31dec');
    expect(text).toContain('From 1 Jan 2027 the price is EUR 1,990 again.');
    expect(await unitOf('Pump P40', { quantity: 10, on: '2027-01-01' })).toBe(199_000n);
  });

  it('that would run into a later one is refused with the lines that fix it', async () => {
    await app.as('tom').type('price "Seal set S1" EUR 36 from:50 starts:1jan');
    const before = await liveRows();
    const { text } = await app.as('tom').type('price "Seal set S1" EUR 37 from:50 valid:1dec..31jan');
    expect(text).toContain('From 1 Jan 2027 another price holds (EUR 36)');
    const [, fix = ''] = /\/crm (price .*? valid:\S+) ends/.exec(text) ?? [];
    expect(await liveRows()).toEqual(before);
    expect((await app.as('tom').type(fix)).text).toContain('✅');
  });

  it('is only looked at with a question mark', async () => {
    const before = await liveRows();
    const { text } = await app.as('tom').type('price pump EUR 1950 from:10 ?');
    expect(text).toContain('Dry run');
    expect(await liveRows()).toEqual(before);
  });

  it('that makes more units dearer, or falls below the floor, is set with a warning', async () => {
    const dear = await app.as('tom').type('price pump EUR 2000 from:20');
    expect(dear.text).toContain('⚠ from 20 units cost EUR 2,000 each, more than from 10 units (EUR 1,990).');
    const low = await app.as('tom').type('price pump EUR 1500 from:500');
    expect(low.text).toContain('⚠ The margin is 9%, below the lowest margin of 20%.');
    const loss = await app.as('tom').type('price pump EUR 1000 from:900');
    expect(loss.text).toContain('⚠ Below cost: the margin is -36.5%.');
  });

  it('is taken away from today on, by line or button, and back with Undo', async () => {
    const shown = await app.as('tom').type('price pump off from:10 class:A');
    expect(shown.text).toContain('no price of its own any more · from 10 units · class A');
    expect(await unitOf('Pump P40', { quantity: 10, valueClass: 'A' })).toBe(200_000n);
    expect(await unitOf('Pump P40', { quantity: 10, valueClass: 'A', on: '2026-11-09' })).toBe(193_000n);
    await app.as('tom').press(shown.button('Undo'));
    expect(await unitOf('Pump P40', { quantity: 10, valueClass: 'A' })).toBe(193_000n);
    const set = await app.as('tom').type('price pump EUR 1700 from:90');
    const gone = await app.as('tom').press(set.button('Take away'));
    expect(gone.text).toContain('Taken away: EUR 1,700');
  });

  it('taken away and set again is one price, not two', async () => {
    await app.as('tom').type('price pump EUR 1700 from:90');
    const off = await app.as('tom').type('price pump off from:90');
    await app.as('tom').type('price pump EUR 1650 from:90');
    const undone = await app.as('tom').press(off.button('Undo'));
    expect(undone.text).toContain('⚠');
    expect(await unitOf('Pump P40', { quantity: 90 })).toBe(165_000n);
  });

  it('that is not there cannot be taken away; of several currencies one is asked for', async () => {
    const none = await app.as('tom').type('price pump off from:7');
    expect(none.text).toContain('Pump P40 has no price from 7 units · all customers. /crm prices "Pump P40"');
    const which = await app.as('tom').type('price "Service hour" off');
    expect(which.buttons.map(({ label }) => label)).toEqual(expect.arrayContaining(['CNY', 'EUR']));
    await app.as('tom').press(which.button('CNY'));
    expect(await unitOf('Service hour', { currency: 'CNY' })).toBeUndefined();
    expect(await unitOf('Service hour')).toBe(9_500n);
  });

  it('set at the same moment by two is one price', async () => {
    await Promise.all([
      app.as('tom').type('price "Seal set S1" EUR 41 from:30'),
      app.as('lina').type('price "Seal set S1" EUR 40 from:30'),
    ]);
    const rows = (await liveRows()).filter((one) => one.fromQuantity === 30 && one.archivedAt === null);
    expect(rows).toHaveLength(1);
  });
});

describe('the price book', () => {
  it('is read by everybody inside, set by managers and admins', async () => {
    for (const who of ['emma', 'wei', 'chen', 'noah']) {
      expect((await app.as(who).type('prices "Pump P40"')).text).toContain('EUR 1,930');
      const refused = await app.as(who).type('price "Pump P40" EUR 1');
      expect(refused.text).toContain('⛔');
      expect(refused.text).toContain('Tom Becker');
    }
    expect((await app.as('pia').type('prices')).text).not.toContain('1,930');
    expect(await unitOf('Pump P40')).toBe(210_000n);
  });

  it('shows what holds today and later, not what has ended', async () => {
    const { text } = await app.as('emma').type('prices');
    expect(text).toContain('Price book · 12 prices');
    expect(text).toContain('Pump P40 | class A | 10 | EUR 1,930 | from 12 Aug 2026');
    expect(text).not.toContain('2,020');
    expect((await app.as('emma').type('prices class:B')).text).toContain('Price book · 1 price');
    expect((await app.as('wei').type('价格表 "Pump P40"')).text).toContain('A 类客户 | 10 | EUR 1,930');
  });

  it.each(['价格表', '价格明细', '价目表'])('%s is the price book, and 产品 the products', async (verb) => {
    const wei = app.as('wei');
    const book = await wei.type(verb);
    expect(book.text).toContain('价格表 · 12 条价格');
    expect(book.text).toContain('Pump P40 | A 类客户 | 10 | EUR 1,930');
    const products = await wei.press(book.button('产品标价'));
    expect(products.text).toContain('5 个产品');
    expect((await wei.type('产品')).text).toBe(products.text);
    expect((await wei.press(products.button('价格表'))).text).toContain('价格表 · 12 条价格');
    expect((await wei.type(`帮助 ${verb}`)).text).toContain('/crm 价格表 "Pump P40"');
    expect((await wei.type('帮助 产品')).text).not.toContain('价格表');
  });

  it.each(['emma', 'wei', 'noah'])('never tells %s a cost or a margin', async (who) => {
    await app.as('tom').type('set-product "Pump P40" cost:EUR 1377 floor:17%');
    for (const line of ['prices', 'prices "Pump P40"', 'price "Pump P40"', 'products', 'why "Pump P40"']) {
      const { text } = await app.as(who).type(line);
      expect(text).not.toMatch(/1,?377|1,?365|17\s?%|margin|毛利|成本/i);
    }
    const output = JSON.stringify(await app.as(who).call('prices.list', { product: 'Pump P40' }));
    expect(output).not.toMatch(/137700|1700/);
    expect(output).toContain('"costs":null');
  });

  it.each(['tom', 'chen', 'ada'])('tells %s both', async (who) => {
    const output = JSON.stringify(await app.as(who).call('prices.list', { product: 'Pump P40' }));
    expect(output).toContain('"cost":{"amountMinor":"136500","currency":"EUR"},"floorBasisPoints":2000');
  });
});

describe('prices for other features', () => {
  it('are answered in the order wanted, with list price, cost and floor', async () => {
    const pump = await productId('Pump P40');
    const unit = await productId('自动化单元 A2');
    const seals = await productId('Seal set S1');
    const on = '2026-11-10';
    const found = await inOrg((ctx) =>
      pricesOf(ctx, [
        { productId: unit, quantity: 1, currency: 'CNY', valueClass: 'A', on },
        { productId: unit, quantity: 1, currency: 'EUR', valueClass: 'A', on },
        { productId: pump, quantity: 40, currency: 'EUR', valueClass: null, on },
      ]),
    );
    expect(found).toEqual([
      { unitMinor: 39_900_000n, listUnitMinor: 42_000_000n, costMinor: 30_240_000n, source: 'book' },
      undefined,
      { unitMinor: 189_000n, listUnitMinor: 210_000n, costMinor: 136_500n, source: 'book' },
    ]);
    expect(await inOrg((ctx) => floorsOf(ctx, [pump, seals]))).toEqual(
      new Map([
        [pump, 2000],
        [seals, null],
      ]),
    );
  });

  it('are none of another organization’s', async () => {
    const pump = await productId('Pump P40');
    const other = await testApp();
    const wanted = [{ productId: pump, quantity: 1, currency: 'EUR', valueClass: null, on: '2026-11-10' }];
    const found = await other.inOrg((tx) =>
      pricesOf({ tx, org: { id: other.orgId } } as Parameters<typeof pricesOf>[0], wanted),
    );
    expect(found).toEqual([undefined]);
  });
});
