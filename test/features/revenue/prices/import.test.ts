import { and, eq, isNull } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { exportTable } from '../../../../src/features/org/imports/api.ts';
import { csvLine } from '../../../../src/features/org/imports/rules.ts';
import { type Entry, enter, isNews } from '../../../../src/features/revenue/prices/import-book.ts';
import { isValidOn } from '../../../../src/features/revenue/prices/rules.ts';
import { bookPrices } from '../../../../src/features/revenue/prices/tables.ts';
import { products } from '../../../../src/features/revenue/products/tables.ts';
import { addDays } from '../../../../src/kernel/dates.ts';
import type { Inline, Locale } from '../../../../src/kernel/text.ts';
import { operate } from '../../../../src/runtime/execute.ts';
import { plain } from '../../../../src/view/spans.ts';
import { type TestApp, testApp } from '../../../support/app.ts';
import fc from '../../../support/property.ts';

let app: TestApp;
beforeEach(async () => {
  app = await testApp();
});

const header = 'product,class,currency,from_quantity,unit_price,valid_from,valid_until';
const table = (lines: readonly string[], first = header) => `${[first, ...lines].join('\n')}\n`;

interface Report {
  kinds: { kind: string; created: number; matched: number; changed: number; rejected: number }[];
  notes: string[];
}

async function imported(
  text: string,
  { dryRun = false, locale = 'en' as Locale, name = 'prices.csv' } = {},
): Promise<Report> {
  const input = { files: [{ name, text }] };
  const output = await app.as('ada').call('imports.run', input, { dryRun });
  const { kinds, notes } = output as { kinds: Report['kinds']; notes: Inline[] };
  const { translate } = app;
  const reader = { locale, timeZone: 'UTC', translate, commandLine: (line: string) => `/crm ${line}` };
  return { kinds, notes: notes.map((note) => plain(note, reader)) };
}

const liveRows = () =>
  app.inOrg((tx) =>
    tx
      .select({ price: bookPrices, product: products.name })
      .from(bookPrices)
      .innerJoin(products, and(eq(products.orgId, bookPrices.orgId), eq(products.id, bookPrices.productId)))
      .where(and(eq(bookPrices.orgId, app.orgId), isNull(bookPrices.archivedAt))),
  );

/** 185 prices of five products. */
const good = ['Pump P40', 'Seal set S1', 'Control unit CU8', '自动化单元 A2', 'Service hour'].flatMap(
  (product) =>
    Array.from({ length: 37 }, (_, index) =>
      csvLine([
        product,
        'B',
        'USD',
        String(100 + index),
        String(5000 - index),
        '2027-01-01',
        '2027-12-31',
      ]).trim(),
    ),
);
const bad: readonly (readonly [string, RegExp])[] = [
  ['Pumpe,B,USD,1,10,2027-01-01,', /no product Pumpe/],
  [',B,USD,1,10,2027-01-01,', /product is empty/],
  ['Pump P40,Z,USD,1,10,2027-01-01,', /Z is no customer class/],
  ['Pump P40,B,USD,0,10,2027-01-01,', /0 is no quantity/],
  ['Pump P40,B,USD,1.5,10,2027-01-01,', /1\.5 is no quantity/],
  ['Pump P40,B,USD,2000000000,10,2027-01-01,', /not between 0 and 1,000,000,000/],
  ['Pump P40,B,USD,1,a lot,2027-01-01,', /“a lot” is not a number/],
  ['Pump P40,B,USD,1,-10,2027-01-01,', /-10 is not between/],
  ['Pump P40,B,USD,1,,2027-01-01,', /unit_price is empty/],
  ['Pump P40,B,XQX,1,10,2027-01-01,', /“XQX” is no currency/],
  ['Pump P40,B,USD,1,10,2027-02-30,', /“2027-02-30” is not a date/],
  ['Pump P40,B,USD,1,10,2206-02-28,', /28 Feb 2206 is not between 1900 and 2100/],
  ['Pump P40,B,USD,1,10,0026-02-28,', /is not between 1900 and 2100/],
  ['Pump P40,B,USD,1,10,2027-03-01,2027-02-28', /ends on 28 Feb 2027, before it begins/],
  ['Pump P40,B,USD,1,10,2027-01-01,,more', /the line has 8 cells/],
  ['Pump P40,B,USD,100,4711,2027-01-01,2027-12-31', /line 2 says another price for the same/],
  ['Pump P40,B,USD,100,4711,2026-12-01,2027-06-30', /from 1 Jan 2027 another price holds \(USD 5,000\)/],
];

describe('a price list of 202 lines', () => {
  const text = table([...good, ...bad.map(([line]) => line)]);

  it('is taken in but for its bad lines, each with its number and reason; a second time changes nothing', async () => {
    const before = (await liveRows()).length;
    const { kinds, notes } = await imported(text);
    expect(good.length + bad.length).toBe(202);
    expect(kinds).toEqual([
      { kind: 'prices', created: good.length, matched: 0, changed: 0, rejected: bad.length },
    ]);
    bad.forEach(([, reason], index) => {
      const told = notes.filter((note) => note.includes(`line ${good.length + index + 2}:`));
      expect(told).toHaveLength(1);
      expect(told[0]).toMatch(reason);
    });
    expect(await liveRows()).toHaveLength(before + good.length);
    const shown = await app.as('emma').type('price "Service hour"');
    expect(shown.text).toContain('class B | 100 | USD 5,000 | 1 Jan 2027 – 31 Dec 2027');

    const again = await imported(text);
    expect(again.kinds).toEqual([
      { kind: 'prices', created: 0, matched: good.length, changed: 0, rejected: bad.length },
    ]);
    expect(await liveRows()).toHaveLength(before + good.length);
  });

  it('is previewed with the same counts and reasons, and nothing saved', async () => {
    const before = await liveRows();
    const preview = await imported(text, { dryRun: true });
    expect(await liveRows()).toEqual(before);
    expect(await imported(text)).toEqual(preview);
  });

  it('says why in Chinese, and reads Chinese headers, classes and dates', async () => {
    const said = (await imported(text, { dryRun: true, locale: 'zh-CN' })).notes.join('\n');
    expect(said).toContain('第 187 行：没有产品 Pumpe');
    expect(said).toContain('第 189 行：Z 不是客户等级');
    expect(said).not.toMatch(/\b(?:is|price|quantity|line)\b/);
    const han = table(
      [
        '自动化单元A2,A类,CNY,5,"¥390,000.00",2026年12月1日,2026/12/31',
        '自动化单元A2,所有,,50,38万,2027-01-01,',
      ],
      '产品,客户等级,币种,起订量,单价,生效日期,截止日期',
    );
    const { kinds } = await imported(han, { name: '价格表.csv' });
    expect(kinds).toEqual([{ kind: 'prices', created: 1, matched: 0, changed: 0, rejected: 1 }]);
    expect((await app.as('wei').type('价格表 自动化单元')).text).toContain(
      'A 类客户 | 5 | CNY 390,000 | 2026年12月1日 至 2026年12月31日',
    );
  });
});

describe('an imported price', () => {
  it('makes older ones make room as one that is typed does, and warns of what it brings about', async () => {
    await app.as('tom').type('price "Pump P40" EUR 2100');
    const { kinds, notes } = await imported(
      table([
        'Pump P40,all,EUR,1,1200,2027-03-01,2027-03-31',
        'Pump P40,all,EUR,500,1700,2027-01-01,',
        'Pump P40,all,EUR,500,1650,2027-06-01,',
      ]),
    );
    expect(kinds).toEqual([{ kind: 'prices', created: 3, matched: 0, changed: 0, rejected: 0 }]);
    const said = notes.join('\n');
    expect(said).toContain('an older price ends the day before a new one (2 times)');
    expect(said).toContain('an older price goes on behind a new one (once)');
    expect(said).toContain('⚠ Pump P40: a price is below cost or the lowest margin');
    expect(said).toContain('⚠ Pump P40: more units cost more each (once)');
    const { text } = await app.as('tom').type('prices "Pump P40"');
    expect(text).toContain('all customers | 1 | EUR 1,200 | 1 Mar 2027 – 31 Mar 2027');
    expect(text).toContain('all customers | 1 | EUR 2,100 | from 1 Apr 2027');
    expect(text).toContain('all customers | 500 | EUR 1,700 | 1 Jan 2027 – 31 May 2027');
    expect(text).toContain('all customers | 500 | EUR 1,650 | from 1 Jun 2027');
  });

  it('begins today and is in the product’s currency for all customers where the file does not say', async () => {
    await imported(table(['Pump P40,1999', 'Service hour,88'], 'product,unit_price'));
    const { text } = await app.as('tom').type('prices "Pump P40"');
    expect(text).toContain('all customers | 1 | EUR 1,999 | from 10 Nov 2026');
  });

  it('that was taken away on its first day comes back as the same one', async () => {
    const line = 'Pump P40,C,EUR,7,1800,2027-01-01,';
    await imported(table([line]));
    const [made] = (await liveRows()).filter(({ price }) => price.fromQuantity === 7);
    await app.as('tom').type('price "Pump P40" off from:7 class:C');
    await imported(table([line]));
    const [again] = (await liveRows()).filter(({ price }) => price.fromQuantity === 7);
    expect(again?.price.id).toBe(made?.price.id);
  });

  it('of a list with list prices only stays the product’s own list price', async () => {
    const lists = table(['Pump P40,P,2500', 'Fresh,F,10'], '产品,系列,价格');
    const { kinds } = await imported(lists, { name: '价格表.csv' });
    expect(kinds).toEqual([{ kind: 'products', created: 1, matched: 0, changed: 1, rejected: 0 }]);
  });

  it('is no business of anybody but an admin', async () => {
    const files = [{ name: 'prices.csv', text: table(['Pump P40,B,USD,1,10,2027-01-01,']) }];
    for (const who of ['tom', 'emma', 'chen', 'noah', 'pia']) {
      await expect(app.as(who).call('imports.run', { files })).rejects.toMatchObject({ code: 'forbidden' });
    }
  });

  it('goes out and comes in again without a change, ended ones included', async () => {
    await app.as('tom').type('price "Pump P40" EUR 2050 starts:2027-02-01');
    await app.as('tom').type('price "Seal set S1" EUR 41.55 from:30 class:A valid:1jan..31dec');
    const importer = app.registry.importers().find(({ kind }) => kind === 'prices');
    if (!importer) throw new Error('no importer');
    let text = '';
    await operate(app.engine, { orgId: app.orgId, handler: 'test' }, async (ctx) => {
      for await (const piece of exportTable(ctx, importer)) text += piece;
    });
    const before = await liveRows();
    const { kinds } = await imported(text, { name: 'other.csv' });
    expect(kinds).toEqual([{ kind: 'prices', created: 0, matched: before.length, changed: 0, rejected: 0 }]);
    expect(await liveRows()).toEqual(before);
  });
});

describe('prices entered one after the other', () => {
  const first = '2027-01-01';
  const wish = fc.record({
    unitMinor: fc.bigInt({ min: 1n, max: 4n }),
    from: fc.integer({ min: 0, max: 40 }),
    days: fc.option(fc.integer({ min: 0, max: 20 })),
  });

  it('never overlap, and each that was taken holds on its first day', () => {
    fc.assert(
      fc.property(fc.array(wish, { minLength: 1, maxLength: 12 }), (wishes) => {
        const alike: Entry[] = [];
        for (const { unitMinor, from, days } of wishes) {
          const validFromOn = addDays(first, from);
          const validUntilOn = days === null ? null : addDays(validFromOn, days);
          const terms = { productId: 'p', forClass: 'all', currency: 'EUR', fromQuantity: 1 } as const;
          const done = enter(alike, { ...terms, unitMinor, validFromOn, validUntilOn });
          const inOrder = alike.toSorted((a, b) => (a.validFromOn < b.validFromOn ? -1 : 1));
          const meeting = inOrder.filter(
            (one, at) =>
              isValidOn(one, inOrder[at + 1]?.validFromOn ?? '0') ||
              (one.validUntilOn ?? '9') < one.validFromOn,
          );
          expect(meeting).toEqual([]);
          const holding = alike.find((one) => isValidOn(one, validFromOn));
          if (done.did !== 'none') expect(holding?.unitMinor).toBe(unitMinor);
          expect(alike.every(isNews)).toBe(true);
        }
      }),
    );
  });
});
