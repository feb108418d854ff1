import { addDays, dayIn } from '../../kernel/dates.ts';
import { nameKey } from '../../kernel/names.ts';
import type { Ctx } from '../../runtime/context.ts';
import { createRecords } from '../../store/records.ts';
import { priceRecord } from '../revenue/prices/record.ts';
import { productRecord } from '../revenue/products/record.ts';

interface DemoPrice {
  currency: 'EUR' | 'CNY';
  /** Whole units of the currency. */
  unit: number;
  from?: number;
  forClass?: 'A' | 'B' | 'C';
  sinceDaysAgo: number;
  endedDaysAgo?: number;
}

interface DemoProduct {
  name: string;
  series: string;
  currency: 'EUR' | 'CNY';
  /** Whole units of the currency, as is the cost. */
  listPrice: number | null;
  cost: number;
  floorBasisPoints?: number;
  prices: readonly DemoPrice[];
}

const demoProducts: readonly DemoProduct[] = [
  {
    name: 'Pump P40',
    series: 'Pumps',
    currency: 'EUR',
    listPrice: 2_100,
    cost: 1_365,
    floorBasisPoints: 2000,
    prices: [
      { currency: 'EUR', from: 10, unit: 2_020, sinceDaysAgo: 200, endedDaysAgo: 91 },
      { currency: 'EUR', from: 10, unit: 1_990, sinceDaysAgo: 90 },
      { currency: 'EUR', from: 40, unit: 1_890, sinceDaysAgo: 90 },
      { currency: 'EUR', forClass: 'A', unit: 2_000, sinceDaysAgo: 90 },
      { currency: 'EUR', forClass: 'A', from: 10, unit: 1_930, sinceDaysAgo: 90 },
      { currency: 'EUR', forClass: 'A', from: 40, unit: 1_830, sinceDaysAgo: 90 },
      { currency: 'CNY', unit: 16_400, sinceDaysAgo: 90 },
    ],
  },
  {
    name: 'Control unit CU8',
    series: 'Controls',
    currency: 'EUR',
    listPrice: 3_400,
    cost: 2_040,
    prices: [{ currency: 'EUR', from: 5, unit: 3_230, sinceDaysAgo: 60 }],
  },
  {
    name: '自动化单元 A2',
    series: 'Automation',
    currency: 'CNY',
    listPrice: 420_000,
    cost: 302_400,
    floorBasisPoints: 1800,
    prices: [
      { currency: 'CNY', forClass: 'A', unit: 399_000, sinceDaysAgo: 60 },
      { currency: 'CNY', forClass: 'B', from: 3, unit: 408_000, sinceDaysAgo: 60 },
    ],
  },
  {
    name: 'Seal set S1',
    series: 'Spares',
    currency: 'EUR',
    listPrice: 45,
    cost: 18,
    prices: [{ currency: 'EUR', from: 100, unit: 38, sinceDaysAgo: 90 }],
  },
  {
    name: 'Service hour',
    series: 'Service',
    currency: 'EUR',
    listPrice: null,
    cost: 52,
    prices: [
      { currency: 'EUR', unit: 95, sinceDaysAgo: 90 },
      { currency: 'CNY', unit: 680, sinceDaysAgo: 90 },
    ],
  },
];

const minor = (whole: number) => BigInt(whole) * 100n;

/** Products in the order of the list, each with its prices. */
export async function seedProducts(ctx: Ctx): Promise<{ id: string }[]> {
  const rows = await createRecords(
    ctx,
    productRecord,
    demoProducts.map(({ name, series, currency, listPrice, cost, floorBasisPoints }) => ({
      name,
      nameKey: nameKey(name),
      series,
      listPriceMinor: listPrice === null ? null : minor(listPrice),
      currency: listPrice === null ? null : currency,
      costMinor: minor(cost),
      costCurrency: currency,
      floorBasisPoints: floorBasisPoints ?? null,
    })),
  );
  const today = dayIn(ctx.now, ctx.org.timeZone);
  const prices = demoProducts.flatMap((product, index) =>
    product.prices.map(
      ({ currency, unit, from = 1, forClass = 'all' as const, sinceDaysAgo, endedDaysAgo }) => ({
        productId: rows[index]?.id ?? '',
        forClass,
        currency,
        fromQuantity: from,
        unitMinor: minor(unit),
        validFromOn: addDays(today, -sinceDaysAgo),
        validUntilOn: endedDaysAgo === undefined ? null : addDays(today, -endedDaysAgo),
      }),
    ),
  );
  await createRecords(ctx, priceRecord, prices);
  return rows;
}
