import { addWorkingMinutes } from '../../kernel/dates.ts';
import { formatNumber } from '../../kernel/ids.ts';
import type { Terms } from '../../runtime/approval-kind.ts';
import type { Ctx } from '../../runtime/context.ts';
import { createRecord } from '../../store/records.ts';
import { requestApproval } from '../org/approvals/api.ts';
import { appendLog, insertStep } from '../org/approvals/queries.ts';
import { approvalRecord } from '../org/approvals/record.ts';
import type { MemberRow } from '../org/members/record.ts';
import { discountRecord } from '../revenue/discounts/record.ts';
import { currentQuoteOf } from '../revenue/quotes/api.ts';
import type { DealRow } from '../sales/deals/record.ts';
import type { DemoPersonKey } from './people.ts';

/** What waits is asked for as people do it; what was decided happened some time ago. */
type DemoRequest = {
  /** Number of the deal. */
  deal: number;
  by: DemoPersonKey;
  percentBasisPoints: number;
  note: string;
} & (
  | { minutesAgo: number }
  | {
      daysAgo: number;
      decidedBy: DemoPersonKey;
      decidedNote: string;
      /** Whole units of the deal's currency, before any discount. */
      base: number;
      /** The lower discount that was granted; none: rejected. */
      countered?: { percentBasisPoints: number; price: number };
    }
);

/** A-1 … */
const demoRequests: readonly DemoRequest[] = [
  { deal: 12, by: 'emma', percentBasisPoints: 1500, note: 'match the Grundfos bid', minutesAgo: 40 },
  {
    deal: 9,
    by: 'wang',
    percentBasisPoints: 1000,
    note: '客户年度采购量翻倍',
    daysAgo: 12,
    decidedBy: 'lina',
    decidedNote: '26万，不能再低',
    base: 280_000,
    countered: { percentBasisPoints: 715, price: 260_000 },
  },
  {
    deal: 3,
    by: 'emma',
    percentBasisPoints: 1200,
    note: 'Grundfos is 10 % below us',
    daysAgo: 45,
    decidedBy: 'tom',
    decidedNote: 'spare parts carry no discount; offer the service contract',
    base: 18_000,
  },
  { deal: 6, by: 'wei', percentBasisPoints: 1500, note: '竞争对手报价 34 万', minutesAgo: 55 },
  { deal: 11, by: 'tom', percentBasisPoints: 800, note: 'they sign this month for that', minutesAgo: 25 },
];

/** Small ones nobody had to decide on, of earlier and smaller offers. */
const demoGranted = [
  { deal: 6, percentBasisPoints: 400, base: 120_000, result: 115_200, daysAgo: 64 },
  { deal: 6, percentBasisPoints: 500, base: 200_000, result: 190_000, daysAgo: 38 },
];

const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;
const minor = (whole: number) => BigInt(whole) * 100n;
const before = (now: Date, ms: number) => new Date(now.getTime() - ms);

export interface DiscountedRecords {
  deals: readonly DealRow[];
  accountName(accountId: string | null): string | undefined;
  member(key: DemoPersonKey): MemberRow;
}

/** Requests in the order of the list. */
export async function seedDiscounts(ctx: Ctx, records: DiscountedRecords): Promise<void> {
  for (const { deal: number, percentBasisPoints, base, result, daysAgo } of demoGranted) {
    const deal = dealAt(records, number);
    await createRecord(ctx, discountRecord, {
      dealId: deal.id,
      accountId: deal.accountId,
      currency: deal.currency ?? '',
      baseMinor: minor(base),
      resultMinor: minor(result),
      percentBasisPoints,
      grantedAt: before(ctx.now, daysAgo * dayMs),
    });
  }
  for (const request of demoRequests) {
    if ('minutesAgo' in request) await ask(ctx, records, request);
    else await recall(ctx, records, request);
  }
}

type Waiting = Extract<DemoRequest, { minutesAgo: number }>;
type Decided = Extract<DemoRequest, { daysAgo: number }>;

async function ask(ctx: Ctx, records: DiscountedRecords, request: Waiting): Promise<void> {
  const { id: dealId } = dealAt(records, request.deal);
  const quoteId = (await currentQuoteOf(ctx, dealId))?.quoteId ?? null;
  const { percentBasisPoints, note } = request;
  await requestApproval(as(ctx, records.member(request.by), before(ctx.now, request.minutesAgo * minuteMs)), {
    kind: 'discount',
    subjectId: dealId,
    asked: { dealId, quoteId, percentBasisPoints, resultMinor: null },
    note,
  });
}

async function recall(ctx: Ctx, records: DiscountedRecords, request: Decided): Promise<void> {
  const { countered, percentBasisPoints, note, decidedNote } = request;
  const deal = dealAt(records, request.deal);
  const currency = deal.currency ?? '';
  const requester = records.member(request.by);
  const decider = records.member(request.decidedBy);
  const requestedAt = before(ctx.now, request.daysAgo * dayMs);
  const decidedAt = addWorkingMinutes(requestedAt, 75, ctx.org);
  const granted = countered?.percentBasisPoints ?? percentBasisPoints;
  const offMinor = (minor(request.base) * BigInt(percentBasisPoints)) / 10_000n;
  const resultMinor = countered ? minor(countered.price) : minor(request.base) - offMinor;
  const terms: Terms = {
    percentBasisPoints: granted,
    baseMinor: minor(request.base).toString(),
    resultMinor: resultMinor.toString(),
    currency,
    accountId: deal.accountId,
    productIds: deal.productId ?? '',
    quoteId: null,
    quoteVersion: null,
    costMinor: null,
  };
  const row = await createRecord(at(ctx, requestedAt), approvalRecord, {
    kind: 'discount',
    subject: {
      kind: 'deal',
      id: deal.id,
      number: formatNumber('deal', deal.number),
      name: records.accountName(deal.accountId) ?? deal.name,
    },
    subjectId: deal.id,
    subjectOwnerId: deal.ownerId,
    requesterId: requester.id,
    asked: {
      dealId: deal.id,
      quoteId: null,
      percentBasisPoints: granted,
      resultMinor: countered ? resultMinor.toString() : null,
    },
    terms,
    termsVersion: countered ? 2 : 1,
    facts: { percentBasisPoints: granted, amount: { amountMinor: minor(request.base).toString(), currency } },
    policyVersion: 0,
    involvedIds: [requester.id],
    status: countered ? 'countered' : 'rejected',
    note,
    requestedAt,
    answerBy: addWorkingMinutes(requestedAt, 240, ctx.org),
    expiresAt: addWorkingMinutes(requestedAt, 2_400, ctx.org),
    counteredById: countered ? decider.id : null,
    decidedById: decider.id,
    decidedAt,
    decidedVia: 'slack',
    decidedNote,
  });
  await insertStep(at(ctx, requestedAt), {
    approvalId: row.id,
    position: 1,
    part: { who: 'manager' },
    need: 'any',
    state: countered ? 'passed' : 'open',
    seats: [{ memberId: decider.id, why: 'policy' }],
    openedAt: requestedAt,
  });
  await appendLog(as(ctx, requester, requestedAt), row.id, 'asked', {
    note,
    details: { percentBasisPoints },
  });
  await appendLog(as(ctx, decider, decidedAt), row.id, countered ? 'countered' : 'rejected', {
    note: decidedNote,
    ...(countered ? { details: { percentBasisPoints: granted } } : {}),
  });
  if (!countered) return;
  await createRecord(at(ctx, decidedAt), discountRecord, {
    approvalId: row.id,
    dealId: deal.id,
    accountId: deal.accountId,
    currency,
    baseMinor: minor(request.base),
    resultMinor,
    percentBasisPoints: granted,
    grantedAt: decidedAt,
    grantedById: decider.id,
  });
}

function dealAt({ deals }: DiscountedRecords, number: number): DealRow {
  const deal = deals[number - 1];
  if (!deal) throw new RangeError(`the demo set has no deal ${number}`);
  return deal;
}

function at(ctx: Ctx, now: Date): Ctx {
  return { ...ctx, now };
}

/** The same, done by somebody in a chat. */
function as(ctx: Ctx, { id, name, roles, unitId, reportsTo, locale, timeZone }: MemberRow, now: Date): Ctx {
  const actor = { kind: 'member', memberId: id, name, roles, unitId, reportsTo, locale, timeZone } as const;
  return { ...ctx, now, platform: 'slack', actor: actor as Ctx['actor'] };
}
