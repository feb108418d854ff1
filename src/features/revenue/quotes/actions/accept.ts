import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { command } from '../../../../kernel/text.ts';
import { defineAction } from '../../../../runtime/action.ts';
import type { Ctx } from '../../../../runtime/context.ts';
import { changeRecord } from '../../../../store/records.ts';
import { setDealAmount } from '../../../sales/deals/api.ts';
import { acceptedCard } from '../cards.ts';
import { quoteField, versionField } from '../inputs.ts';
import { t } from '../messages.ts';
import { acceptedQuote } from '../model.ts';
import { lockDeal, lockQuotesOf } from '../queries.ts';
import { type QuoteRow, quoteRecord } from '../record.ts';
import { dealLabel, requireOpen, requireQuote, writableQuote } from '../rights.ts';
import { isPending } from '../rules.ts';
import { labelOf, noteChange, numberOf, openForChange, requireValid, todayOf } from '../terms.ts';
import { viewOf } from '../views.ts';

export const accept = defineAction({
  name: 'quotes.accept',
  title: t('accept-title'),
  summary: t('accept-summary'),
  effect: 'write',
  input: z.strictObject({ quote: quoteField(), version: versionField().optional() }),
  output: acceptedQuote,
  roles: sellingRoles,
  hidden: ['version'],
  command: {
    verb: 'quote-accept',
    aliases: ['接受报价', 'accept-quote'],
    args: ['quote'],
    group: 'deals',
    examples: { en: ['quote-accept Q-57'], 'zh-CN': ['接受报价 Q-57'] },
  },
  example: { as: 'rep', input: { quote: 'Q-2' } },

  mayOpen: async (ctx, { quote }) => quote && writableQuote(ctx, quote.id, t('doing-accept')),
  async run(ctx, { quote, version }) {
    const { deal } = await writableQuote(ctx, quote.id, t('doing-accept'));
    // Of two who accept at the same moment the second sees what the first did.
    await lockDeal(ctx, deal.id);
    const all = await lockQuotesOf(ctx, deal.id);
    const now = await requireQuote(ctx, quote.id);
    requireOpen(now.deal);
    const accepted = all.find((one) => one.status === 'accepted' && one.id !== quote.id);
    if (accepted) throw otherAccepted(now.deal, accepted);
    const open = await openForChange(ctx, quote.id, { version });
    requireValid(ctx, open);
    const closedOn = todayOf(ctx);
    const changed = await changeRecord(ctx, quoteRecord, open, { status: 'accepted', closedOn });
    noteChange(ctx, changed);
    const others = all.filter((one) => one.id !== quote.id && isPending(one.status));
    await supersede(ctx, others, closedOn);
    const { totalMinor: amountMinor, currency } = changed;
    await setDealAmount(ctx, deal.id, { amountMinor, currency });
    const before = now.deal;
    return {
      ...(await viewOf(ctx, quote.id)),
      amountBefore:
        before.amountMinor === null || before.currency === null
          ? null
          : { amountMinor: before.amountMinor.toString(), currency: before.currency },
      superseded: others.map(numberOf),
    };
  },
  present: acceptedCard,
});

function otherAccepted(deal: Parameters<typeof dealLabel>[0], accepted: QuoteRow): AppError {
  const number = numberOf(accepted);
  const line = command(`quote-withdraw ${number}`);
  return new AppError(
    'rule',
    t('already-accepted', { deal: dealLabel(deal), record: labelOf(accepted), line }),
    {
      waysOut: [{ label: t('withdraw'), action: 'quotes.withdraw', input: { quote: number } }],
    },
  );
}

async function supersede(ctx: Ctx, others: readonly QuoteRow[], closedOn: string): Promise<void> {
  for (const other of others) {
    noteChange(ctx, await changeRecord(ctx, quoteRecord, other, { status: 'superseded', closedOn }));
  }
}
