import { addDays, dayIn } from '../../kernel/dates.ts';
import type { Ctx } from '../../runtime/context.ts';
import { createRecord } from '../../store/records.ts';
import { quoteRecord } from '../revenue/quotes/record.ts';
import { type PricedLine, totalsOf } from '../revenue/quotes/rules.ts';
import { insertTerms } from '../revenue/quotes/terms-queries.ts';

interface DemoLine {
  /** Index in the list of products. */
  product: number;
  name: string;
  quantity: number;
  /** Whole units of the quote's currency. */
  unit: number;
  list: number;
  cost: number | null;
}

interface DemoQuote {
  /** Number of the deal. */
  deal: number;
  owner: 'emma' | 'wei';
  currency: 'EUR' | 'CNY';
  status: 'draft' | 'sent' | 'accepted';
  lines: readonly DemoLine[];
  /** Whole units; without it the lines stand. */
  total?: number;
  madeDaysAgo: number;
  validInDays: number;
  acceptedDaysAgo?: number;
}

/** Q-1 … The pumps of Q-2 stand at the price of class A from 40 on. */
const demoQuotes: readonly DemoQuote[] = [
  {
    deal: 2,
    owner: 'emma',
    currency: 'EUR',
    status: 'accepted',
    lines: [{ product: 1, name: 'Control unit CU8', quantity: 14, unit: 3_230, list: 3_400, cost: 2_040 }],
    total: 45_000,
    madeDaysAgo: 30,
    validInDays: 0,
    acceptedDaysAgo: 15,
  },
  {
    deal: 1,
    owner: 'emma',
    currency: 'EUR',
    status: 'sent',
    lines: [
      { product: 0, name: 'Pump P40', quantity: 40, unit: 1_830, list: 2_100, cost: 1_365 },
      { product: 1, name: 'Control unit CU8', quantity: 2, unit: 3_400, list: 3_400, cost: 2_040 },
    ],
    madeDaysAgo: 20,
    validInDays: 2,
  },
  {
    deal: 12,
    owner: 'emma',
    currency: 'EUR',
    status: 'draft',
    lines: [
      { product: 0, name: 'Pump P40', quantity: 2, unit: 2_100, list: 2_100, cost: 1_365 },
      { product: 3, name: 'Seal set S1', quantity: 10, unit: 45, list: 45, cost: 18 },
    ],
    madeDaysAgo: 1,
    validInDays: 29,
  },
  {
    deal: 5,
    owner: 'wei',
    currency: 'CNY',
    status: 'sent',
    lines: [
      { product: 2, name: '自动化单元 A2', quantity: 2, unit: 399_000, list: 420_000, cost: 302_400 },
      { product: 4, name: 'Service hour', quantity: 80, unit: 680, list: 680, cost: null },
    ],
    total: 850_000,
    madeDaysAgo: 9,
    validInDays: 21,
  },
];

const dayMs = 86_400_000;
const minor = (whole: number) => BigInt(whole) * 100n;

export interface QuotedRecords {
  deals: readonly { id: string; name: string }[];
  products: readonly { id: string }[];
  memberId(owner: DemoQuote['owner']): string;
}

/** Quotes in the order of the list, each in its first version. */
export async function seedQuotes(ctx: Ctx, { deals, products, memberId }: QuotedRecords): Promise<void> {
  const today = dayIn(ctx.now, ctx.org.timeZone);
  for (const quote of demoQuotes) {
    const deal = deals[quote.deal - 1];
    if (!deal) throw new RangeError(`the demo set has no deal ${quote.deal}`);
    const { currency, status, madeDaysAgo, acceptedDaysAgo } = quote;
    const lines = quote.lines.map((line) => pricedLine(line, products));
    const whole = quote.total === undefined ? { discountBasisPoints: 0 } : { totalMinor: minor(quote.total) };
    const totals = totalsOf(lines, whole);
    const validUntil = addDays(today, quote.validInDays);
    const editorId = memberId(quote.owner);
    const at = new Date(ctx.now.getTime() - madeDaysAgo * dayMs);
    const termsId = ctx.newId();
    const row = await createRecord({ ...ctx, now: at }, quoteRecord, {
      dealId: deal.id,
      name: deal.name,
      status,
      termsId,
      termsVersion: 1,
      totalMinor: totals.totalMinor,
      currency,
      validUntil,
      sentAt: status === 'draft' ? null : at,
      closedOn: acceptedDaysAgo === undefined ? null : addDays(today, -acceptedDaysAgo),
      creatorId: editorId,
      lastEditorId: editorId,
    });
    const terms = { quoteId: row.id, version: 1, currency, validUntil, taxNote: null, editorId, lines };
    await insertTerms({ ...ctx, now: at }, termsId, { ...totals, ...terms, change: 'created' });
  }
}

function pricedLine(
  { product, name, quantity, unit, list, cost }: DemoLine,
  products: QuotedRecords['products'],
): PricedLine {
  return {
    productId: products[product]?.id ?? null,
    name,
    quantity,
    unitMinor: minor(unit),
    listUnitMinor: minor(list),
    costUnitMinor: cost === null ? null : minor(cost),
    amountMinor: minor(unit * quantity),
  };
}
