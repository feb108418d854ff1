import { and, eq } from 'drizzle-orm';
import { dayIn } from '../../../kernel/dates.ts';
import { parseNumber } from '../../../kernel/ids.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { unansweredRequests } from '../../org/approvals/api.ts';
import { approvals } from '../../org/approvals/tables.ts';
import { memberNames } from '../../org/members/api.ts';
import { expiringQuotes } from '../../revenue/quotes/api.ts';
import { quotes } from '../../revenue/quotes/tables.ts';
import type { AlertEnding } from './model.ts';
import type { Find, NewAlert } from './queries.ts';
import type { AlertRow } from './record.ts';
import { mostFound, ownerFact } from './rules.ts';

/** People named in one line. */
const mostDeciders = 3;

/** Requests without the answer that was promised by now. */
export const approval: Find = async (ctx, id) => {
  const found = await unansweredRequests(ctx, { id, limit: mostFound });
  return found.map(
    ({ id: recordId, number, subject, ownerId, headline, requester, answerBy, asked, amount }) => ({
      kind: 'approval',
      recordKind: 'approval',
      recordId,
      ownerId,
      amountMinor: amount?.amountMinor ?? null,
      currency: amount?.currency ?? null,
      facts: {
        number,
        name: subject.number,
        headline,
        owner: requester,
        answerBy: answerBy.toISOString(),
        deciders: asked.slice(0, mostDeciders),
      },
    }),
  );
};

/** Deals whose quote can soon be accepted no longer, by the soonest of each. */
export const quoteExpiring: Find = async (ctx, id) => {
  const found = await expiringQuotes(ctx, { all: true }, { dealId: id, limit: mostFound });
  const names = await memberNames(
    ctx,
    found.map(({ ownerId }) => ownerId),
  );
  const alerts = new Map<string, NewAlert>();
  for (const { number, deal, account, ownerId, totalMinor, currency, validUntil } of found) {
    if (alerts.has(deal.id)) continue;
    alerts.set(deal.id, {
      kind: 'quote-expiring',
      recordKind: 'deal',
      recordId: deal.id,
      ownerId,
      amountMinor: totalMinor,
      currency,
      facts: {
        number: deal.number,
        name: deal.name,
        ...(account === null ? {} : { account: account.name }),
        amount: { amountMinor: totalMinor.toString(), currency },
        ...ownerFact(ownerId, ownerId === null ? null : (names.get(ownerId) ?? null)),
        quote: number,
        on: validUntil,
      },
    });
  }
  return [...alerts.values()];
};

/** How it is over that a request waits. */
export async function approvalEnding(ctx: Pick<Ctx, 'org' | 'tx'>, id: string): Promise<AlertEnding> {
  const [row] = await ctx.tx
    .select({ status: approvals.status })
    .from(approvals)
    .where(and(eq(approvals.orgId, ctx.org.id), eq(approvals.id, id)));
  switch (row?.status) {
    case 'approved':
    case 'countered':
    case 'rejected':
      return 'answered';
    case 'withdrawn':
      return 'taken-back';
    case 'superseded':
      return 'closed';
    default:
      return 'expired';
  }
}

/** How it is over that a quote of an open deal expires soon: it has, or somebody did something about it. */
export async function quoteEnding(
  ctx: Pick<Ctx, 'org' | 'tx' | 'now'>,
  { facts }: Pick<AlertRow, 'facts'>,
): Promise<AlertEnding> {
  const number = parseNumber(facts.quote ?? '')?.number;
  if (number === undefined) return 'done';
  const [row] = await ctx.tx
    .select({ status: quotes.status, validUntil: quotes.validUntil })
    .from(quotes)
    .where(and(eq(quotes.orgId, ctx.org.id), eq(quotes.number, number)));
  const isOut = row?.status === 'sent' && row.validUntil < dayIn(ctx.now, ctx.org.timeZone);
  return isOut ? 'expired' : 'done';
}
