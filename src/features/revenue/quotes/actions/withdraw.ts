import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import type { Ctx } from '../../../../runtime/context.ts';
import { changeRecord } from '../../../../store/records.ts';
import { withdrawnCard } from '../cards.ts';
import { quoteField } from '../inputs.ts';
import { t } from '../messages.ts';
import { withdrawnQuote } from '../model.ts';
import { lockDeal, lockQuote, lockQuotesOf } from '../queries.ts';
import { type QuoteRow, quoteRecord } from '../record.ts';
import { requireOpen, writableQuote } from '../rights.ts';
import { isPending } from '../rules.ts';
import { decided, noteChange, numberOf, requireLive, todayOf } from '../terms.ts';
import { viewOf } from '../views.ts';

/** Of an accepted quote it opens those again that were superseded by it. */
export const withdraw = defineAction({
  name: 'quotes.withdraw',
  title: t('withdraw-title'),
  summary: t('withdraw-summary'),
  effect: 'write',
  input: z.strictObject({ quote: quoteField(), reason: f.text(t('reason')).optional() }),
  output: withdrawnQuote,
  roles: sellingRoles,
  command: {
    verb: 'quote-withdraw',
    aliases: ['撤回报价', 'withdraw-quote'],
    args: ['quote', 'reason'],
    keys: { reason: 'reason', 原因: 'reason' },
    rest: 'reason',
    group: 'deals',
    examples: { en: ['quote-withdraw Q-57 wrong prices'], 'zh-CN': ['撤回报价 Q-57 价格有误'] },
  },
  example: { as: 'rep', input: { quote: 'Q-2' } },

  mayOpen: async (ctx, { quote }) => quote && writableQuote(ctx, quote.id, t('doing-withdraw')),
  async run(ctx, { quote, reason }) {
    const { deal } = await writableQuote(ctx, quote.id, t('doing-withdraw'));
    // In the order of whoever accepts one of them.
    await lockDeal(ctx, deal.id);
    const all = await lockQuotesOf(ctx, deal.id);
    const row = await lockQuote(ctx, quote.id);
    if (!row) throw new AppError('not_found', t('gone'));
    requireLive(row);
    // What a won deal rests on is history.
    if (row.status === 'accepted') requireOpen(deal);
    else if (!isPending(row.status)) throw decided(row);
    const patch = { status: 'withdrawn' as const, closedOn: todayOf(ctx), reason: reason ?? null };
    noteChange(ctx, await changeRecord(ctx, quoteRecord, row, patch));
    const others = row.status === 'accepted' ? all.filter((other) => isSupersededBy(other, row)) : [];
    await reopen(ctx, others);
    const reopened = others.map(numberOf);
    return { ...(await viewOf(ctx, quote.id)), wasAccepted: row.status === 'accepted', reopened };
  },
  present: withdrawnCard,
});

/** One quote of a deal is accepted at a time, and ends the others on its day. */
function isSupersededBy({ status, closedOn }: QuoteRow, accepted: QuoteRow): boolean {
  return status === 'superseded' && closedOn === accepted.closedOn;
}

async function reopen(ctx: Ctx, others: readonly QuoteRow[]): Promise<void> {
  for (const other of others) {
    const status = other.sentAt === null ? 'draft' : 'sent';
    noteChange(ctx, await changeRecord(ctx, quoteRecord, other, { status, closedOn: null }));
  }
}
